"""Sections and articles of the stock site."""
