"""Fast add: a pasted link is recognised, shown and read: beside the field, or without JavaScript in the form."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Track

URL = "/tracks/link/"
LINK = "https://soundcloud.com/mara/low-tide-extended-mix/s-MjcQ5BtcRPp"
DROPBOX = "https://www.dropbox.com/scl/fi/ab12/{}?rlkey=abcdefgh"
HTMX = {"HX-Request": "true", "HX-Target": "link"}


def paste(client: Client, link: str, **more: str) -> Any:
    return client.post(URL, {"link": link, **more}, headers=HTMX)


@pytest.mark.parametrize("name", ["tracks", "track-create", "link"])
def test_field_to_paste_into_is_on_the_pages_where_tracks_begin(mara_client: Client, name: str) -> None:
    page = mara_client.get(reverse(f"catalog:{name}")).content.decode()
    assert 'name="link"' in page
    assert f'hx-post="{URL}"' in page


def test_pasted_link_shows_host_player_and_what_it_says_at_once(mara_client: Client) -> None:
    answer = paste(mara_client, f"  {LINK}?si=1&utm_source=x ")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.lstrip().startswith('<div class="stack" id="link">')
    for words in ("SoundCloud", "data-player-button", 'value="Low Tide"', 'value="Extended Mix"', LINK):
        assert words in page
    assert "<html" not in page


def test_preview_adds_the_track_as_it_stands(mara_client: Client, mara: User) -> None:
    rows = {"people-TOTAL_FORMS": "3", "people-INITIAL_FORMS": "0"}
    said = {"title": "Low Tide", "mix": "Extended Mix", "audio_url": LINK, **rows}
    answer = mara_client.post(reverse("catalog:track-create"), said)
    track = Track.objects.get()
    assert (answer.status_code, answer["Location"]) == (303, track.get_absolute_url())
    assert (track.title, track.mix, track.audio_url, track.owner) == ("Low Tide", "Extended Mix", LINK, mara)


def test_without_javascript_the_button_leads_to_the_form_filled_in(mara_client: Client) -> None:
    answer = mara_client.post(URL, {"link": DROPBOX.format("Mara%20-%20Low%20Tide%20(Dub)%20122bpm.wav")})
    form = answer.context["form_set"].form
    assert answer.status_code == 200
    assert [form[name].value() for name in ("title", "mix", "tempo")] == ["Low Tide", "Dub Mix", "122"]
    page = answer.content.decode()
    assert f'action="{reverse("catalog:track-create")}"' in page
    assert "nothing is saved yet" in page
    assert not Track.objects.exists()


def test_words_changed_in_the_preview_go_along_into_the_form(mara_client: Client) -> None:
    form = mara_client.post(URL, {"link": LINK, "title": "High Tide", "mix": ""}).context["form_set"].form
    assert (form["title"].value(), form["mix"].value()) == ("High Tide", "")


@pytest.mark.parametrize(
    ("link", "message"),
    [
        ("javascript:alert(1)", "A link starts with https://"),
        ("data:text/html,<script>alert(1)</script>", "A link"),
        ("https://we.tl/t-AbCdEf1234", "Use one that stays"),
        ("https://127.0.0.1/a.mp3", "public host"),
        ("https://soundcloud.com/" + "x" * 1_000_000, "at most 2000 characters"),
        ("https://soundcloud.com/a\x00/b", "not text"),
        ('"><script>alert(1)</script>', "A link"),
    ],
)
def test_bad_link_is_refused_beside_the_field(mara_client: Client, link: str, message: str) -> None:
    beside, page = paste(mara_client, link), mara_client.post(URL, {"link": link})
    assert (beside.status_code, page.status_code) == (422, 422)
    for answer in (beside, page):
        assert any(message in error for error in answer.context["form"].errors["link"])
        assert b"<script>alert" not in answer.content
    assert page.context["form"]["link"].value() == link


def test_invisible_letters_are_taken_out_of_a_link(mara_client: Client) -> None:
    assert (
        paste(mara_client, LINK.replace("sound", "\u200bso\u202eund") + "\ufeff").context["link"].url == LINK
    )


def test_script_in_a_file_name_stays_words(mara_client: Client) -> None:
    link = DROPBOX.format("%3Cscript%3Ealert(1)%3C%2Fscript%3E.mp3")
    for answer in (paste(mara_client, link), mara_client.post(URL, {"link": link})):
        assert b"<script>alert" not in answer.content.lower()
        assert b"&lt;script&gt;" in answer.content.lower()


def test_emptied_field_shows_nothing(mara_client: Client) -> None:
    answer = paste(mara_client, " ")
    assert (answer.status_code, b"Error" in answer.content) == (422, False)


def test_link_that_will_expire_is_warned_of_at_once(mara_client: Client) -> None:
    answer = paste(mara_client, "https://cdn.discordapp.com/attachments/1/2/low-tide.wav")
    assert "stop working after 1 day" in answer.content.decode()


def test_secret_of_a_link_stands_in_no_address(mara_client: Client) -> None:
    assert mara_client.get(URL, {"link": LINK}).context["form"].is_bound is False
    assert b"s-MjcQ5BtcRPp" not in mara_client.get(URL, {"link": LINK}).content


def test_anonymous_is_sent_to_sign_in(client: Client, db: None) -> None:
    assert client.post(URL, {"link": LINK}).status_code == 302


def test_preview_asks_four_queries(
    mara_client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    with django_assert_num_queries(4):  # session with reader, profile, genres, tracks with the same link
        paste(mara_client, LINK)
