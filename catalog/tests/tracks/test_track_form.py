"""The form of a track: what it takes, what it refuses and where it says so."""

import datetime as dt
from decimal import Decimal

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Genre, Track
from catalog.tests.builders import make_track
from catalog.tests.posting import post_track
from catalog.tracks.forms import TrackForm
from kit import clock

LONG = "x" * 10_000

# field, what is typed, what the message beside the field says
BAD_INPUT = [
    ("title", "   ", "This field is required"),
    ("title", "\u200b\u200d\ufeff", "This field is required"),
    ("title", "Night\x00Drive", "characters that are not text"),
    ("title", LONG, "at most 150 characters"),
    ("title", "Night Drive (Extended Mix)", "it is a mix name"),
    ("title", "Night Drive [Ines Okafor Remix]", "Move “Ines Okafor Remix” out of the title"),
    ("audio_url", "javascript:alert(1)", "A link starts with https://"),
    ("audio_url", "data:text/html,hello", "A link starts with https://"),
    ("audio_url", "ftp://example.com/a.mp3", "A link starts with https://"),
    ("audio_url", "my track", "A link"),
    ("audio_url", "https://we.tl/t-AbCdEf1234", "Use one that stays"),
    ("audio_url", "https://127.0.0.1/a.mp3", "public host"),
    ("backup_url", "https://example.com/" + LONG, "at most 2000 characters"),
    ("tempo", "39", "between 40 and 300"),
    ("tempo", "301", "between 40 and 300"),
    ("tempo", "abc", "as a number"),
    ("key", "I flat", "We do not know this key"),
    ("key", "13A", "We do not know this key"),
    ("isrc", "QM-ABC-25", "An ISRC has 12 characters"),
    ("duration", "six minutes", "minutes and seconds"),
    ("duration", "0:00", "more than zero"),
    ("ipi", "12", "11 digits"),
    ("pitch", LONG, "at most 600 characters"),
    ("genre", "999999999999999999999", "Select a valid choice"),
    ("release_status", "nonsense", "Select a valid choice"),
]


@pytest.mark.parametrize(("field", "typed", "message"), BAD_INPUT)
def test_producer_types_nonsense_and_is_told_beside_the_field(
    mara_client: Client, field: str, typed: str, message: str
) -> None:
    response = post_track(mara_client, **{"references": "Larry Heard", field: typed})
    form = response.context["form_set"].form
    assert response.status_code == 422
    assert any(message in error for error in form.errors[field])
    assert form[field].value() == typed
    assert form["references"].value() == "Larry Heard"
    assert not Track.objects.exists()


@pytest.mark.parametrize("title", ["Night \ud800 Drive", "\udfff"])
def test_lone_surrogates_are_refused(mara: User, title: str) -> None:
    form = TrackForm({"title": title}, instance=Track(owner=mara))
    assert "not text" in form.errors["title"][0]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("🌒 Night 👩‍🚀", "🌒 Night 👩‍🚀"),
        ("ليلة القيادة", "ليلة القيادة"),
        ("Night \u202eevirD", "Night evirD"),
        (" a  ", "a"),
    ],
)
def test_titles_of_all_scripts_are_kept_without_their_tricks(
    mara_client: Client, typed: str, kept: str
) -> None:
    assert post_track(mara_client, title=typed).status_code == 303
    assert Track.objects.get().title == kept


@pytest.mark.parametrize(
    "title", ["Maracas", "VIP Lounge", "Mixed Feelings", "Mara Lindqvist", "Night Drive Original Mix"]
)
def test_artist_or_mix_as_words_of_a_title_are_fine(mara_client: Client, title: str) -> None:
    assert post_track(mara_client, title=title).status_code == 303


