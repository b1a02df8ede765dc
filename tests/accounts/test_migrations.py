"""Who could sign in before allauth came still can: the migration tells it their addresses."""

import importlib

import pytest
from allauth.account.models import EmailAddress
from django.apps import apps

from tests.accounts.people import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.database]
STEP = importlib.import_module("gazeti.accounts.migrations.0002_sign_in")


def test_everybody_keeps_their_address_once() -> None:
    user = make_person("Amina@Paper.example")
    EmailAddress.objects.all().delete()
    for _ in range(2):
        STEP.tell_allauth_the_addresses(apps, None)
    (address,) = EmailAddress.objects.all()
    assert (address.user, address.email, address.verified) == (user, "amina@paper.example", True)
    assert address.primary
