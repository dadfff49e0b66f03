"""A hostile producer: whatever is typed into profile and track is refused or shown as the words it is."""

from typing import Any

import pytest
from django.test import Client

from catalog.models import Profile, Track
from catalog.tests.posting import post_track

SCRIPT = "<script>alert(1)</script>"
HANDLER = '"><img src=x onerror=alert(1)>'
MEGABYTE = "x" * 1_000_000
TEXTS = ["artist_name", "city", "bio"]
LINKS = ["soundcloud_url", "instagram_url", "spotify_url", "ra_url"]
TRACK_TEXTS = [
    "title",
    "mix",
    "licence_proof",
    "pitch",
    "references",
    "release_window",
    "pro",
    "link_password",
]


def save(client: Client, **fields: str) -> Any:
    said = {"artist_name": "Mara", "contact_email": "m@example.com", "is_public": "on", "slug": "mara"}
    return client.post("/profile/", {**said, **fields})


@pytest.mark.parametrize("words", [SCRIPT, HANDLER])
@pytest.mark.parametrize("field", TEXTS)
def test_script_in_the_profile_is_words_to_everyone(mara_client: Client, field: str, words: str) -> None:
    assert save(mara_client, **{field: words}).status_code == 303
    for page in (Client().get("/producers/mara/"), mara_client.get("/profile/"), mara_client.get("/tracks/")):
        assert words.encode() not in page.content
        assert b"<img src=x" not in page.content


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://a@soundcloud.com/", SCRIPT]
)
@pytest.mark.parametrize("field", LINKS)
def test_link_that_is_none_is_refused_at_its_field(mara_client: Client, field: str, link: str) -> None:
    answer = save(mara_client, **{field: link})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])


@pytest.mark.parametrize("field", [*TEXTS, *LINKS, "contact_email", "slug"])
def test_megabyte_of_text_is_refused_at_its_field(mara_client: Client, field: str) -> None:
    answer = save(mara_client, **{field: MEGABYTE})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert Profile.objects.get().artist_name == "Mara Lindqvist"


def test_invisible_and_turning_letters_leave_the_artist_name(mara_client: Client) -> None:
    assert save(mara_client, artist_name="\u202eMa\u200bra\u2066").status_code == 303
    assert Profile.objects.get().artist_name == "Mara"


@pytest.mark.parametrize("field", TRACK_TEXTS)
def test_script_in_a_track_is_words(mara_client: Client, field: str) -> None:
    words = "<script>alert(1)</script>"[: 20 if field == "pro" else None]
    assert post_track(mara_client, **{field: words}).status_code == 303
    track = Track.objects.get()
    for page in (mara_client.get(track.get_absolute_url()), mara_client.get("/tracks/")):
        assert b"<script>alert" not in page.content


@pytest.mark.parametrize("field", [*TRACK_TEXTS, "audio_url", "tempo", "key", "isrc", "ipi"])
def test_megabyte_in_a_track_is_refused_at_its_field(mara_client: Client, field: str) -> None:
    answer = post_track(mara_client, **{field: MEGABYTE})
    assert (answer.status_code, list(answer.context["form_set"].form.errors)) == (422, [field])
    assert not Track.objects.exists()
