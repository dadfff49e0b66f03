"""Accessibility faults of a page, found by axe-core in light and dark and at 360 px.

All rules but those on colours check every page whole. Colours are checked once per theme and width: an element with
the same tag, classes, computed style and ancestors as one already checked differs only in its data.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
OPTIONS = {"resultTypes": ["violations"], "iframes": False}
ALL_BUT_COLOURS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {name: {"enabled": False} for name in COLOURS},
    **OPTIONS,
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
RUN = "async options => (await axe.run(document, options)).violations"
RUN_ON_NEW = """async options => {
  const fresh = document.querySelectorAll("[data-fresh]");
  return fresh.length ? (await axe.run(fresh, options)).violations : [];
}"""
MARK_NEW = """known => {
  const seen = new Set(known), found = new Set(), keys = new Map();
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
    const key = hash(`${keys.get(element.parentElement)} ${own}`);
    keys.set(element, key);
    element.toggleAttribute("data-fresh", !seen.has(key));
    if (!seen.has(key)) found.add(key);
  }
  return [...found];
}"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


@dataclass
class AxeChecker:
    """Checks pages and remembers which elements' colours it has checked, per theme and width."""

    seen: dict[str, set[int]] = field(default_factory=dict)

    def violations(self, page: Page) -> Iterator[str]:
        """Yield a line for each fault of the open page; leaves it wide and light.

        The script is injected through the debugger, which the Content Security Policy does not block.
        """
        page.evaluate(AXE)
        yield from _faults(page, "light", page.evaluate(RUN, ALL_BUT_COLOURS))
        yield from self._colours(page, "light")
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        yield from self._colours(page, "dark")
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary of the right shape
        yield from _faults(page, "360 px, dark", page.evaluate(RUN, ALL_BUT_COLOURS))
        yield from self._colours(page, "360 px, dark")
        if overflow(page):
            yield f"{page.url} at 360 px: scrolls sideways by {overflow(page)} px"
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary of the right shape
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def _colours(self, page: Page, view: str) -> Iterator[str]:
        seen = self.seen.setdefault(view, set())
        seen.update(page.evaluate(MARK_NEW, list(seen)))
        yield from _faults(page, view, page.evaluate(RUN_ON_NEW, {"runOnly": COLOURS, **OPTIONS}))


def overflow(page: Page) -> int:
    """Return how many pixels the page is wider than its window."""
    return page.evaluate(OVERFLOW)


def _faults(page: Page, view: str, faults: list[dict[str, Any]]) -> Iterator[str]:
    for fault in faults:
        for node in fault["nodes"]:
            where = " ".join(map(str, node["target"]))
            yield f"{page.url} ({view}) {fault['id']}: {where} {node['html'][:160]} {node['failureSummary'][:300]}"
