"""The check-up of `gazeti doctor` on the filed pages: whether a server in front finds them, and may read them."""

import stat
from collections.abc import Iterator
from pathlib import Path

from gazeti.cli.findings import Finding
from gazeti.edge.proxies import facts

CONFIGURATIONS = (Path("/etc/nginx/sites-enabled"), Path("/etc/nginx/conf.d"), Path("/etc/caddy"))
"""Where Debian's nginx and Caddy read what `gazeti doctor` printed."""
HIGHEST = Path("/")
"""Where the way to the files begins."""


def public_files() -> Iterator[Finding]:
    """Whether the configuration of the server in front is of this theme, and its user may come to the files."""
    root = facts().root
    if root is None:
        yield Finding(
            "pages", "ok", "The CDN keeps the pages and is told of purges; nothing is filed for a server here."
        )
        return
    written = _configurations()
    if not any(str(root.parent) in text for text in written):
        places = ", ".join(map(str, CONFIGURATIONS))
        sentence = (
            f"No server in front serves the filed pages by itself, as far as what can be read in {places} tells: "
            "`gazeti doctor --nginx` prints how, or `--caddy`."
        )
        yield Finding("pages", "ok", sentence)
    elif not any(str(root) in text for text in written):
        sentence = "The server in front knows other headers and finds no page: print `gazeti doctor --nginx` anew."
        yield Finding("pages", "warn", sentence)
    elif shut := _shut(root.parent):
        sentence = f"Other users may not enter {shut}, so the server in front finds no page: `chmod o+x {shut}`."
        yield Finding("pages", "warn", f"{sentence} Or name another folder in GAZETI_STORE.")
    else:
        yield Finding("pages", "ok", "The server in front may read the filed pages.")


def _configurations() -> list[str]:
    """What the servers' files say, as far as this user may read them."""
    found = []
    for path in (path for folder in CONFIGURATIONS if folder.is_dir() for path in sorted(folder.iterdir())):
        try:
            found.append(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError):
            continue
    return found


def _shut(folder: Path) -> Path | None:
    """The highest folder on the way that others may not pass through."""
    way = [one for one in (*reversed(folder.parents), folder) if one.is_relative_to(HIGHEST)]
    return next((one for one in way if one.is_dir() and not one.stat().st_mode & stat.S_IXOTH), None)
