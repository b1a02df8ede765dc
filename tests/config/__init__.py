"""Tests of gazeti/config."""
