"""Template tags of the stock site."""
