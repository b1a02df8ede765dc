"""What tests of accounts share: an authenticator app whose half minute stands still, and mail that is caught."""

import pytest
from allauth.mfa.totp.internal import auth

from tests.accounts.people import COUNTER


@pytest.fixture
def app(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it always be the half minute of the tests' authenticator apps."""
    monkeypatch.setattr(auth, "yield_hotp_counters_from_time", lambda: iter([COUNTER]))
