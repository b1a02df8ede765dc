"""Words, dates, numbers and links in plain Python: no Django, no database, no clock of their own."""
