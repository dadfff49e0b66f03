"""1001Tracklists' pages, asked for over a real connection to a local server."""

import pytest
from django.core.exceptions import ValidationError

from sources import tracklists1001 as ask
from sources.errors import IsOff, KeptOff, Nonsense, NotFound
from sources.facts import SetLine
from sources.testing.faults import says
from sources.testing.tracklists import FORBIDDEN_PAGE, LD_PAGE, ROW_PAGE, LocalTracklists, ld_page


def test_set_is_read_from_its_json_ld(tracklists: LocalTracklists) -> None:
    assert ask.fetch(tracklists.url(LD_PAGE)) == [
        SetLine(1, 0, "Nova", "Night (Extended Mix)"),
        SetLine(2, None, "", "", is_unknown=True),
        SetLine(3, 3_723_000, "Ola & Pim", "Dusk"),
    ]


def test_set_is_read_from_its_microdata(tracklists: LocalTracklists) -> None:
    assert ask.fetch(tracklists.url(ROW_PAGE)) == [
        SetLine(1, 0, "Nova", "Night (Extended Mix)"),
        SetLine(2, 184_000, "", "", is_unknown=True),
        SetLine(3, None, "Ola & Pim", "Dusk", is_mixed=True),
    ]


def test_page_and_rules_are_asked_for_once_a_month(tracklists: LocalTracklists) -> None:
    for _ in range(2):
        ask.fetch(tracklists.url(LD_PAGE) + "?from=here#1")
    assert [each.path for each in tracklists.asked] == ["/robots.txt", LD_PAGE]
    assert tracklists.asked[1].headers["User-Agent"].startswith("Trackflow/")


def test_page_that_robots_are_kept_off_is_not_asked_for(tracklists: LocalTracklists) -> None:
    with pytest.raises(KeptOff, match="Copy the tracklist there and paste it here"):
        ask.fetch(tracklists.url(FORBIDDEN_PAGE))
    assert [each.path for each in tracklists.asked] == ["/robots.txt"]


def test_rules_for_us_alone_are_heeded(tracklists: LocalTracklists) -> None:
    tracklists.robots = "User-agent: Trackflow\nDisallow: /\n\nUser-agent: *\nAllow: /\n"
    with pytest.raises(KeptOff):
        ask.fetch(tracklists.url(LD_PAGE))


def test_site_without_rules_is_asked(tracklists: LocalTracklists) -> None:
    tracklists.robots = ""
    assert len(ask.fetch(tracklists.url(LD_PAGE))) == 3


def test_missing_page_is_not_found(tracklists: LocalTracklists) -> None:
    with pytest.raises(NotFound):
        ask.fetch(tracklists.url("/tracklist/gone/x.html"))


@pytest.mark.parametrize(
    "page",
    [
        b"<html>Are you a robot?</html>",
        ld_page({"@type": "WebSite"}),
        ld_page([]),
        b"<script type='application/ld+json'>{",
    ],
)
def test_page_without_lines_is_nonsense(tracklists: LocalTracklists, page: bytes) -> None:
    tracklists.fail(says(b""), says(page))
    with pytest.raises(Nonsense):
        ask.fetch(tracklists.url(LD_PAGE))


@pytest.mark.parametrize(
    "url",
    [
        "", "x", "//[", "https://elsewhere.example/tracklist/abc/x.html", "ftp://127.0.0.1/tracklist/abc/x.html",
        "http://127.0.0.1/dj/nova", "http://127.0.0.1/tracklist/../admin", "http://127.0.0.1/tracklist/a b/x",
        "http://127.0.0.1/tracklist/abc/x.html/y\r\nHost: z",
    ],
)  # fmt: skip
def test_other_addresses_are_refused_in_words(tracklists: LocalTracklists, url: str) -> None:
    with pytest.raises(ValidationError, match="Give the address of a tracklist on 1001Tracklists"):
        ask.fetch(url)
    assert tracklists.asked == []


@pytest.mark.django_db
def test_it_is_off_by_default() -> None:
    assert not ask.is_on()
    with pytest.raises(IsOff):
        ask.fetch("https://www.1001tracklists.com/tracklist/abc/x.html")