@pytest.mark.parametrize(
    ("field", "typed", "stored"),
    [
        ("tempo", " 127,5 bpm ", Decimal("127.50")),
        ("key", "8a", "8A"),
        ("key", "F# minor", "11A"),
        ("key", "atonal", "unknown"),
        ("duration", "6:32", 392),
        ("isrc", "isrc qm-abc-25-00001", "QMABC2500001"),
        ("ipi", "00.012.345.678", "00012345678"),
        (
            "audio_url",
            "http://m.soundcloud.com/mara/drive/s-MjcQ5BtcRPp?si=x",
            "https://soundcloud.com/mara/drive/s-MjcQ5BtcRPp",
        ),
    ],
)
def test_notations_are_read(mara_client: Client, field: str, typed: str, stored: object) -> None:
    assert post_track(mara_client, **{field: typed}).status_code == 303
    assert getattr(Track.objects.get(), field) == stored


def test_edit_shows_notations_as_people_write_them_and_keeps_them(mara_client: Client, mara: User) -> None:
    track = make_track(mara, isrc="QMABC2500001")
    form = mara_client.get(f"{track.get_absolute_url()}edit/").context["form_set"].form
    shown = {name: form[name].value() for name in ("tempo", "key", "duration", "isrc")}
    assert shown == {"tempo": "122", "key": "A minor", "duration": "6:32", "isrc": "QM-ABC-25-00001"}
    assert post_track(mara_client, track, **shown).status_code == 303
    track.refresh_from_db()
    assert (track.tempo, track.key, track.duration, track.isrc) == (Decimal(122), "8A", 392, "QMABC2500001")


def test_subgenre_must_belong_to_its_genre(mara_client: Client) -> None:
    house, liquid = Genre.objects.get(slug="house"), Genre.objects.get(slug="drum-bass-liquid")
    response = post_track(mara_client, genre=house.pk, subgenre=liquid.pk)
    assert response.status_code == 422
    assert response.context["form_set"].form.errors["subgenre"] == ["Liquid is not a subgenre of House."]


def test_subgenre_alone_brings_its_genre(mara_client: Client) -> None:
    post_track(mara_client, subgenre=Genre.objects.get(slug="drum-bass-liquid").pk)
    assert Track.objects.get().genre == Genre.objects.get(slug="drum-bass")


def test_retired_genre_is_offered_only_to_tracks_that_have_it(mara_client: Client, mara: User) -> None:
    house = Genre.objects.get(slug="house")
    house.retired_at = clock.now()
    house.save()
    track = make_track(mara, genre=house)
    assert post_track(mara_client, genre=house.pk).status_code == 422
    assert post_track(mara_client, genre=Genre.objects.get(slug="house-acid").pk).status_code == 422
    assert post_track(mara_client, track, genre=house.pk).status_code == 303


@pytest.mark.parametrize(
    ("until", "status", "message"),
    [
        ("", 422, "Enter the date until which"),
        ("2020-01-01", 422, "has passed"),
        ("soon", 422, "Enter a valid date"),
        ("2999-01-01", 303, ""),
    ],
)
def test_exclusivity_until_a_date_needs_a_date_to_come(
    mara_client: Client, until: str, status: int, message: str
) -> None:
    response = post_track(mara_client, exclusivity="exclusive_until", exclusive_until=until)
    assert response.status_code == status
    if message:
        assert message in response.context["form_set"].form.errors["exclusive_until"][0]


def test_date_goes_when_exclusivity_goes(mara_client: Client, mara: User) -> None:
    track = make_track(mara, exclusivity="exclusive_until", exclusive_until=dt.date(2999, 1, 1))
    post_track(mara_client, track, exclusivity="sent_elsewhere", exclusive_until="2999-01-01")
    track.refresh_from_db()
    assert track.exclusive_until is None


def test_old_date_does_not_stop_other_changes(mara_client: Client, mara: User) -> None:
    track = make_track(mara, exclusivity="exclusive_until", exclusive_until=dt.date(2020, 1, 1))
    response = post_track(mara_client, track, exclusivity="exclusive_until", exclusive_until="2020-01-01")
    assert response.status_code == 303
