import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Profile, Track
from catalog.tasks import forget_profile
from catalog.tests.builders import make_producer, make_track

URL = "/profile/"


def test_first_profile_starts_with_the_email_signed_up_with(client: Client, db: None) -> None:
    user = User.objects.create_user("new@example.com")
    client.force_login(user)
    assert client.get(URL).context["form"]["contact_email"].value() == "new@example.com"
    answer = client.post(URL, {"artist_name": "New", "contact_email": "demos@example.com"})
    assert (answer.status_code, answer["Location"]) == (303, reverse("catalog:tracks"))
    assert Profile.objects.get().user == user


def test_producer_changes_their_profile(mara_client: Client) -> None:
    pages = {"soundcloud_url": "soundcloud.com/mara", "ra_url": "https://de.ra.co/dj/mara", "spotify_url": ""}
    answer = mara_client.post(
        URL, {"artist_name": "Mara", "contact_email": "m@example.com", "bio": "Hi", **pages}
    )
    assert (answer.status_code, answer["Location"]) == (303, URL)
    profile = Profile.objects.get()
    assert (profile.soundcloud_url, profile.ra_url) == (
        "https://soundcloud.com/mara",
        "https://de.ra.co/dj/mara",
    )


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("artist_name", "\u200b ", "This field is required"),
        ("artist_name", "Ma\x00ra", "not text"),
        ("artist_name", "x" * 10_000, "at most 120"),
        ("contact_email", "mara", "valid email"),
        ("contact_email", "", "This field is required"),
        ("country", "XX", "Select a valid choice"),
        ("bio", "x" * 501, "at most 500"),
        ("soundcloud_url", "javascript:alert(1)", "A link starts with https://"),
        ("soundcloud_url", "https://evilsoundcloud.com/mara", "not a page at SoundCloud"),
        ("spotify_url", "@mara", "A link"),
        ("spotify_url", "https://open.spotify.com/artist/" + "x" * 300, "at most 200"),
    ],
)
def test_bad_profile_is_refused_beside_the_field(
    mara_client: Client, field: str, typed: str, message: str
) -> None:
    said = {"artist_name": "Mara", "contact_email": "m@example.com", "city": "Malmö", field: typed}
    answer = mara_client.post(URL, said)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert any(message in error for error in form.errors[field])
    assert (form[field].value(), form["city"].value()) == (typed, "Malmö")


def test_profile_and_links_of_an_anonymised_producer_are_forgotten(mara: User) -> None:
    other = make_producer("other@example.com")
    unsent, kept = make_track(mara), make_track(other)
    for _ in range(2):
        forget_profile(user_id=mara.pk)
    profile = Profile.objects.get(user=mara)
    kept.refresh_from_db()
    assert (profile.artist_name, profile.contact_email) == ("", "")
    assert kept.audio_url
    assert not Track.objects.filter(pk=unsent.pk).exists()
