"""The live desk: one screen on a phone, whole without JavaScript; what is typed is not lost on a bad line."""

from gazeti.live.views.desk import blocks
from gazeti.live.views.desk.acts import erase, pin, retract, state, story_of
from gazeti.live.views.desk.home import begin, home
from gazeti.live.views.desk.offline import shell, worker
from gazeti.live.views.desk.plan import times
from gazeti.live.views.desk.screen import news, screen
from gazeti.live.views.desk.summary import summary
from gazeti.live.views.desk.updates import edit, post
from gazeti.live.views.desk.waiting import change, waiting

__all__ = [
    "begin",
    "blocks",
    "change",
    "edit",
    "erase",
    "home",
    "news",
    "pin",
    "post",
    "retract",
    "screen",
    "shell",
    "state",
    "story_of",
    "summary",
    "times",
    "waiting",
    "worker",
]
