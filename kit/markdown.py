"""Users' Markdown as safe HTML.

Two independent libraries guard it: markdown-it-py accepts no HTML and no images, nh3 allows only `TAGS` and
`ATTRIBUTES`. Each link shows its target.
"""

import re
from collections.abc import Iterable
from hashlib import sha256
from typing import cast
from urllib.parse import unquote

import nh3
from django.core.cache import caches
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from kit.forms import without_invisible
from kit.urls import split_url

LONGEST, LONGEST_OF_ALL = 10_000, 200_000
"""Characters of what strangers write, and of what whoever runs the site writes."""
TAGS = {"p", "h3", "h4", "h5", "strong", "em", "ul", "ol", "li", "blockquote", "a", "code", "hr", "br"}
ATTRIBUTES: dict[str, set[str]] = {"*": set(), "a": {"href"}}
REL = "nofollow ugc noopener noreferrer"
SYNTAX_HELP = (
    ("# Heading", "A heading; ## makes a smaller one."),
    ("**bold**, *slanted*", "Bold and slanted words."),
    ("- one thing", "A list; 1. numbers it."),
    ("> words", "A quotation."),
    ("[our shop](https://label.example)", "A link. Where it leads is shown beside it."),
)
"""Help shown beside the text: what to type, what it becomes."""

_LARGEST, _SMALLEST = 3, 5
_HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z0-9-]*[a-z][a-z0-9-]*(?::[0-9]{1,5})?", re.IGNORECASE)
_MAILBOX = re.compile(r"[a-z0-9._+-]{1,64}@(?:[a-z0-9-]+\.)+[a-z0-9-]*[a-z][a-z0-9-]*", re.IGNORECASE)


class _Reader(MarkdownIt):
    """CommonMark without HTML, images and code blocks; links lead to another site or a mailbox."""

    def __init__(self) -> None:
        super().__init__("commonmark", {"html": False, "typographer": False})
        self.disable(["html_block", "html_inline", "image", "code", "fence"])
        self.core.ruler.push("show_targets", _show_targets)
        self.core.ruler.push("demote_headings", _demote_headings)

    def validateLink(self, url: str) -> bool:  # noqa: N802  # the library's name
        return bool(target_of(url))

    def normalizeLinkText(self, link: str) -> str:  # noqa: N802  # the library's name
        return self.normalizeLink(link)


def as_html(text: str, longest: int = LONGEST) -> SafeString:
    """Return the first `longest` characters of a text as HTML that holds only `TAGS`, drawn once in a process."""
    source, pages = text[:longest], caches["pages"]
    key = "markdown/" + sha256(source.encode(errors="surrogatepass")).hexdigest()
    html = pages.get(key)
    if html is None:
        html = draw(source)
        pages.set(key, html)
    return cast("SafeString", html)


def draw(source: str) -> SafeString:
    """Return a text as HTML that holds only `TAGS`, and keep nothing: for previews, which change with each key."""
    drawn: str = _Reader().render(without_invisible(source[:LONGEST_OF_ALL]))
    clean = nh3.clean(
        without_invisible(drawn),
        tags=TAGS,
        attributes=ATTRIBUTES,
        url_schemes={"http", "https", "mailto"},
        link_rel=REL,
    )
    return mark_safe(clean)  # noqa: S308  # cleaned by nh3 above


def target_of(url: str) -> str:
    """Return the host (punycode) or mailbox that a URL leads to; "" if it is not allowed as a link."""
    parts = split_url(url)
    if parts.scheme == "mailto":
        return parts.path if _MAILBOX.fullmatch(parts.path) and not parts.query else ""
    is_host = parts.scheme in ("http", "https") and _HOST.fullmatch(parts.netloc)
    return parts.netloc.lower() if is_host else ""


def _show_targets(state: StateCore) -> None:
    for block in state.tokens:
        if block.children:
            block.children = list(_with_targets(block.children))


def _with_targets(tokens: list[Token]) -> Iterable[Token]:
    """Yield the tokens, each link followed by its target in brackets unless its text is the target."""
    href, said = "", ""
    for token in tokens:
        if token.type == "link_open":
            href, said = str(token.attrs["href"]), ""
        elif token.type == "link_close" and said.strip() not in (href, href.removeprefix("mailto:")):
            yield Token("text", "", 0, content=f" ({unquote(target_of(href))})" if href else "")
        said += token.content
        if href or not token.type.startswith("link_"):
            yield token


def _demote_headings(state: StateCore) -> None:
    """Renumber the headings used to h3, h4 and h5: the page's own headings stand above."""
    headings = [token for token in state.tokens if token.type in ("heading_open", "heading_close")]
    used = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = f"h{min(_LARGEST + used.index(token.tag), _SMALLEST)}"
