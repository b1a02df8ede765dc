"""What is read from a page's text, without a database."""
