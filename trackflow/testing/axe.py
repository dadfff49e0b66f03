"""What axe-core finds wrong on a page, by day, by night and on a telephone."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RULES = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"], "iframes": False}
COLOURS = {
    "runOnly": ["color-contrast", "link-in-text-block"],
    "resultTypes": ["violations"],
    "iframes": False,
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
ASK = "async options => (await axe.run(document, options)).violations"
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def violations(page: Page) -> Iterator[str]:
    """Yield a line for each thing wrong with the page that is open; leaves it wide and light.

    The script goes in through the debugger, which the Content Security Policy does not hold back.
    """
    page.evaluate(AXE)
    yield from _found(page, "light", RULES)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    yield from _found(page, "dark", COLOURS)
    page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary of the right shape
    yield from _found(page, "360 px, dark", RULES)
    if overflow(page):
        yield f"{page.url} at 360 px: scrolls sideways by {overflow(page)} px"
    page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary of the right shape
    page.emulate_media(color_scheme="light", reduced_motion="reduce")


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate(OVERFLOW)


def _found(page: Page, how: str, options: dict[str, Any]) -> Iterator[str]:
    for fault in page.evaluate(ASK, options):
        for node in fault["nodes"]:
            where = " ".join(map(str, node["target"]))
            yield f"{page.url} ({how}) {fault['id']}: {where} {node['html'][:160]} {node['failureSummary'][:300]}"
