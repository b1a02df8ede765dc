"""Template tags that all floors may use."""
