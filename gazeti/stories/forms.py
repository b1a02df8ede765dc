"""The desk's form of a story."""

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

MAX_LENGTH = "maxlength"


class StoryForm(WagtailAdminPageForm):
    """Lets a headline of any length be pasted: the model says by how much it is too long, and nothing is cut."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take the column's own limit off the field; it is far above a headline's."""
        super().__init__(*args, **kwargs)
        title = self.fields["title"]
        title.widget.attrs.pop(MAX_LENGTH, None)
        title.validators = [check for check in title.validators if getattr(check, "code", "") != "max_length"]
