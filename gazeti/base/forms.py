"""The form for a copy of a page; and what the desk's choosers write: which script's part to begin with, as data.

Wagtail writes `<script>new ImageChooser("id", {…});</script>`, which the desk's content security policy refuses;
`static/gazeti/js/desk-parts.js` reads the same from an attribute.
"""

import json
import re
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm
from wagtail.admin.widgets import BaseChooser

from gazeti.base.rules import FRONT_DEPTH, RESERVED_SLUGS

CALL = re.compile(r"(?:new )?(\w+)\((.*)\);", re.DOTALL)


def part(javascript: str) -> SafeString:
    """The beginning of one part as data. Raises ValueError for anything but one call with JSON for its arguments."""
    call = CALL.fullmatch(javascript.strip())
    if not call:
        raise ValueError(f"the desk cannot begin with {javascript}")
    arguments = json.dumps(json.loads(f"[{call[2]}]"))
    return format_html('<template data-desk-part="{}" data-desk-arguments="{}"></template>', call[1], arguments)


def rendered_chooser(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: Any = None
) -> SafeString:
    """Stand in for `BaseChooser.render`, with the same HTML and no script."""
    if not attrs or "id" not in attrs:
        raise TypeError("a chooser is found by its id")
    data = self.get_value_data(value)
    html = self.render_html(name, data, attrs)
    return format_html("{}{}", html, part(self.render_js_init(attrs["id"], name, data)))


class PageCopyForm(CopyForm):
    """Refuses an address of the house for a copy that is to stand directly under the front."""

    def clean(self) -> dict[str, Any]:
        """Look at the new address beside the page that it is to stand under."""
        cleaned: dict[str, Any] = super().clean()
        parent = cleaned.get("new_parent_page") or self.page.get_parent()
        slug = cleaned.get("new_slug", "")
        if parent.depth == FRONT_DEPTH and slug.lower() in RESERVED_SLUGS:
            sentence = _("“%(slug)s” is an address Gazeti itself needs. Choose another.")
            self.add_error("new_slug", sentence % {"slug": slug})
        return cleaned
