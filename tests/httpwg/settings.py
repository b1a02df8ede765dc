"""Gazeti's settings, with the suite's addresses in place of a newspaper's."""

from gazeti.config.settings import *  # noqa: F403 (Django's settings are names of a module)

ROOT_URLCONF = "tests.httpwg.urls"
