"""Gazeti: open-source software for a local newsroom. The floors are drawn in docs/architecture.md."""

__version__ = "0.1.0"
