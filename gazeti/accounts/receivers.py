"""What follows whatever happens to a person, a session or an API token, through whichever door it came."""

from typing import Any

from allauth.account import signals as account
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa import signals as mfa
from django.contrib.auth.signals import user_logged_out, user_login_failed
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete, pre_save
from django.dispatch import receiver
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.models import APIToken

from gazeti.accounts.actions import (
    forget_session,
    keep_address,
    note_event,
    part_from_user,
    reader_for,
    revoke_tokens,
)
from gazeti.accounts.models import User
from gazeti.accounts.queries import FACTORS, lacks_factor, roles_of, standing_of, user_of


@receiver(pre_save, sender=User)
def person_changes(instance: User, *, update_fields: Any = None, raw: bool = False, **signal: Any) -> None:
    """Remember how a person stood, before a save that may change it."""
    if not raw and instance.pk and (update_fields is None or {"is_active", "is_superuser"} & set(update_fields)):
        instance.__dict__["stood"] = standing_of(instance.pk)


@receiver(post_save, sender=User)
def person_saved(instance: User, *, created: bool, raw: bool = False, **signal: Any) -> None:
    """Keep the address that allauth knows; tell of somebody new, closed, opened again, or given every right."""
    if raw:
        return
    fields = signal.get("update_fields")
    if fields is None or "email" in fields:
        keep_address(instance)
    if created:
        _note("user added", instance, administrator=instance.is_superuser)
        return
    stood = instance.__dict__.pop("stood", None)
    if stood and stood.is_active != instance.is_active:
        _note("opened" if instance.is_active else "closed", instance)
    if stood and stood.is_superuser != instance.is_superuser:
        _note("every right" if instance.is_superuser else "no longer every right", instance)
        _end_unproven_tokens(instance)


@receiver(pre_delete, sender=User)
def person_goes(instance: User, **signal: Any) -> None:
    """Leave no address with what they wrote as a reader."""
    part_from_user(instance)


@receiver(post_delete, sender=User)
def person_deleted(instance: User, **signal: Any) -> None:
    """Tell of somebody who is there no more; who it was stands beside the event, to be erased in its time."""
    _note("user deleted", instance, email=instance.email)


@receiver(m2m_changed, sender=User.groups.through)
def roles_changed(instance: Any, *, action: str, reverse: bool, pk_set: Any = None, **signal: Any) -> None:
    """Tell which roles somebody has now."""
    if action not in {"post_add", "post_remove", "post_clear"} or (pk_set is not None and not pk_set):
        return
    people = User.objects.filter(pk__in=pk_set or ()) if reverse else [instance]
    for person in people:
        _note("roles", person, roles=roles_of(person))
        _end_unproven_tokens(person)


@receiver(post_save, sender=APIToken)
def token_saved(
    instance: APIToken, *, created: bool, raw: bool = False, update_fields: Any = None, **signal: Any
) -> None:
    """Tell of an API token that was made or revoked: whose it is, and who did it."""
    if raw:
        return
    if created:
        _note("token made", instance.user, token=instance.pk)
    elif instance.revoked_at and "revoked_at" in (update_fields or ()):
        _note("token revoked", instance.user, token=instance.pk)


@receiver(post_delete, sender=APIToken)
def token_deleted(instance: APIToken, **signal: Any) -> None:
    """Tell of an API token whose row went, as those of somebody deleted do."""
    if not instance.revoked_at:
        _note("token revoked", User(pk=instance.user_id), token=instance.pk)


@receiver(account.user_logged_in)
def signed_in(request: Any, user: User, **signal: Any) -> None:
    """Tell of a session that was opened, and how; whoever signs in has proven their address to be theirs."""
    reader_for(user, now=timezone.now())
    records = request.session.get("account_authentication_methods", [])
    ways = list(dict.fromkeys(record.get("type", record["method"]) for record in records))
    _note("signed in", user, by=None, request=request, ways=ways)


@receiver(user_logged_out)
def signed_out(request: Any, user: User | None, **signal: Any) -> None:
    """Tell of a session that its owner ended."""
    if user:
        forget_session(request.session.session_key)
        _note("signed out", user, by=None, request=request)


@receiver(user_login_failed)
def sign_in_failed(credentials: dict[str, Any], request: Any = None, **signal: Any) -> None:
    """Tell of a wrong password, or of an address that nobody has."""
    email = str(credentials.get("email") or credentials.get("username") or "")
    person = user_of(email)
    reason = "wrong password" if person else "unknown address"
    if person and not person.is_active:
        reason = "closed account"
    _note("sign-in failed", person, by=None, request=request, email=email, reason=reason)


@receiver(account.login_code_rejected)
def code_rejected(request: Any, user: User, **signal: Any) -> None:
    """Tell of a wrong code from the mail."""
    _note("sign-in failed", user, by=None, request=request, reason="wrong code")


@receiver(mfa.authentication_failed)
def factor_rejected(request: Any, user: User, **signal: Any) -> None:
    """Tell of a wrong second factor."""
    _note("sign-in failed", user, by=None, request=request, reason="wrong second factor")


@receiver(mfa.authenticator_added)
def factor_added(request: Any, user: User, authenticator: Any, **signal: Any) -> None:
    """Tell of a new factor; whoever set it up has it, so this session has proven it."""
    _note("factor added", user, request=request, factor=str(authenticator.type))
    if authenticator.type in FACTORS:
        record_authentication(request, user, method="mfa", type=authenticator.type, reauthenticated=True)


@receiver(mfa.authenticator_removed)
def factor_removed(request: Any, user: User, authenticator: Any, **signal: Any) -> None:
    """Tell of a factor that its owner took away."""
    _note("factor removed", user, request=request, factor=str(authenticator.type))


@receiver(account.password_reset)
def tokens_end(user: User, **signal: Any) -> None:
    """Whoever comes back by a link from the mail may have lost more than the password."""
    revoke_tokens(user, now=timezone.now())


@receiver(account.password_set)
@receiver(account.password_changed)
@receiver(account.password_reset)
def password_replaced(request: Any, user: User, **signal: Any) -> None:
    """Tell of a new password."""
    _note("password replaced", user, request=request)


def _note(kind: str, user: User | None, *, request: Any = None, email: str = "", **facts: Any) -> None:
    by = facts.pop("by", _who())
    address = request.META.get("REMOTE_ADDR") or None if request else None
    note_event(kind, now=timezone.now(), user=user, by=by, address=address, email=email, **facts)


def _end_unproven_tokens(person: User) -> None:
    """Revoke what was made on a password alone, where the person's rights ask for more now."""
    if lacks_factor(person):
        revoke_tokens(person, now=timezone.now())


def _who() -> User | None:
    """Who is at work: at the desk Wagtail knows, elsewhere the request does; nobody at the terminal."""
    at_the_desk = get_active_log_context().user
    asking = getattr(context.request, "user", None) if context.request else None
    person = at_the_desk or asking
    return person if person and person.is_authenticated else None
