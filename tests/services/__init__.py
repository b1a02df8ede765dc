"""Services that tests start for themselves and stop when they are done."""
