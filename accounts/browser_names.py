"""Browsers and systems in words, from what a browser says of itself."""

import re
from functools import lru_cache

BROWSERS = (  # the first that fits: most of them call themselves Chrome and Safari too
    ("Edge", r"\bEdg(e|A|iOS)?/"),
    ("Opera", r"\bOPR/|\bOpera\b"),
    ("Samsung Internet", r"\bSamsungBrowser/"),
    ("Vivaldi", r"\bVivaldi/"),
    ("Firefox", r"\b(Firefox|FxiOS)/"),
    ("Chrome", r"\b(Headless)?Chrom(e|ium)/|\bCriOS/"),
    ("Safari", r"\bSafari/"),
)
SYSTEMS = (
    ("iPhone", r"\biPhone\b"),
    ("iPad", r"\biPad\b"),
    ("Android", r"\bAndroid\b"),
    ("ChromeOS", r"\bCrOS\b"),
    ("Windows", r"\bWindows\b"),
    ("Mac", r"\bMacintosh\b"),
    ("Linux", r"\bLinux\b"),
)
UNKNOWN = "Unknown browser"


@lru_cache(maxsize=1000)
def browser_name(agent: str) -> str:
    """Return the browser and system that a `User-Agent` names: `Firefox on Windows`."""
    browser = next((name for name, pattern in BROWSERS if re.search(pattern, agent)), UNKNOWN)
    system = next((name for name, pattern in SYSTEMS if re.search(pattern, agent)), "")
    return f"{browser} on {system}" if system else browser
