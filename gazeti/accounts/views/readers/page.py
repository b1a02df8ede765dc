"""The page of a reader who signed in: their name, what other apps keep of them, where they are signed in."""

from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from gazeti.accounts.actions import end_session, name_reader, reader_for
from gazeti.accounts.forms import NameForm
from gazeti.accounts.queries import is_of_the_newsroom, reader_of, sessions_of
from gazeti.accounts.views.readers.door import KNOCKS, ask_code, door
from gazeti.accounts.views.readers.own import DOOR, READING, away, lacks_factor, own, own_signed_in, seen
from gazeti.accounts.views.sign_in import DIGITS
from gazeti.base.models import framed_answer


@own(*READING, "POST")
def account(request: HttpRequest) -> HttpResponse:
    """The door, or for whoever has come through it their own page; a POST asks for a code."""
    if request.method == "POST":
        return ask_code(request)
    if request.user.is_authenticated:
        return _page(request)
    return away(request) if lacks_factor(request) else door(request)


@own_signed_in("POST")
def name(request: HttpRequest) -> HttpResponse:
    """Change the name that stands over what they write from now on."""
    form = NameForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=KNOCKS)
    name_reader(_reader(request), name=form.cleaned_data["name"])
    return seen(DOOR)


@own_signed_in("POST")
def sessions(request: HttpRequest) -> HttpResponse:
    """End one of their sessions."""
    user: Any = request.user
    number = request.POST.get("session", "")
    if number.isdecimal() and len(number) < DIGITS:
        end_session(user, number=int(number))
    return seen(DOOR)


@own_signed_in("POST")
def leave(request: HttpRequest) -> HttpResponse:
    """Sign out here."""
    logout(request)
    return seen(DOOR)


def _reader(request: HttpRequest) -> Any:
    user: Any = request.user
    return reader_for(user, now=timezone.now())


def _page(request: HttpRequest, form: NameForm | None = None, *, status: int = 200) -> HttpResponse:
    user: Any = request.user
    reader = reader_of(user)
    facts = {
        "user": user,
        "reader": reader,
        "form": form or NameForm(initial={"name": reader.name if reader else user.get_full_name()}),
        "sessions": sessions_of(user)[:50],
        "session_key": request.session.session_key,
        "is_of_the_newsroom": is_of_the_newsroom(user),
    }
    return framed_answer(request, "accounts/reader/page.html", facts, tags=set(), status=status)
