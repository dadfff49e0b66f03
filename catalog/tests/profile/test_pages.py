"""A producer's pages elsewhere: an address in any form, or an @name."""

import pytest

from catalog.models import Profile
from catalog.profile.forms import ProfileForm

pytestmark = pytest.mark.django_db


def cleaned(**typed: str) -> ProfileForm:
    said = {"artist_name": "Mara", "contact_email": "mara@example.com", "country": "SE"}
    form = ProfileForm({**said, **typed}, instance=Profile())
    form.is_valid()
    return form


@pytest.mark.parametrize(
    ("field", "typed", "page"),
    [
        ("instagram_url", "@mara.lindqvist", "https://www.instagram.com/mara.lindqvist/"),
        ("instagram_url", "mara_lindqvist", "https://www.instagram.com/mara_lindqvist/"),
        ("instagram_url", "instagram.com/mara", "https://instagram.com/mara"),
        (
            "instagram_url",
            "https://www.instagram.com/mara/?igsh=x&utm_source=qr",
            "https://www.instagram.com/mara/",
        ),
        ("instagram_url", "follow me: https://www.instagram.com/mara/", "https://www.instagram.com/mara/"),
        ("soundcloud_url", "@mara", "https://soundcloud.com/mara"),
        ("soundcloud_url", "m.soundcloud.com/mara?si=x", "https://m.soundcloud.com/mara"),
        (
            "spotify_url",
            "spotify:artist:3Kj2M9gRU1Lwf5eiNjBtBp",
            "https://open.spotify.com/artist/3Kj2M9gRU1Lwf5eiNjBtBp",
        ),
        ("ra_url", "@mara", "https://ra.co/dj/mara"),
    ],
)
def test_page_is_understood(field: str, typed: str, page: str) -> None:
    form = cleaned(**{field: typed})
    assert form.errors.get(field) is None
    assert form.cleaned_data[field] == page


@pytest.mark.parametrize(
    ("field", "typed", "words"),
    [
        (
            "instagram_url",
            "https://evil.example/instagram.com",
            "This is not a page at Instagram. Paste your page",
        ),
        ("instagram_url", "my page", "such as instagram.com/you, or your @name"),
        ("spotify_url", "@mara", "such as spotify.com/you."),
        ("spotify_url", "me@example.com", "such as spotify.com/you."),
        ("soundcloud_url", "https://soundcloud.com/a https://soundcloud.com/b", "2 links"),
        ("instagram_url", "instagram.com.evil.example/mara", "not a page at Instagram"),
    ],
)
def test_other_text_is_refused_with_an_example(field: str, typed: str, words: str) -> None:
    assert words in cleaned(**{field: typed}).errors[field][0]
