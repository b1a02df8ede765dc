"""What the house and the style ask of every file, as tests; each has seen a bad sample fail."""
