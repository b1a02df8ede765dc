"""The desk's pages of API tokens: a token acts as its owner, so one for another is made by who has every right."""

from typing import Any

from wagtail.admin.views.generic import HistoryView, UsageView
from wagtail.users.utils import get_manageable_token_owners
from wagtail.users.views.api_tokens import APITokenViewSet, CreateView


class NewToken(CreateView):
    """Offers oneself as the owner; to who has every right, everybody."""

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form is made with."""
        facts: dict[str, Any] = super().get_form_kwargs()
        if not self.request.user.is_superuser:
            facts["manageable_users"] = facts["manageable_users"].filter(pk=self.request.user.pk)
        return facts


class _Within:
    """Keeps Wagtail's view to the tokens that its list shows to the same person."""

    def get_base_object_queryset(self) -> Any:
        """The tokens among which one is looked for."""
        owners = get_manageable_token_owners(self.request.user)  # type: ignore[attr-defined]  # a view's
        return super().get_base_object_queryset().filter(user__in=owners)  # type: ignore[misc]  # a view's


class TokenHistory(_Within, HistoryView):
    """What was done with a token."""


class TokenUsage(_Within, UsageView):
    """Where a token is used."""


class Tokens(APITokenViewSet):
    """Wagtail's pages of tokens, some of them ours."""

    add_view_class = NewToken
    history_view_class = TokenHistory
    usage_view_class = TokenUsage
