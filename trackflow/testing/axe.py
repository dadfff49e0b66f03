"""What axe-core finds wrong on a page, by day, by night and on a telephone.

All rules but those on colours look at every page whole. Colours are looked at once per theme and width: what has
the tag, classes and computed style of something already seen, and so has all around it, differs only in its data.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from playwright.sync_api import Page

AXE = (files("axe_playwright_python") / "axe.min.js").read_text()
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
ALWAYS = {"resultTypes": ["violations"], "iframes": False}
SHAPE = {
    "runOnly": {"type": "tag", "values": TAGS},
    "rules": {name: {"enabled": False} for name in COLOURS},
    **ALWAYS,
}
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
ASK = "async options => (await axe.run(document, options)).violations"
ASK_NEW = """async options => {
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
class Eye:
    """Looks at pages and remembers whose colours it has seen, in each theme and width."""

    seen: dict[str, set[int]] = field(default_factory=dict)

    def violations(self, page: Page) -> Iterator[str]:
        """Yield a line for each thing wrong with the page that is open; leaves it wide and light.

        The script goes in through the debugger, which the Content Security Policy does not hold back.
        """
        page.evaluate(AXE)
        yield from _found(page, "light", page.evaluate(ASK, SHAPE))
        yield from self._colours(page, "light")
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        yield from self._colours(page, "dark")
        page.set_viewport_size(NARROW)  # type: ignore[arg-type]  # a plain dictionary of the right shape
        yield from _found(page, "360 px, dark", page.evaluate(ASK, SHAPE))
        yield from self._colours(page, "360 px, dark")
        if overflow(page):
            yield f"{page.url} at 360 px: scrolls sideways by {overflow(page)} px"
        page.set_viewport_size(WIDE)  # type: ignore[arg-type]  # a plain dictionary of the right shape
        page.emulate_media(color_scheme="light", reduced_motion="reduce")

    def _colours(self, page: Page, how: str) -> Iterator[str]:
        seen = self.seen.setdefault(how, set())
        seen.update(page.evaluate(MARK_NEW, list(seen)))
        yield from _found(page, how, page.evaluate(ASK_NEW, {"runOnly": COLOURS, **ALWAYS}))


def overflow(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    return page.evaluate(OVERFLOW)


def _found(page: Page, how: str, faults: list[dict[str, Any]]) -> Iterator[str]:
    for fault in faults:
        for node in fault["nodes"]:
            where = " ".join(map(str, node["target"]))
            yield f"{page.url} ({how}) {fault['id']}: {where} {node['html'][:160]} {node['failureSummary'][:300]}"
