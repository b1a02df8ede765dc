"""Our commands, forked from a process that has loaded Django and Wagtail: a fresh start costs a second of processor.

`client` stands in `subprocess` and asks `server`. `loaded` sees to it that a fork inherits nothing that a fresh start
would have made otherwise; whatever a test marked `real_start` starts is started afresh.
"""
