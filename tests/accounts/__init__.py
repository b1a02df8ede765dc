"""Tests of gazeti/accounts."""
