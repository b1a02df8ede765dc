"""How the live desk says where a coverage stands, and what may be done with it."""

from types import MappingProxyType

from django.utils.translation import gettext_lazy as _

from gazeti.live.rules import FROM, Kind, State

STATES = MappingProxyType(
    {
        State.PLANNED: _("planned"),
        State.LIVE: _("live"),
        State.PAUSED: _("paused"),
        State.CLOSED: _("closed"),
    }
)
NOT_OPEN = MappingProxyType(
    {
        State.PLANNED: _("The coverage has not begun. Go live first: your words stay here."),
        State.CLOSED: _("The coverage is closed. Open it again first: your words stay here."),
    }
)
SAVED = _("Saved.")
POSTED = _("Posted.")
SENT_IN = _("Sent in. Somebody who may post takes it up.")
SCHEDULED = _("It goes out at its time.")
GONE = _("This update was taken back.")
OTHER_WORDS = _("This went out as you first sent it. Change it there.")
WAITS_OTHERWISE = _("This waits as you first sent it. Change it there.")
RICHER = _("Its text is more than this form can show. Your words are kept here: change it with all blocks.")
RICHER_WAITS = _("Its text is more than this form can show. Post it, then change it with all blocks.")
CHANGED = _("Somebody changed this update while you wrote. Look at what it says now, then save yours or leave it.")
NO_SUCH_AUTHOR = _("There is no author of that name. Choose one from the list, or leave it empty.")
NO_SUCH_PICTURE = _("This picture is no longer there. Choose it again.")
NOT_TO_CREDIT = _("The picture says “%(credit)s”, and is not yours to change. Leave this empty, or ask an editor.")
NO_PICTURES = _("You may not add pictures. Ask an editor.")


def turns(state: State) -> list[tuple[Kind, str]]:
    """What a coverage may become from where it stands, each with the words of its button."""
    begins = _("Go live") if state is State.PLANNED else _("Go on live") if state is State.PAUSED else _("Open again")
    named = {Kind.RESUME: begins, Kind.PAUSE: _("Pause"), Kind.CLOSE: _("Close…")}
    return [(kind, str(words)) for kind, words in named.items() if state in FROM[kind]]
