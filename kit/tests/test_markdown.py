"""Markdown of strangers: what it may become, and that nothing else ever comes out."""

from html.parser import HTMLParser
from time import process_time

import pytest
from django.utils.safestring import SafeString
from hypothesis import example, given
from hypothesis import strategies as st

from kit import markdown
from kit.forms import CONTROL, INVISIBLE
from kit.markdown import LONGEST, REL, TAGS, as_html, draw, target_of

PIECES = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<style>*{display:none}</style>",
    '<a href="javascript:alert(1)" style="x" id="y">',
    "![pixel](https://evil.example/x.gif)",
    "[a](javascript:alert(1))",
    "[a](data:text/html,x)",
    "[a](https://evil.example 'onclick=x')",
    "<https://evil.example>",
    "<javascript:alert(1)>",
    "[b]: https://evil.example 'title'",
    "[b]",
    "`code`",
    "```html\n<b>\n```",
    "| a | b |\n|---|---|",
    "&#x202e;",
    "&lt;script&gt;",
    "\u202e",
    "\x00",
    "***",
    "# ",
    "> ",
    "1. ",
    "    ",
    "\n",
    "\n\n",
    "\\",
    "<!--",
    "]]>",
    "--",
    "**",
    "[",
    "](",
    ")",
    "<",
    ">",
    '"',
    "'",
    "&",
]


class Seen(HTMLParser):
    """Collects every tag and attribute."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[tuple[str, str]] = set()
        self.links: list[str] = []
        self.others: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes.update((tag, name) for name, _ in attrs)
        self.links.extend(value or "" for name, value in attrs if name == "href")

    def handle_comment(self, data: str) -> None:
        self.others.append(data)

    def handle_decl(self, decl: str) -> None:
        self.others.append(decl)


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12))).map("".join))
@example("[a](<https://a.example/\n>)")
def test_whatever_the_text_nothing_outside_the_list_comes_out(text: str) -> None:
    html = as_html(text)
    seen = Seen(html)
    assert seen.tags <= TAGS
    assert seen.attributes <= {("a", "href"), ("a", "rel")}
    assert seen.others == []
    assert all(link.startswith(("https://", "http://", "mailto:")) and target_of(link) for link in seen.links)
    assert html.count("<a ") == html.count(f'rel="{REL}"')
    assert not INVISIBLE.search(html)
    assert not CONTROL.search(html)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Slow *house*.", "<p>Slow <em>house</em>.</p>\n"),
        ("# Us\n\n## Them\n\n###### You", "<h3>Us</h3>\n<h4>Them</h4>\n<h5>You</h5>\n"),
        ("## Us", "<h3>Us</h3>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("<b>bold</b>", "<p>&lt;b&gt;bold&lt;/b&gt;</p>\n"),
        ("    indented", "<p>indented</p>\n"),
        ("&#x202e;abc\u202e", "<p>abc</p>\n"),
        ("", ""),
    ],
)
def test_text_is_drawn_as_html(text: str, html: str) -> None:
    assert as_html(text) == html


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("[our shop](https://shop.example/x)", "our shop (shop.example)"),
        ("[paypal.com](https://evil.example)", "paypal.com (evil.example)"),
        ("[https://bank.example/](https://evil.example/)", "https://bank.example/ (evil.example)"),
        ("[**shop** (good.example)](https://evil.example)", "shop (good.example) (evil.example)"),
        ("[аpple.com](https://аpple.com/)", "аpple.com (xn--pple-43d.com)"),
        ("<https://аpple.com/>", "https://xn--pple-43d.com/"),
        ("<https://shop.example/>", "https://shop.example/"),
        ("[write](mailto:demo@label.example)", "write (demo@label.example)"),
        ("<demo@label.example>", "demo@label.example"),
        ("[](https://evil.example)", " (evil.example)"),
        ("![us](https://evil.example/pixel.gif)", "!us (evil.example)"),
    ],
)
def test_link_shows_where_it_leads(text: str, shown: str) -> None:
    class Words(HTMLParser):
        said = ""

        def handle_data(self, data: str) -> None:
            self.said += data

    words = Words()
    words.feed(as_html(text))
    assert words.said.removesuffix("\n") == shown


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "//evil.example",
        "/accounts/logout/",
        "https://bank.example@evil.example/",
        "https://bank.example\\@evil.example/",
        "https://127.0.0.1/",
        "https:evil.example",
        "https://[::1]/",
        "https://[",
        "ftp://evil.example/",
        "mailto:a@b.example?bcc=everyone@b.example",
        "",
    ],
)
def test_address_that_misleads_is_no_link(url: str) -> None:
    assert target_of(url) == ""
    assert "<a" not in as_html(f"[words]({url})")


def test_text_beyond_the_limit_is_left_out() -> None:
    assert as_html("a" * (LONGEST + 5)) == f"<p>{'a' * LONGEST}</p>\n"


@pytest.mark.parametrize("piece", ["[", "[](", "*a_ ", "> ", "- ", "`", "<", "\\", "&", "![[]()"])
def test_no_text_takes_long(piece: str) -> None:
    assert len(as_html(piece * (LONGEST // len(piece)))) < LONGEST * 20


HOSTILE = {
    "brackets": "[" * LONGEST,
    "quotations": ">" * LONGEST,
    "quotations in quotations": ("> " * 40 + "a\n") * 120,
    "stars that never close": "*a **a " * 1500,
    "stars around one letter": "*" * 5000 + "a" + "*" * 4999,
    "underscores": "_a __a " * 1400,
    "links in links": "[" * 3000 + "a" + "](https://b.example)" * 300,
    "brackets in an address": "[a]((" * 2000,
    "backticks of every length": "".join("`" * length + "a" for length in range(140)),
    "references": "[a]: https://a.example\n" * 200 + "[a]" * 1500,
    "addresses": "<https://a.example>" * 520,
    "half an address": "<https://" * 1100,
    "lists in lists": "\n".join(" " * depth + "- a" for depth in range(130)),
    "lines": "a\n" * 5000,
    "marks of direction": "\u202e\u2066" * 5000,
    "composed letters": "a" + "\u0301" * 9999,
}


@pytest.mark.parametrize("source", HOSTILE.values(), ids=HOSTILE)
def test_hostile_text_is_drawn_within_a_second(source: str) -> None:
    began = process_time()
    draw(source[:LONGEST])
    assert process_time() - began < 1


def test_text_is_drawn_once_and_another_one_again(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []

    def note_and_draw(source: str) -> SafeString:
        drawn.append(source)
        return draw(source)

    monkeypatch.setattr(markdown, "draw", note_and_draw)
    once = as_html("**loud** <b>")
    assert as_html("**loud** <b>") == once == "<p><strong>loud</strong> &lt;b&gt;</p>\n"
    assert isinstance(as_html("**loud** <b>"), SafeString)
    as_html("**loud** <b>!")
    as_html("**loud** <b>!", longest=4)
    assert drawn == ["**loud** <b>", "**loud** <b>!", "**lo"]


def test_second_view_of_a_hostile_text_costs_nothing() -> None:
    source = HOSTILE["stars around one letter"]
    began = process_time()
    as_html(source)
    first, began = process_time() - began, process_time()
    for _ in range(10):
        as_html(source)
    assert process_time() - began < first
