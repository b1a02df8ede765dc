"""Which files belong to a newsroom beside its database: settings, secret, the theme's overrides, and named media."""

import os
from collections.abc import Iterator
from pathlib import Path

SETTINGS, SECRET = "gazeti.toml", "secret"
OVERRIDES = ("templates", "static")
"""Folders of the newsroom that stand before our own templates and static files."""


def override_files(home: Path) -> Iterator[tuple[str, Path]]:
    """The theme's overrides, each by its path in the newsroom; a folder is entered once, so that no link goes round."""
    seen: set[tuple[int, int]] = set()
    for name in OVERRIDES:
        for folder, folders, files in os.walk(home / name, followlinks=True):
            here = Path(folder).stat()
            place = (here.st_dev, here.st_ino)
            folders[:] = [] if place in seen else sorted(folders)
            found = [] if place in seen else [Path(folder) / one for one in sorted(files)]
            seen.add(place)
            yield from ((path.relative_to(home).as_posix(), path) for path in found if path.is_file())


def media_named() -> list[str]:
    """The files in the media folder that the database names, whichever app keeps them; others are left-overs."""
    from django.apps import apps
    from django.db.models import FileField

    from gazeti.media.models import Picture

    names = {one["path"] for served in Picture.objects.values_list("served", flat=True).iterator() for one in served}
    for model in apps.get_models():
        fields = [one.attname for one in model._meta.local_concrete_fields if isinstance(one, FileField)]
        if fields and model._meta.managed:
            rows = model._default_manager.values_list(*fields).iterator()
            names |= {str(name) for row in rows for name in row if name}
    return sorted(names)
