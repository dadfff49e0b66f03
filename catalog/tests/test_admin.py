"""The office's view of music."""

import pytest
from django.test import Client

from accounts.models import User
from catalog.models import Genre, Profile
from catalog.tests.builders import make_track

GENRES = "/admin/catalog/genre/"


@pytest.fixture
def office(client: Client, db: None) -> Client:
    client.force_login(User.objects.create_superuser("boss@example.com"))
    return client


def test_admin_adds_a_genre_and_cannot_rename_it(office: Client) -> None:
    said = {"name": "Footwork", "slug": "footwork", "version": "2026-01"}
    assert office.post(f"{GENRES}add/", said).status_code == 302
    genre = Genre.objects.get(slug="footwork")
    office.post(f"{GENRES}{genre.pk}/change/", {"name": "Other", "slug": "other", "version": "1"})
    genre.refresh_from_db()
    assert (genre.name, genre.slug, genre.version) == ("Footwork", "footwork", "2026-01")


def test_admin_retires_and_offers_again_but_never_deletes(office: Client) -> None:
    genre = Genre.objects.get(slug="house")
    for action, is_offered in (("retire", False), ("unretire", True)):
        office.post(GENRES, {"action": action, "_selected_action": [genre.pk]})
        assert Genre.objects.offered().filter(pk=genre.pk).exists() is is_offered
    assert office.post(f"{GENRES}{genre.pk}/delete/", {"post": "yes"}).status_code == 403


def test_subgenre_is_no_parent(office: Client) -> None:
    acid = Genre.objects.get(slug="house-acid")
    said = {"name": "Acid 2", "slug": "acid-2", "version": "1", "parent": acid.pk}
    assert office.post(f"{GENRES}add/", said).status_code == 200
    assert not Genre.objects.filter(slug="acid-2").exists()


def test_producers_words_are_read_only(office: Client, mara: User) -> None:
    track, profile = make_track(mara), Profile.objects.get()
    for url in (f"/admin/catalog/track/{track.pk}/", f"/admin/catalog/profile/{profile.pk}/"):
        page = office.get(f"{url}change/")
        assert page.status_code == 200
        assert "s-MjcQ5BtcRPp" not in page.content.decode()
        assert office.post(f"{url}change/", {"title": "Mine"}).status_code == 403
        assert office.post(f"{url}delete/", {"post": "yes"}).status_code == 403


@pytest.mark.parametrize("model", ["genre", "track", "profile"])
def test_lists_open_and_search(office: Client, mara: User, model: str) -> None:
    make_track(mara)
    assert office.get(f"/admin/catalog/{model}/").status_code == 200
    assert office.get(f"/admin/catalog/{model}/", {"q": "mara"}).status_code == 200
