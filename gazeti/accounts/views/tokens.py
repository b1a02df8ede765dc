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


class TokenHistory(HistoryView):
    """What was done with a token, of those that the list shows to the same person."""

    def get_base_object_queryset(self) -> Any:
        """The tokens among which one is looked for."""
        return _within(super().get_base_object_queryset(), user=self.request.user)


class TokenUsage(UsageView):
    """Where a token is used, of those that the list shows to the same person."""

    def get_base_object_queryset(self) -> Any:
        """The tokens among which one is looked for."""
        return _within(super().get_base_object_queryset(), user=self.request.user)


class Tokens(APITokenViewSet):
    """Wagtail's pages of tokens, some of them ours."""

    add_view_class = NewToken
    history_view_class = TokenHistory
    usage_view_class = TokenUsage


def _within(tokens: Any, *, user: Any) -> Any:
    return tokens.filter(user__in=get_manageable_token_owners(user))
