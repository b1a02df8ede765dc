"""Reading what an archive holds: pure parsing, text in, facts with their confidence out."""
