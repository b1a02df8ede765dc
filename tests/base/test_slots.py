"""Named slots: a lower floor shows something of a higher one without knowing it."""

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils.html import format_html

from gazeti.base.models import slots


@pytest.fixture(autouse=True)
def empty_slots(monkeypatch) -> None:
    monkeypatch.setattr(slots, "_slots", {})


def shown(source: str, **facts: object) -> str:
    return Template("{% load paper %}" + source).render(Context(facts))


def test_a_slot_that_nobody_fills_shows_nothing() -> None:
    assert shown("[{% slot 'comments' story=story %}]", story="s") == "[]"


def test_parts_stand_in_the_order_of_their_names_and_get_the_facts() -> None:
    slots.fill("comments", "b", lambda story: format_html("<b>{}</b>", story))
    slots.fill("comments", "a", lambda story: format_html("<a>{}</a>", story))
    assert shown("{% slot 'comments' story=story %}", story="<x>") == "<a>&lt;x&gt;</a><b>&lt;x&gt;</b>"


def test_what_a_part_returns_as_plain_text_is_escaped() -> None:
    slots.fill("comments", "a", lambda story: f"<script>{story}</script>")
    assert "<script>" not in shown("{% slot 'comments' story='x' %}")


def test_the_same_name_replaces_its_part() -> None:
    slots.fill("live", "strip", lambda: "old")
    slots.fill("live", "strip", lambda: "new")
    assert shown("{% slot 'live' %}") == "new"


def test_a_page_without_a_renderer_says_so() -> None:
    with pytest.raises(LookupError, match="renders pages"):
        slots.page_answer(object(), RequestFactory().get("/"))
