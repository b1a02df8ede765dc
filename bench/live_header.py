"""The project's application with the link to live coverage that the design shows in the header (a later step's).

Run by Granian as `bench.live_header:application` on a newsroom whose style holds the rule in `LIVE_STYLE`.
"""

import os
import shutil
from pathlib import Path
from typing import Any

import django
from django.utils.html import format_html

LIVE_STYLE = (
    ".nav .live::before{content:'';width:.55em;height:.55em;border-radius:50%;"
    "background:#c81e1e;display:inline-block;margin-inline-end:.4em}"
)
MASTHEAD = Path(__file__).resolve().parent.parent / "gazeti" / "static" / "gazeti" / "css" / "masthead.css"


def copy_with_live_header(home: Path, other: Path) -> Path:
    """A copy of the newsroom whose own masthead style, laid over the theme's, ends with the rule of the live link."""
    shutil.copytree(home, other)
    style = other / "static" / "gazeti" / "css" / MASTHEAD.name
    style.parent.mkdir(parents=True)
    style.write_text(f"{MASTHEAD.read_text(encoding='utf-8')}{LIVE_STYLE}\n", encoding="utf-8")
    return other


def live_link(**_facts: Any) -> str:
    """The link, first in the navigation."""
    return format_html('<a class="live" href="{}">Live updates</a>', "/live/")


def live_application() -> Any:
    """The project's application with the link in its slot."""
    django.setup()  # before the models that come with the slot
    from gazeti.base.models import fill
    from gazeti.config.asgi import application

    fill("navigation", "live", live_link)
    return application


if "BENCH_LIVE_HEADER" in os.environ:
    application = live_application()
