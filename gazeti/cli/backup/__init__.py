"""What a backup is made of: the sealed file, the database's snapshot, the files it names, the pages readers get.

The verbs stand beside this package: `backups`, `restores`, `drills`.
"""
