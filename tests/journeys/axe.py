"""axe-core in a page: laid into a document once, however often that is looked at; by night only colours are judged."""

from collections.abc import Iterator
from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERY_RULE = {"type": "tag", "values": TAGS}
RULES_OF_COLOUR = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
"""All that a change of colours alone can break."""
STILL = """async () => {
  await new Promise(requestAnimationFrame);
  for (const one of document.getAnimations()) {
    if (one.effect?.getComputedTiming().endTime !== Infinity) one.finish();
  }
}"""
"""Ends whatever fades: half a colour has half a contrast. The desk has an animation of 25 seconds, too long to wait."""
LOOK = """async ([part, options]) => {
  const { violations, incomplete } = await axe.run(part ?? document, options);
  return { violations, incomplete };
}"""


def look(page: Page, scheme: Scheme, *, part: str | None = None) -> dict[str, list[dict[str, Any]]]:
    """What axe says of a page, or of a part of it, by day or by night: `violations`, and what it could not judge."""
    page.emulate_media(color_scheme=scheme)
    page.evaluate(STILL)
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    rules = EVERY_RULE if scheme == "light" else RULES_OF_COLOUR
    options = {"runOnly": rules, "resultTypes": ["violations", "incomplete"]}
    found: dict[str, list[dict[str, Any]]] = page.evaluate(LOOK, [part, options])
    return found


def described(found: list[dict[str, Any]]) -> Iterator[str]:
    """Each element of a result of axe, with its rule."""
    for rule in found:
        for node in rule["nodes"]:
            yield f"{rule['id']} {node['target']} {node.get('failureSummary') or rule['help']}"


def faults_in(page: Page, width: int, scheme: Scheme) -> list[str]:
    """What axe finds in one look of a page: the look, the rule, the element and what is wrong with it."""
    page.set_viewport_size({"width": width, "height": 800})
    return [f"{width} {scheme} {told}" for told in described(look(page, scheme)["violations"])]
