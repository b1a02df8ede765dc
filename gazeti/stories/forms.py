"""The desk's forms of a story, and of a link to its draft."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from gazeti.base.models import filled
from gazeti.plain.words import free_slug
from gazeti.stories.formats import page_ids

MAX_LENGTH = "maxlength"
KNOWN_PAGES = "known pages"
"""The slot of whoever tells which pages somebody at the desk may know of; where nobody does, none."""


class StoryForm(WagtailAdminPageForm):
    """Cuts nothing that is pasted, and finds a new story an address of its own."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Let a headline of any length be pasted: the model says by how much it is too long, and nothing is cut."""
        super().__init__(*args, **kwargs)
        # The API makes a form of the fields that it is sent.
        title = self.fields.get("title")
        if title is None:
            return
        title.widget.attrs.pop(MAX_LENGTH, None)
        title.validators = [check for check in title.validators if getattr(check, "code", "") != "max_length"]

    def clean(self) -> dict[str, Any] | None:
        """Name no page that the writer may not know of, since the form tells headlines; what it named before stays."""
        facts: dict[str, Any] | None = super().clean()
        if "body" in self.cleaned_data:
            named = page_ids(self.cleaned_data["body"].get_prep_value())
            self._refuse_unknown("body", named - page_ids(self.instance.body.get_prep_value()))
        original = self.cleaned_data.get("translation_of")
        if original and original.pk != self.instance.translation_of_id:
            self._refuse_unknown("translation_of", {original.pk})
        return facts

    def _refuse_unknown(self, field: str, pks: set[int]) -> None:
        if not pks or self.for_user is None:
            return
        known = {pk for part in filled(KNOWN_PAGES) for pk in part(pks, user=self.for_user)}
        if pks - known:
            self.add_error(field, _("It names a story that is not there, or not yet for you. Choose another."))

    def clean_slug(self) -> str:
        """The next free address for a draft whose headline another story has: nobody reads it there yet."""
        slug: str = self.cleaned_data["slug"]
        if not slug or self.parent_page is None or self.instance.first_published_at:
            return slug
        others = self.parent_page.get_children().exclude(pk=self.instance.pk).filter(slug__startswith=slug)
        return free_slug(slug, taken=set(others.values_list("slug", flat=True)))


class ShareForm(forms.Form):
    """For how long a link shows a draft."""

    DAYS: ClassVar[list[tuple[int, Any]]] = [(1, _("1 day")), (7, _("7 days")), (30, _("30 days"))]
    USUAL = 7

    days = forms.TypedChoiceField(label=_("The link ends after"), choices=DAYS, coerce=int, initial=USUAL)


class UnpublishForm(forms.Form):
    """What becomes of stories that readers could read: their addresses say that they were withdrawn, or nothing."""

    WITHDRAW, DRAFT = "withdraw", "draft"
    CHOICES: ClassVar[list[tuple[str, Any]]] = [
        (WITHDRAW, _("Withdraw it: its address tells readers that it was here and was taken back")),
        (DRAFT, _("Back to draft: its address answers as if nothing had been there")),
    ]

    include_descendants = forms.BooleanField(required=False, label=_("The pages below too"))
    outcome = forms.ChoiceField(
        choices=CHOICES, required=False, widget=forms.RadioSelect, label=_("What readers find at its address")
    )
    note = forms.CharField(
        max_length=200,
        required=False,
        label=_("Sentence for readers"),
        help_text=_("It stands at the address of what is withdrawn. Say why, if you can; at most 200 characters."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, is_asked: bool, has_pages_below: bool, **kwargs: Any) -> None:
        """`is_asked`: one of the pages themselves was public; `has_pages_below`: some below them are out."""
        super().__init__(*args, **kwargs)
        self.is_asked = is_asked
        if not has_pages_below:
            del self.fields["include_descendants"]

    def clean(self) -> dict[str, Any]:
        """Ask for the choice wherever something that was public is taken down."""
        cleaned: dict[str, Any] = {"include_descendants": False, **(super().clean() or {})}
        if (self.is_asked or cleaned["include_descendants"]) and not cleaned.get("outcome"):
            self.add_error("outcome", _("Choose what readers are told: that it was withdrawn, or nothing."))
        return cleaned

    @property
    def withdraws(self) -> bool:
        """Whether to withdraw."""
        return bool(self.cleaned_data.get("outcome") == self.WITHDRAW)
