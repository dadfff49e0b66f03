"""A producer's pages: their own, nobody else's, at a known cost."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.models import Collaborator, Profile, Track
from catalog.tests.builders import make_track
from catalog.tests.posting import post_track
from kit import clock

QUERIES_OF_LIST = 6  # session with reader, profile, tracks, collaborators; unread, desks
QUERIES_OF_DETAIL = 14
"""Session with reader, track, collaborators, profile, same link; unread, desks; seven of tries and labels that fit."""


@pytest.mark.parametrize("count", [1, 5])
def test_list_costs_the_same_however_long(
    mara_client: Client, mara: User, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    for _ in range(count):
        Collaborator.objects.create(track=make_track(mara), name="Ines", role="writer")
    with django_assert_num_queries(QUERIES_OF_LIST):
        response = mara_client.get(reverse("catalog:tracks"))
    assert len(response.context["rows"]) == count


@pytest.mark.parametrize("count", [1, 5])
def test_detail_costs_the_same_however_many_collaborators(
    mara_client: Client, mara: User, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    track = make_track(mara)
    for _ in range(count):
        Collaborator.objects.create(track=track, name="Ines", role="writer")
    with django_assert_num_queries(QUERIES_OF_DETAIL):
        mara_client.get(track.get_absolute_url())


def test_list_shows_what_matters(mara_client: Client, mara: User) -> None:
    make_track(mara, title="Low Tide")
    page = mara_client.get(reverse("catalog:tracks")).content.decode()
    for word in ("Low Tide", "Deep House", ">122<", "8A · A minor", "SoundCloud", "Complete"):
        assert word in page
    assert "s-MjcQ5BtcRPp" not in page


def test_tempo_reads_the_same_in_the_list_and_on_the_track(mara_client: Client, mara: User) -> None:
    track = make_track(mara, tempo=Decimal("127.50"))
    assert ">127.5<" in mara_client.get("/tracks/").content.decode()
    assert ">127.5 BPM<" in mara_client.get(track.get_absolute_url()).content.decode()


def test_list_goes_on_by_pages(mara_client: Client, mara: User) -> None:
    for _ in range(51):
        make_track(mara)
    first = mara_client.get(reverse("catalog:tracks"))
    assert len(first.context["rows"]) == 50
    second = mara_client.get(reverse("catalog:tracks") + first.context["page"].next_url)
    assert len(second.context["rows"]) == 1
    assert mara_client.get(reverse("catalog:tracks") + "?after=nonsense").status_code == 400


def test_detail_shows_the_hosts_player_and_what_is_lacking(mara_client: Client, mara: User) -> None:
    track = make_track(mara, ai="", references="")
    page = mara_client.get(track.get_absolute_url())
    assert page.context["panel"].src.startswith("https://w.soundcloud.com/player/")
    assert page.context["completeness"].needed == {"ai": "answer about generative AI"}
    assert page.context["completeness"].wanted == {"references": "“for fans of”"}
    assert b"data-player-button" in page.content


def test_detail_of_a_bare_track_says_what_is_missing(mara_client: Client, mara: User) -> None:
    Profile.objects.all().delete()
    track = Track.objects.create(owner=mara, title="Sketch")
    page = mara_client.get(track.get_absolute_url())
    assert page.context["panel"] is None
    assert page.context["completeness"].profile_needs
    assert "Complete your profile" in page.content.decode()


def test_link_that_labels_no_longer_take_breaks_no_page(mara_client: Client, mara: User) -> None:
    track = make_track(mara, audio_url="https://we.tl/t-AbCdEf1234")
    page = mara_client.get(track.get_absolute_url())
    assert "points to a host that labels no longer accept" in page.content.decode()
    assert mara_client.get(reverse("catalog:tracks")).status_code == 200


def test_saving_leads_to_the_track_with_its_hints(mara_client: Client) -> None:
    response = post_track(
        mara_client, tempo="174", subgenre="", version_type="bootleg", sample_use="uncleared"
    )
    track = Track.objects.get()
    assert (response.status_code, response.url) == (303, track.get_absolute_url())
    page = mara_client.get(response.url).content.decode()
    assert "usually refuse a bootleg" in page
    assert "Uncleared samples" in page


def test_archive_and_back(mara_client: Client, mara: User) -> None:
    track = make_track(mara)
    assert mara_client.post(reverse("catalog:track-archive", args=[track.code])).status_code == 303
    assert not mara_client.get(reverse("catalog:tracks")).context["rows"]
    assert mara_client.get(reverse("catalog:tracks") + "?archived=1").context["rows"]
    assert "This track is archived." in mara_client.get(track.get_absolute_url()).content.decode()
    assert mara_client.post(reverse("catalog:track-restore", args=[track.code])).status_code == 303
    assert mara_client.get(reverse("catalog:tracks")).context["rows"]


@pytest.mark.parametrize("name", ["track", "track-edit", "track-archive", "track-restore"])
def test_stranger_finds_no_track(client: Client, mara: User, stranger: User, name: str) -> None:
    track = make_track(mara, archived_at=clock.now())
    client.force_login(stranger)
    url = reverse(f"catalog:{name}", args=[track.code])
    answer = client.get(url) if name == "track" else client.post(url, {"title": "Mine"})
    assert answer.status_code == 404
    assert Track.objects.get().archived_at


@pytest.mark.parametrize("name", ["tracks", "track-create", "profile"])
def test_anonymous_is_sent_to_sign_in(client: Client, db: None, name: str) -> None:
    answer = client.get(reverse(f"catalog:{name}"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["track-archive", "track-restore"])
def test_reading_changes_nothing(mara_client: Client, mara: User, name: str) -> None:
    track = make_track(mara)
    assert mara_client.get(reverse(f"catalog:{name}", args=[track.code])).status_code == 405


def test_code_is_read_as_people_type_it(mara_client: Client, mara: User) -> None:
    track = make_track(mara)
    assert mara_client.get(f"/tracks/{track.code.lower().replace('-', '')}/").status_code == 200


def test_meter_is_on_the_list_the_track_and_its_form(mara_client: Client, mara: User) -> None:
    track = make_track(mara, ai="", references="")
    pages = [
        reverse("catalog:tracks"),
        track.get_absolute_url(),
        reverse("catalog:track-edit", args=[track.code]),
    ]
    for page in pages:
        words = mara_client.get(page).content.decode().lower()
        assert "answer about generative ai" in words
        assert 'class="meter"' in words


QUERIES_OF_FORM = 8  # session with reader, track, collaborators, profile, genres, their rows; unread, desks


@pytest.mark.parametrize("count", [1, 5])
def test_form_costs_the_same_however_many_collaborators(
    mara_client: Client, mara: User, django_assert_num_queries: Callable[..., Any], count: int
) -> None:
    track = make_track(mara)
    for _ in range(count):
        Collaborator.objects.create(track=track, name="Ines", role="writer")
    with django_assert_num_queries(QUERIES_OF_FORM):
        mara_client.get(reverse("catalog:track-edit", args=[track.code]))
