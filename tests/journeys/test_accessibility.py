"""axe finds nothing on any kind of page, on a phone and on a desk, by day and by night (WCAG 2.2 A and AA)."""

from typing import Any

import pytest
from playwright.sync_api import Page

from tests.journeys.axe import SCHEMES, described, faults_in, look
from tests.journeys.kinds import DESK, PHONE

pytestmark = pytest.mark.browser

FAULTS = """<html><head><title>Faults</title><style>
@keyframes slow { from { opacity: 0.01 } } .slow { animation: slow 25s 5 } .night { color: #333; background: #fff }
@media (prefers-color-scheme: dark) { .night { background: #000 } }
</style></head><body>
<img src="bridge.png"><p class="pale" style="color:#aaa;background:#fff">Pale</p>
<p class="night">Pale by night</p><p class="slow" style="color:#000;background:#fff">Pale while it fades</p>
<a href="#a" style="display:block;width:9px;height:9px;overflow:hidden">A</a>
<a href="#b" style="display:block;width:9px;height:9px;overflow:hidden">B</a></body></html>"""


def test_axe_finds_nothing_and_can_judge_every_contrast(shown: Page) -> None:
    """Where axe cannot tell a contrast, as over a picture, it says so apart from its violations: nowhere on a desk.

    (On a phone the end of the navigation lies beyond the screen, where nothing can be judged.)
    """
    found, unsure = [], []
    for width in (PHONE, DESK):
        shown.set_viewport_size({"width": width, "height": 800})
        for scheme in SCHEMES:
            seen = look(shown, scheme)
            found += [f"{width} {scheme} {told}" for told in described(seen["violations"])]
            unsure += [] if width == PHONE else described(of_contrast(seen["incomplete"]))
    assert (found, unsure) == ([], [])


def test_axe_finds_what_is_wrong_and_by_night_what_is_wrong_with_its_colours(page: Page) -> None:
    page.set_content(FAULTS)
    day, night = faults_in(page, PHONE, "light"), faults_in(page, PHONE, "dark")
    assert {"image-alt", "color-contrast", "html-has-lang", "target-size", "region"} <= set(map(rule_of, day))
    assert set(map(rule_of, night)) == {"color-contrast"}
    pale = [sorted(one.split("'")[1] for one in seen if rule_of(one) == "color-contrast") for seen in (day, night)]
    assert pale == [[".pale"], [".night", ".pale"]]


def of_contrast(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [rule for rule in found if rule["id"] == "color-contrast"]


def rule_of(fault: str) -> str:
    return fault.split(" ")[2]
