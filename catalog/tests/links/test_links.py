"""Links: each host's forms, the one way to write them, and that tokens stay where they belong."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import example, given

from catalog.links.host_lookup import find_host
from catalog.links.link import Link, canonical_identity, parse_link, without_tokens
from catalog.links.shape import render
from catalog.tests.links.link_table import (
    CLOSED,
    DRIVE,
    DRIVE_ID,
    DROPBOX,
    FORMS,
    LOCKER_LINKS,
    PROFILES,
    TRACK,
    UNREAD,
    YOUTUBE,
    pasted,
)


@pytest.mark.parametrize(
    ("text", "url", "host_name", "identity", "bare"), FORMS, ids=[row[0][:70] for row in FORMS]
)
def test_known_form_is_read(text: str, url: str, host_name: str, identity: str, bare: str) -> None:
    link = parse_link(text)
    assert (link.url, link.host_name, canonical_identity(link)) == (url, host_name, identity)
    assert without_tokens(text) == without_tokens(url) == bare


@pytest.mark.parametrize(("text", "host_name", "bare", "is_private"), CLOSED)
def test_link_that_is_all_secret_is_known_by_its_digest(
    text: str, host_name: str, bare: str, is_private: bool
) -> None:
    link = parse_link(text)
    assert (link.host_name, link.is_private) == (host_name, is_private)
    assert without_tokens(text) == bare
    assert canonical_identity(link).startswith("web:")


def test_digests_tell_such_links_apart() -> None:
    texts = [row[0] for row in CLOSED]
    others = [
        "https://on.soundcloud.com/aB3de",
        "https://www.dropbox.com/s/ab13/song.mp3",
        "https://mega.nz/file/abc",
    ]
    assert len({canonical_identity(parse_link(text)) for text in texts + others}) == len(texts + others)


@pytest.mark.parametrize("text", LOCKER_LINKS)
def test_locker_is_refused_with_its_reason_and_without_the_link(text: str) -> None:
    with pytest.raises(ValidationError, match=r" links (expire|are)") as refusal:
        parse_link(text)
    assert refusal.value.code == "locker"
    assert "abc" not in refusal.value.message
    assert without_tokens(text).count("/") == 3


@pytest.mark.parametrize(
    "text",
    ["https://notwetransfer.com/a", "https://we.tl.example.com/a", "https://wetransfer.com.example.org/a"],
)
def test_lookalike_of_a_locker_is_a_plain_link(text: str) -> None:
    assert parse_link(text) == Link(text, text.split("/")[2], "web")


@pytest.mark.parametrize("text", UNREAD)
def test_unknown_form_at_a_known_host_is_a_plain_link_with_a_warning(text: str) -> None:
    link = parse_link(text)
    assert (link.shape, link.ids) == ("", ())
    assert any("do not recognise" in warning for warning in link.warnings)


@pytest.mark.parametrize("text", PROFILES)
def test_profile_is_a_plain_link_that_says_to_open_the_track(text: str) -> None:
    link = parse_link(text)
    assert (link.shape, link.leads_to) == ("", "profile")
    assert any("This is a profile" in warning for warning in link.warnings)


@pytest.mark.parametrize("text", ["", "not a link", "javascript:alert(1)", "https://u:p@soundcloud.com/a/b"])
def test_what_is_no_link_leaves_nothing_for_a_log(text: str) -> None:
    assert without_tokens(text) == ""


@pytest.mark.parametrize(
    ("text", "is_private"),
    [
        (TRACK, False),
        (TRACK + "/s-CYqsZ", True),
        ("https://vimeo.com/123456789", False),
        ("https://vimeo.com/123456789/abcdef1234", True),
        (DRIVE, True),
        (YOUTUBE, False),
        ("https://1drv.ms/u/s!abc", True),
    ],
)
def test_privacy_is_told_from_the_address(text: str, is_private: bool) -> None:
    assert parse_link(text).is_private is is_private


@pytest.mark.parametrize(
    ("text", "part"),
    [
        (TRACK, "release status"),
        (DROPBOX, "rlkey"),
        ("https://www.dropbox.com/scl/fi/ab12/stems.zip?rlkey=k3yk3y", "does not play"),
        ("https://www.dropbox.com/scl/fo/ab12/h4sh?rlkey=k3yk3y", "folder"),
        ("https://drive.google.com/drive/folders/" + DRIVE_ID, "folder"),
        ("https://open.spotify.com/track/abc", "already released"),
        ("https://on.soundcloud.com/aB3dE", "short link"),
        (YOUTUBE, "Unlisted"),
        ("http://example.com/a.mp3", "not encrypted"),
        ("https://sоundcloud.com/a/b", "encoded"),
    ],
)
def test_trap_is_named_in_a_warning(text: str, part: str) -> None:
    assert any(part in warning for warning in parse_link(text).warnings)


@pytest.mark.parametrize("text", [TRACK + "/s-CYqsZ", "https://vimeo.com/123456789/abcdef1234"])
def test_good_private_link_has_no_warning(text: str) -> None:
    assert parse_link(text).warnings == ()


def test_cyrillic_lookalike_is_not_soundcloud() -> None:
    assert parse_link("https://sоundcloud.com/a/b").host_name == "xn--sundcloud-02h.com"


def test_known_host_is_linked_over_https() -> None:
    assert parse_link("http://1drv.ms/u/s!abc?si=x").url == "https://1drv.ms/u/s!abc"


def test_unknown_host_keeps_what_may_open_it() -> None:
    link = parse_link("http://Music.Example.com/s/AbC?token=1&utm_source=x&in=2#key")
    assert (link.url, link.kind) == ("http://music.example.com/s/AbC?token=1&in=2#key", "web")


def test_plain_link_is_the_same_thing_over_http_and_with_www() -> None:
    texts = ("https://www.example.com/a/?fbclid=1", "http://example.com/a")
    assert len({canonical_identity(parse_link(text)) for text in texts}) == 1


def test_identity_fits_its_column() -> None:
    link = parse_link(f"https://artist.bandcamp.com/track/{'a' * 300}")
    assert len(canonical_identity(link)) <= 200
    assert canonical_identity(link) != canonical_identity(parse_link(link.url + "b"))


def test_canonical_form_past_the_limit_is_refused() -> None:
    name = "a" * (2000 - len("https://dropbox.com/scl/fi/x/.mp3"))
    with pytest.raises(ValidationError, match="2000 characters"):
        parse_link(f"https://dropbox.com/scl/fi/x/{name}.mp3")


@given(pasted())
@example("https://soundcloud.com/a/b//")
@example("https://www.youtube.com/watch?v=dQw4w9WgXcQ&v=AAAAAAAAAAA")
def test_any_text_is_read_once_and_for_all_or_refused(text: str) -> None:
    try:
        link = parse_link(text)
    except ValidationError:
        return
    again = parse_link(link.url)
    assert again.url == link.url
    assert (again.shape, dict(again.ids)) == (link.shape, dict(link.ids))
    assert canonical_identity(again) == canonical_identity(link)
    assert len(canonical_identity(link)) <= 200


@given(pasted())
def test_no_secret_survives_in_logs_or_identities(text: str) -> None:
    bare = without_tokens(text)
    assert without_tokens(bare) == bare
    for token in (
        "s-MjcQ5BtcRPp",
        "s-qVs8eTtFFwv",
        "abcdef1234",
        "rlkey=k3yk3y",
        "0-AbC",
        "d3crypt",
        "C0DE",
        "t0ken",
    ):
        assert token not in bare


@pytest.mark.parametrize(
    ("host", "name"),
    [("a.b.bandcamp.com", "Bandcamp"), ("youtu.be", "YouTube"), ("drive.google.com", "Google Drive")],
)
def test_host_is_found_by_any_parent(host: str, name: str) -> None:
    found = find_host(host)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize("host", ["google.com", "mail.google.com", "mybandcamp.com", "com"])
def test_stranger_is_not_found(host: str) -> None:
    assert find_host(host) is None


def test_template_drops_what_it_lacks() -> None:
    assert render("a/{x}[?h={y}]", {"x": "{1}[2]", "y": "3"}) == "a/{1}[2]?h=3"
    assert render("a/{x}[?h={y}]", {"x": "1"}) == "a/1"
    with pytest.raises(KeyError):
        render("a/{x}", {})
