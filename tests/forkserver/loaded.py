"""Loads what a set-up newsroom has, remembers what it read for that, and says whether a fork may use it.

A setting or a variable that was read while loading must have the same value in the new process. Three settings differ
from newsroom to newsroom; whoever reads them while loading is listed here, and is made to read them anew.
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import django
from asgiref.local import Local
from django import conf
from django.db import connections
from django.utils.functional import empty

SETTINGS = "gazeti.config.settings"
# Each runs as a program, or makes what it makes from the newsroom's own settings or variables.
LEFT = {
    SETTINGS,
    "gazeti.__main__",
    "gazeti.cli.children",
    "gazeti.config.asgi",
    "gazeti.config.urls",
    "gazeti.edge.application",
    "gazeti.edge.metrics",
    "gazeti.edge.streams.application",
    "gazeti.edge.vigil",
}
REREAD = {
    # The connections are made anew; what the engine is may not change.
    "DATABASES": "django/utils/connection.py",
    # A look at whether it is another folder than STATIC_ROOT.
    "MEDIA_ROOT": "contrib/staticfiles/utils.py",
    # What a field of a form tells its script: `_tell_form` tells it again.
    "TIME_ZONE": "admin/forms/account.py",
}
# It copies all variables, for servers that are none of ours.
COPIES_VARIABLES = "wsgiref/handlers.py"


class Loaded:
    """What was read and written while loading: settings, and variables of the environment."""

    def __init__(self) -> None:
        self.settings: dict[str, Any] = {}
        self.variables: dict[str, str | None] = {}
        self.given = dict(os.environ)
        # Whoever swaps a model, as Wagtail's pages, writes its name into the settings.
        self.written: dict[str, Any] = {}

    def load(self) -> None:
        """Load all that may be loaded before a process knows its newsroom."""
        # Reading them reads variables of the newsroom; a fork reads them anew.
        conf.settings._setup()
        own = set(vars(conf.settings._wrapped))
        settings, environment = conf.LazySettings.__getattr__, type(os.environ).__getitem__
        conf.LazySettings.__getattr__ = lambda lazy, name: self._noted(lazy, name, settings)  # type: ignore[method-assign]
        type(os.environ).__getitem__ = lambda all_of_them, name: self._seen(all_of_them, name, environment)  # type: ignore[method-assign]
        try:
            django.setup()
            for name in _modules():
                importlib.import_module(name)
        finally:
            conf.LazySettings.__getattr__ = settings  # type: ignore[method-assign]
            type(os.environ).__getitem__ = environment  # type: ignore[method-assign]
        self.written = {name: value for name, value in vars(conf.settings._wrapped).items() if name not in own}
        _forget()

    def fits(self, environment: Mapping[str, str]) -> bool:
        """Say whether a process with these variables would have loaded the same."""
        same_program = environment.get("DJANGO_SETTINGS_MODULE", SETTINGS) == SETTINGS
        same_python = _variables_of_python(environment) == _variables_of_python(self.given)
        same_read = all(environment.get(name) == value for name, value in self.variables.items())
        return same_program and same_python and same_read

    def watch(self) -> None:
        """End the process, aloud, if its newsroom has another value of a setting that was read while loading."""
        set_up = conf.LazySettings._setup

        def checked(lazy: conf.LazySettings, name: str | None = None) -> None:
            set_up(lazy, name)
            for one in self.written.keys() - set(vars(lazy._wrapped)):
                setattr(lazy, one, self.written[one])
            other = [one for one, value in self.settings.items() if not _is_same(one, value, getattr(lazy, one, None))]
            _tell_form(lazy.TIME_ZONE)
            if other:
                sys.stderr.write(f"Mark this test real_start: another {', '.join(other)} than was loaded.\n")
                sys.stderr.flush()
                os._exit(97)

        conf.LazySettings._setup = checked  # type: ignore[method-assign]

    def _noted(self, lazy: conf.LazySettings, name: str, ask: Any) -> Any:
        value = ask(lazy, name)
        # Django would keep it there, and the next who reads it would not be seen.
        lazy.__dict__.pop(name, None)
        reader = "/".join(Path(sys._getframe(2).f_code.co_filename).parts[-3:])
        self.settings[name] = value
        if name in REREAD and reader != REREAD[name]:
            raise RuntimeError(f"{reader} reads {name} while loading: a fork would keep another newsroom's.")
        return value

    def _seen(self, variables: Any, name: str, ask: Any) -> str:
        readers = (sys._getframe(depth).f_code.co_filename for depth in range(2, 6))
        if not any(reader.endswith(COPIES_VARIABLES) for reader in readers):
            self.variables[name] = self.given.get(name)
        return ask(variables, name)


def is_alone() -> bool:
    """Say whether this process has one thread: others would not live in a fork, but what they hold would be held."""
    return len(list(Path("/proc/self/task").iterdir())) == 1


def has_newsroom() -> bool:
    """Say whether this process has read a newsroom's settings: a fork would have them too."""
    return conf.settings.configured


def _modules() -> list[str]:
    import gazeti

    found = {one.name for one in pkgutil.walk_packages(gazeti.__path__, "gazeti.")}
    return sorted(name for name in found - LEFT if ".migrations" not in name)


def _forget() -> None:
    """Leave Django loaded, with no settings and no connection."""
    conf.settings.__dict__.clear()
    conf.settings._wrapped = empty
    del sys.modules[SETTINGS]
    del sys.modules["gazeti.config"].settings
    connections._settings = None
    connections.__dict__.pop("settings", None)
    connections._connections = Local(connections.thread_critical)


def _tell_form(time_zone: str) -> None:
    from wagtail.admin.forms.account import LocalePreferencesForm

    field = LocalePreferencesForm.base_fields["current_time_zone"]
    field.widget.attrs["data-w-locale-server-time-zone-param"] = time_zone


def _variables_of_python(environment: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(("PYTHON", "LC_", "LANG"))}


def _is_same(name: str, loaded: Any, own: Any) -> bool:
    if name == "DATABASES":
        return bool(loaded["default"]["ENGINE"] == own["default"]["ENGINE"])
    return name in REREAD or bool(loaded == own)
