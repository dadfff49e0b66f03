"""Addresses that somebody typed or sent, taken apart; nothing here raises on what it is given."""

from urllib.parse import SplitResult, urlsplit

MALFORMED = SplitResult("", "", "", "", "")


def split_url(text: str) -> SplitResult:
    """Return the parts of a URL, or `MALFORMED` for one such as `//[`. Its `port` alone may raise ValueError."""
    try:
        return urlsplit(text)
    except ValueError:
        return MALFORMED
