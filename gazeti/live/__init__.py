"""Live coverage: a story that grows by updates, each an event of the log, so that no reader loses one."""
