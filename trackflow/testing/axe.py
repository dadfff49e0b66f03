"""Accessibility faults of a page, found by axe-core in light and dark and at 360 px.

All rules but those on colours check every page whole. Colours are checked once per theme and width, on the elements
marked `data-fresh`: one with the same tag, classes, computed style and ancestors as one already checked differs only
in its data.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
OPTIONS = {"resultTypes": ["violations"], "iframes": False}
ALL_RULES = {"runOnly": {"type": "tag", "values": TAGS}, **OPTIONS}
COLOURS_ALONE = {"runOnly": COLOURS, **OPTIONS}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
CONFIGURATION = {
    "rules": [
        {"id": "color-contrast", "selector": "[data-fresh]"},
        {"id": "link-in-text-block", "selector": "a[href][data-fresh]"},
    ]
}
SCRIPT = f"{AXE}; axe.configure({json.dumps(CONFIGURATION)})"
RUN = "async options => (await axe.run(document, options)).violations"
MARK_NEW = """known => {
  const seen = new Set(known.split(",")), found = new Set(), keys = new Map();
  const STYLE = ["color", "backgroundColor", "backgroundImage", "opacity", "fontSize", "fontWeight", "textShadow",
                 "textDecorationLine", "borderBottomStyle", "position", "display", "visibility"];
  const hash = (text) => {
    let sum = 5381;
    for (let at = 0; at < text.length; at += 1) sum = (sum * 33 + text.charCodeAt(at)) % 9007199254739;
    return sum;
  };
  for (const element of document.querySelectorAll("*")) {
    const style = getComputedStyle(element);
    const says = [...element.childNodes].some(({ nodeType, data }) => nodeType === Node.TEXT_NODE && data.trim())
      || Boolean(element.value || element.placeholder);
    const own = [element.tagName, element.getAttribute("class"), element.type, element.disabled, says,
                 element.checkVisibility(), ...STYLE.map(name => style[name])].join();
    const key = hash(`${keys.get(element.parentElement)} ${own}`).toString(36);
    keys.set(element, key);
    element.toggleAttribute("data-fresh", !seen.has(key));
    if (!seen.has(key)) found.add(key);
  }
  return [...found].join();
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def add_axe(page: Page) -> None:
    """Load axe-core into every document that this page opens; the Content Security Policy does not block it."""
    page.add_init_script(SCRIPT)


@dataclass
class AxeChecker:
    """Checks pages and remembers which elements' colours it has checked, per theme and width."""

    seen: dict[str, set[str]] = field(default_factory=dict)

    def violations(self, page: Page) -> Iterator[str]:
        """Yield a line for each fault of the open page; leaves it wide and light."""
        self._mark_new(page, "light")
        yield from _faults(page, "light", page.evaluate(RUN, ALL_RULES))
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        if self._mark_new(page, "dark"):
            yield from _faults(page, "dark", page.evaluate(RUN, COLOURS_ALONE))
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary of the right shape
        self._mark_new(page, "360 px, dark")
        yield from _faults(page, "360 px, dark", page.evaluate(RUN, ALL_RULES))
        if overflow(page):
            yield f"{page.url} at 360 px: scrolls sideways by {overflow(page)} px"
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary of the right shape
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def _mark_new(self, page: Page, view: str) -> bool:
        """Mark the elements whose colours were not checked in this view yet; return whether there are any."""
        seen = self.seen.setdefault(view, set())
        found: str = page.evaluate(MARK_NEW, ",".join(seen))
        seen.update(filter(None, found.split(",")))
        return bool(found)


def overflow(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    return page.evaluate(OVERFLOW)


def _faults(page: Page, view: str, faults: list[dict[str, Any]]) -> Iterator[str]:
    for fault in faults:
        for node in fault["nodes"]:
            where = " ".join(map(str, node["target"]))
            yield f"{page.url} ({view}) {fault['id']}: {where} {node['html'][:160]} {node['failureSummary'][:300]}"
