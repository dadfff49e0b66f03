"""Links as they are really pasted: understood in every form, with their tokens, and one record known as one."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from catalog.links.link import canonical_identity, parse_link, without_tokens
from catalog.links.pasted_text import address_in, unescape
from catalog.links.players import player_for
from catalog.tests.links.form_table import (
    DROPBOX,
    KEPT,
    KEY,
    NO_LINKS,
    PAGE,
    SAME,
    SECRETS,
    TEXTS,
    TOKEN,
    WORDS,
)


@pytest.mark.parametrize(("text", "url"), KEPT, ids=[row[0][:80] for row in KEPT])
def test_token_is_kept_wherever_it_stands(text: str, url: str) -> None:
    link = parse_link(text)
    assert (link.url, link.is_private) == (url, True)
    assert not any("public" in warning for warning in link.warnings)
    assert TOKEN not in without_tokens(text)
    assert KEY not in without_tokens(text)
    assert parse_link(link.url) == link


@pytest.mark.parametrize(("text", "url"), TEXTS, ids=[row[0][:80] for row in TEXTS])
def test_link_is_found_in_a_text(text: str, url: str) -> None:
    assert parse_link(text).url == url


@pytest.mark.parametrize(("text", "words"), NO_LINKS)
def test_text_without_one_link_is_refused_in_words_that_help(text: str, words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        parse_link(text)


@pytest.mark.parametrize("forms", SAME, ids=[row[0] for row in SAME])
def test_one_record_is_known_in_each_form(forms: tuple[str, ...]) -> None:
    assert len({canonical_identity(parse_link(form)) for form in forms}) == 1


def test_records_lists_and_files_of_a_folder_are_told_apart() -> None:
    folder = "https://www.dropbox.com/scl/fo/ab12/h4sh?rlkey=k3y&preview={}"
    texts = [row[0] for row in SAME] + [folder.format("One.mp3"), folder.format("Two.mp3")]
    assert len({canonical_identity(parse_link(text)) for text in texts}) == len(texts)


@pytest.mark.parametrize("text", WORDS)
def test_word_of_a_site_is_no_token(text: str) -> None:
    link = parse_link(text)
    assert not link.is_private
    assert "hash" not in link.parts


@pytest.mark.parametrize("text", SECRETS)
def test_secret_in_an_unknown_form_is_kept_and_never_called_public(text: str) -> None:
    link = parse_link(text)
    assert link.is_private
    assert TOKEN in link.url or KEY in link.url
    assert not any("public" in warning for warning in link.warnings)


@pytest.mark.parametrize("rlkey", ["abc", "a-b_c", "x" * 90, "!!"])
def test_dropbox_key_of_any_form_is_kept(rlkey: str) -> None:
    assert rlkey in parse_link(DROPBOX.replace(KEY, rlkey)).url


def test_player_inside_of_a_pasted_player_stays_at_its_host() -> None:
    link = parse_link("https://w.soundcloud.com/player/?url=https%3A//evil.example/a.mp3")
    assert (link.host_name, player_for(link)) == ("SoundCloud", None)


def test_redirect_to_a_locker_is_refused() -> None:
    with pytest.raises(ValidationError, match="Use one that stays"):
        parse_link("https://www.google.com/url?q=https://we.tl/t-AbC")


@given(st.text(max_size=300) | st.builds("{} {}".format, st.text(max_size=40), st.just(PAGE)))
def test_address_found_in_any_text_is_found_in_itself(text: str) -> None:
    try:
        found = address_in(text)
    except ValidationError:
        return
    assert unescape(found) == found or found == text.strip()
    try:
        link = parse_link(text)
    except ValidationError:
        return
    assert parse_link(link.url) == link


def test_long_texts_are_read_in_no_time() -> None:
    for text in (
        "<iframe " * 900,
        "a-" * 4_000,
        "a." * 4_000,
        "&amp;" * 200_000,
        "https://a.b/" + "(" * 4_000,
    ):
        with pytest.raises(ValidationError):
            parse_link(f"{text} {text}")
