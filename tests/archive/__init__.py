"""Old pages in: what is read from them, what is decided, what is written."""
