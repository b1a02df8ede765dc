"""Tests mirror the package: tests/stories/ tests gazeti/stories/."""
