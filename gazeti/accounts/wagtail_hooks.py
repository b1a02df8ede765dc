"""What accounts add to the desk: invitations, what happened, one's own pages; and who may change whom."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gazeti.accounts import views
from gazeti.accounts.queries import is_administrator


class AdministratorsItem(MenuItem):
    """A line of a menu that administrators see."""

    def is_shown(self, request: HttpRequest) -> bool:
        """Whether an administrator looks."""
        return is_administrator(request.user)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The accounts' pages within the desk."""
    return [
        path("invitations/", views.invitations, name="accounts_invitations"),
        path("invitations/new/", views.invite, name="accounts_invite"),
        path("invitations/<int:number>/take-back/", views.take_back, name="accounts_take_back"),
        path("reports/accounts/", views.happened_page, name="accounts_happened"),
    ]


@hooks.register("register_admin_urls", order=-1)
def token_addresses() -> list[URLPattern]:
    """Our pages of API tokens, before Wagtail's at the same addresses, by whose names they are linked."""
    tokens = views.Tokens("wagtailusers_api_tokens", url_prefix="api-tokens")
    return [
        path("api-tokens/new/", tokens.add_view),
        path("api-tokens/history/<int:pk>/", tokens.history_view),
        path("api-tokens/history-results/<int:pk>/", tokens.history_results_view),
        path("api-tokens/usage/<int:pk>/", tokens.usage_view),
    ]


@hooks.register("register_settings_menu_item")
def invitations_item() -> MenuItem:
    """Where administrators invite people."""
    return AdministratorsItem(_("Invitations"), reverse("accounts_invitations"), icon_name="mail", order=610)


@hooks.register("register_reports_menu_item")
def happened_item() -> MenuItem:
    """Where administrators look back."""
    return AdministratorsItem(_("Sign-ins and roles"), reverse("accounts_happened"), icon_name="key", order=1100)


@hooks.register("before_create_user")
@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def rights_are_given_by_who_has_them(request: HttpRequest, person: Any = None) -> None:
    """Raise PermissionDenied where somebody without every right would give it, or change whoever has it.

    Whoever could change such a person's address would get their next link for a new password.
    """
    if not request.user.is_superuser and ("is_superuser" in request.POST or (person and person.is_superuser)):
        raise PermissionDenied


@hooks.register("before_bulk_action")
def rights_are_taken_by_who_has_them(request: HttpRequest, _kind: str, objects: list[Any], _action: Any) -> None:
    """Raise PermissionDenied where somebody without every right would change whoever has it, among others."""
    if not request.user.is_superuser and any(getattr(one, "is_superuser", False) for one in objects):
        raise PermissionDenied


@hooks.register("register_account_menu_item")
def own_factors(request: HttpRequest) -> dict[str, Any]:
    """Where a person sets up second factors."""
    words = _("An authenticator app, passkeys and recovery codes.")
    return {"url": reverse("mfa_index"), "label": _("Second factor"), "help_text": words}


@hooks.register("register_account_menu_item")
def own_password(request: HttpRequest) -> dict[str, Any]:
    """Where a person changes their password."""
    words = _("All your other sessions end.")
    return {"url": reverse("account_change_password"), "label": _("Change password"), "help_text": words}


@hooks.register("register_account_menu_item")
def own_sessions(request: HttpRequest) -> dict[str, Any]:
    """Where a person sees and ends their sessions."""
    words = _("Where you are signed in, and how to end it.")
    return {"url": reverse("usersessions_list"), "label": _("Sessions"), "help_text": words}
