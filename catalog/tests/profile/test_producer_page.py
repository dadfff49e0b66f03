"""A producer's public page: there only if they wish so, and saying no more than they wish."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.test import Client

from accounts.models import User
from catalog.models import Genre, Profile
from catalog.profile import slugs
from catalog.tests.builders import make_producer, make_track

SAID = {"artist_name": "Mara Lindqvist", "contact_email": "m@example.com"}
PAGE = "/producers/mara-lindqvist/"


def publish(client: Client, **fields: Any) -> Any:
    return client.post("/profile/", {**SAID, "is_public": "on", **fields})


def test_profile_is_private_until_its_producer_wishes_otherwise(mara_client: Client, client: Client) -> None:
    assert mara_client.post("/profile/", SAID | {"slug": "mara-lindqvist"}).status_code == 303
    assert client.get(PAGE).status_code == 404
    assert publish(mara_client).status_code == 303
    assert client.get(PAGE).status_code == 200
    assert f'href="{PAGE}"' in mara_client.get("/profile/").content.decode()
    mara_client.post("/profile/", SAID | {"slug": "mara-lindqvist"})
    assert client.get(PAGE).status_code == 404


def test_visitor_reads_what_is_public_and_nothing_else(mara: User, mara_client: Client) -> None:
    house, acid = Genre.objects.get(slug="house"), Genre.objects.get(slug="deep-house")
    publish(
        mara_client,
        bio="Slow music.\nFrom the coast.",
        city="Malmö",
        country="SE",
        genres=[house.pk, acid.pk],
        soundcloud_url="soundcloud.com/mara",
    )
    track = make_track(mara, title="Low Tide")
    page = Client().get(PAGE).content.decode()
    for words in ("Mara Lindqvist", "Slow music.<br>From the coast.", "Malmö", "Sweden", "House", ">ML<"):
        assert words in page
    assert 'href="https://soundcloud.com/mara" rel="nofollow noopener noreferrer ugc"' in page
    for secret in ("m@example.com", mara.email, "Low Tide", track.code, mara.name + "<"):
        assert secret not in page


def test_page_of_someone_deactivated_is_gone(mara: User, mara_client: Client) -> None:
    publish(mara_client)
    User.objects.filter(pk=mara.pk).update(is_active=False)
    assert Client().get(PAGE).status_code == 404


@pytest.mark.parametrize(
    ("slug", "message"),
    [
        ("not a slug", "letters a to z"),
        ("x" * 10_000, "at most 60"),
        ("new", "address is reserved"),
        ("Niko", "Another producer has this address"),
        ("<script>", "letters a to z"),
        ("javascript:alert(1)", "letters a to z"),
        ("ma\x00ra", "not text"),
    ],
)
def test_bad_address_is_refused_beside_the_field(mara_client: Client, slug: str, message: str) -> None:
    make_producer("niko@example.com", slug="niko", is_public=True)
    answer = publish(mara_client, slug=slug)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, ["slug"])
    assert message in form.errors["slug"][0]
    assert form["slug"].value() == slug


def test_address_is_made_from_the_artist_name(mara_client: Client) -> None:
    make_producer("other@example.com", slug="mara-lindqvist")
    publish(mara_client)
    assert Profile.objects.get(artist_name="Mara Lindqvist").slug == "mara-lindqvist-2"


def test_name_in_another_script_asks_for_an_address(mara_client: Client) -> None:
    answer = publish(mara_client, artist_name="音楽")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["slug"])
    assert publish(mara_client, artist_name="音楽", slug="Ongaku").status_code == 303
    assert Profile.objects.get().slug == "ongaku"


def test_address_taken_this_moment_is_said(mara_client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    make_producer("niko@example.com", slug="niko")
    monkeypatch.setattr(slugs, "check_slug", lambda slug, profile: slug)
    monkeypatch.setattr(Profile, "validate_constraints", lambda self, exclude: None)
    answer = publish(mara_client, slug="niko")
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["slug"])


def test_database_keeps_addresses_apart_and_public_pages_reachable(db: None) -> None:
    make_producer("a@example.com", slug="niko")
    with pytest.raises(IntegrityError):
        make_producer("b@example.com", slug="niko")


def test_public_without_an_address_is_refused_by_the_database(db: None) -> None:
    with pytest.raises(IntegrityError):
        make_producer("b@example.com", is_public=True)


def test_more_genres_than_one_is_known_for_are_refused(mara_client: Client) -> None:
    many = list(Genre.objects.offered().parents().values_list("pk", flat=True)[:9])
    answer = publish(mara_client, genres=many)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["genres"])


@pytest.mark.parametrize("count", [1, 5])
def test_page_asks_three_queries(
    mara: User, count: int, django_assert_num_queries: Callable[..., Any]
) -> None:
    profile = Profile.objects.get(user=mara)
    profile.slug, profile.is_public = "mara-lindqvist", True
    profile.save()
    profile.genres.set(Genre.objects.exclude(parent=None)[:count])
    with django_assert_num_queries(3):  # profile, genres, their parents
        Client().get(PAGE)
