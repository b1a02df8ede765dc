"""Asking somebody to the desk, taking that back, and what they do with it."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from gazeti.accounts.actions.events import note_event
from gazeti.accounts.actions.people import AlreadyThere, assign_roles
from gazeti.accounts.models import Invitation, User
from gazeti.accounts.models.invitations import LASTS
from gazeti.accounts.queries import open_invitations, user_of


@transaction.atomic
def invite_person(email: str, *, name: str, roles: Sequence[str], now: datetime, by: User | None) -> Invitation:
    """Invite somebody; an invitation to the same address that is still open is taken back.

    Raises ValidationError for what is no address, AlreadyThere for somebody who signs in already.
    """
    email = email.strip()
    validate_email(email)
    if user_of(email):
        raise AlreadyThere(_("Somebody already signs in with %(email)s.") % {"email": email})
    for earlier in open_invitations(now=now).filter(email__iexact=email):
        withdraw_invitation(earlier, now=now, by=by)
    invitation = Invitation.objects.create(
        email=email, name=name, roles=list(roles), invited_by=by, invited_at=now, expires_at=now + LASTS
    )
    note_event("invited", now=now, by=by, email=email, invitation=invitation.pk, roles=list(roles))
    return invitation


@transaction.atomic
def withdraw_invitation(invitation: Invitation, *, now: datetime, by: User | None) -> None:
    """Take an open invitation back: its link no longer works."""
    invitation.withdrawn_at = now
    invitation.save(update_fields=["withdrawn_at"])
    note_event("invitation taken back", now=now, by=by, invitation=invitation.pk)


@transaction.atomic
def accept_invitation(invitation: Invitation, *, name: str, password: str, now: datetime) -> User:
    """Make the account of somebody who was invited. Raises ValidationError if the invitation is open no more."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open(now):
        raise ValidationError(_("This invitation is open no more."))
    if user_of(invitation.email):
        raise AlreadyThere(_("Somebody already signs in with %(email)s.") % {"email": invitation.email})
    user = User.objects.create_user(invitation.email, password, first_name=name)
    assign_roles(user, roles=invitation.roles)
    invitation.accepted_at, invitation.person = now, user
    invitation.save(update_fields=["accepted_at", "person"])
    note_event("invitation accepted", now=now, user=user, invitation=invitation.pk)
    return user
