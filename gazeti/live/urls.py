"""Live coverage's addresses: below a covered story, and of the paper as a whole."""

from django.urls import URLPattern, path, register_converter

from gazeti.live.views import desk as reporting
from gazeti.live.views.after import after
from gazeti.live.views.page import permalink
from gazeti.live.views.stream import stream


class Number:
    """The number of an event, written in one way only: each other way would be another page to keep."""

    regex = "0|[1-9][0-9]{0,8}"

    def to_python(self, value: str) -> int:
        """The number."""
        return int(value)

    def to_url(self, value: int) -> str:
        """As it stands in an address."""
        return str(value)


register_converter(Number, "seq")
COVERAGE = "<slug:section>/<slug:slug>/"
reading: list[URLPattern] = [
    path(f"{COVERAGE}after/<seq:seq>/", after, name="live_after"),
    path(f"{COVERAGE}updates/<seq:number>/", permalink, name="live_update"),
    path(f"{COVERAGE}stream/", stream, name="live_stream"),
]
desk: list[URLPattern] = [
    path("", reporting.home, name="live_desk"),
    path("begin/", reporting.begin, name="live_begin"),
    path("offline/", reporting.shell, name="live_offline"),
    path("worker.js", reporting.worker, name="live_worker"),
    path("<int:story>/", reporting.screen, name="live_screen"),
    path("<int:story>/news/", reporting.news, name="live_news"),
    path("<int:story>/plan/", reporting.times, name="live_plan"),
    path("<int:story>/state/", reporting.state, name="live_state"),
    path("<int:story>/summary/", reporting.summary, name="live_summary"),
    path("<int:story>/summary/blocks/", reporting.blocks.summary, name="live_summary_blocks"),
    path("<int:story>/summary/erase/", reporting.erase, name="live_summary_erase"),
    path("<int:story>/updates/", reporting.post, name="live_post"),
    path("<int:story>/updates/new/", reporting.blocks.new, name="live_new_blocks"),
    path("<int:story>/updates/<int:number>/", reporting.edit, name="live_edit"),
    path("<int:story>/updates/<int:number>/blocks/", reporting.blocks.edit, name="live_blocks"),
    path("<int:story>/updates/<int:number>/pin/", reporting.pin, name="live_pin"),
    path("<int:story>/updates/<int:number>/retract/", reporting.retract, name="live_retract"),
    path("<int:story>/updates/<int:number>/story/", reporting.story_of, name="live_story_of"),
    path("<int:story>/waiting/<int:number>/", reporting.waiting, name="live_waiting"),
    path("<int:story>/waiting/<int:number>/change/", reporting.change, name="live_change_waiting"),
]
urlpatterns = [*reading]
