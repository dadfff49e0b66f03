"""Work with the keyboard alone; what has the focus must always be seen."""

import re

from playwright.sync_api import Page

SAID = """() => {
    const it = document.activeElement;
    const labels = [...(it.labels || [])].map(label => label.innerText);
    const text = ['A', 'BUTTON', 'SUMMARY'].includes(it.tagName) ? it.innerText : '';
    return [it.getAttribute('aria-label') || '', ...labels, text].join(' ').trim();
}"""
SEEN = """() => {
    const it = document.activeElement;
    if (!it.matches(':focus')) return it.tagName === 'INPUT';  // the button inside a date field, which has its own ring
    const looks = [it, ...(it.labels || []), it.closest('.choice, .jcard') || it].map(each => getComputedStyle(each));
    return looks.some(look => look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2);
}"""


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the thing of this name has the focus; all on the way must show that they have it."""
    for _ in range(90):
        page.keyboard.press("Tab")
        said = page.evaluate(SAID)
        assert page.evaluate(SEEN), f"nobody sees the focus on “{said}”"
        if re.search(rf"(?<!\w){re.escape(name)}(?!\w)", said):
            return
    raise AssertionError(f"Tab never reaches “{name}”")
