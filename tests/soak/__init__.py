"""Tests that run for minutes, by `make soak` only."""
