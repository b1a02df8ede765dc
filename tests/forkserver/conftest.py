"""A newsroom for what is started in it."""

from tests.cli.conftest import made, paper

__all__ = ["made", "paper"]
