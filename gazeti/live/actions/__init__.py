"""Every write about live coverage: one verb, one function; each change appends one event with the next number."""

from gazeti.live.actions.coverage import cover, move_to, plan, uncover
from gazeti.live.actions.events import Refused, WasRefused
from gazeti.live.actions.story import make_story
from gazeti.live.actions.times import OutOfReach
from gazeti.live.actions.updates import (
    edit_update,
    erase_earlier_summaries,
    pin_update,
    post_update,
    retract_update,
    summarise,
    unpin_update,
)
from gazeti.live.actions.waiting import change_waiting, refuse, schedule, send_in, take_up
from gazeti.live.actions.words import NotReady

__all__ = [
    "NotReady",
    "OutOfReach",
    "Refused",
    "WasRefused",
    "change_waiting",
    "cover",
    "edit_update",
    "erase_earlier_summaries",
    "make_story",
    "move_to",
    "pin_update",
    "plan",
    "post_update",
    "refuse",
    "retract_update",
    "schedule",
    "send_in",
    "summarise",
    "take_up",
    "uncover",
    "unpin_update",
]
