"""One command a module, found by its name."""
