"""The accounts' addresses, below /desk/ and before Wagtail's: signing in is allauth's, Wagtail's own is not reached."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import urls as recovery_codes
from allauth.mfa.totp import urls as totp
from allauth.mfa.webauthn import urls as webauthn
from django.urls import URLPattern, include, path, re_path
from wagtail.utils.urlpatterns import decorate_urlpatterns

from gazeti.accounts import views
from gazeti.accounts.views import readers as own_pages

signing_in = [
    path("login/", views.sign_in, name="account_login"),
    path("login/code/", views.request_code, name="account_request_login_code"),
    path("login/code/confirm/", views.confirm_code, name="account_confirm_login_code"),
    path("logout/", account.logout, name="account_logout"),
    path("inactive/", account.account_inactive, name="account_inactive"),
    path("reauthenticate/", account.reauthenticate, name="account_reauthenticate"),
    path("password/change/", account.password_change, name="account_change_password"),
    path("password/set/", account.password_set, name="account_set_password"),
    path("password/reset/", views.forgotten, name="account_reset_password"),
    path("password/reset/done/", account.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("password/reset/key/done/", account.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    path("signup/", views.closed),
    path("signup/<path:rest>", views.closed),
    path("password_reset/", views.to_reset),
    path("password_reset/<path:rest>", views.to_reset),
]
factors = [
    path("", views.factors, name="mfa_index"),
    path("authenticate/", mfa.authenticate, name="mfa_authenticate"),
    path("reauthenticate/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("totp/", include(totp.urlpatterns)),
    path("recovery-codes/", include(recovery_codes.urlpatterns)),
    path("webauthn/", include(webauthn.urlpatterns)),
]
own = [
    *signing_in,
    path("second-factor/", include(factors)),
    path("sessions/", views.sessions, name="usersessions_list"),
    path("first-administrator/<str:token>/", views.first_administrator, name="first_administrator"),
    path("invited/<str:token>/", views.invited, name="accounts_invited"),
]
urlpatterns = [*decorate_urlpatterns(own, views.kept_apart), path("account/", views.account)]
# Below /account/: readers, who sign in by a code alone.
readers: list[URLPattern] = [
    path("", own_pages.account, name="reader_account"),
    path("code/<str:token>/", own_pages.code, name="reader_code"),
    path("passkey/", own_pages.passkey_page, name="reader_passkey"),
    path("name/", own_pages.name, name="reader_name"),
    path("sessions/", own_pages.sessions, name="reader_sessions"),
    path("leave/", own_pages.leave, name="reader_leave"),
]
