"""Setting up a label."""

from typing import Any

import pytest
from django.test import Client

from accounts.tests.pictures import upload
from catalog.models import Genre
from labels import slugs
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_user

pytestmark = pytest.mark.django_db

URL = "/labels/new/"
GOOD = {"name": "Low Tide", "slug": "", "time_zone": "Europe/Copenhagen"}


@pytest.fixture
def owner(client: Client) -> Any:
    user = make_user(time_zone="Asia/Tokyo")
    client.force_login(user)
    return user


def test_anonymous_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(URL).status_code == 302
    assert client.post(URL, GOOD).status_code == 302
    assert not Label.objects.exists()


def test_form_offers_the_readers_time_zone(client: Client, owner: Any) -> None:
    assert client.get(URL).context["form"]["time_zone"].value() == "Asia/Tokyo"
    assert not Label.objects.exists()


def test_user_sets_up_a_label_and_lands_on_its_checklist(client: Client, owner: Any) -> None:
    response = client.post(URL, GOOD)
    assert (response.status_code, response["Location"]) == (303, "/desk/low-tide/setup/")
    label = Label.objects.get()
    assert (label.slug, label.time_zone, label.role_of(owner)) == (
        "low-tide",
        "Europe/Copenhagen",
        Role.OWNER,
    )
    page = client.get(response["Location"]).content.decode()
    assert "Low Tide is set up." in page
    assert 'href="/desk/low-tide/"' in page


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", "   "),
        ("name", "a\x00b"),
        ("name", "x" * 10_000),
        ("slug", "new"),
        ("slug", "Harbour"),
        ("slug", "not a slug"),
        ("slug", "x" * 10_000),
        ("time_zone", "Mars/Olympus"),
        ("time_zone", ""),
        ("country", "XX"),
        ("website", "javascript:alert(1)"),
        ("links", "https://bandcamp.com/low-tide\nhttp://low-tide.example"),
        ("about", "x" * 2001),
        ("genres", ["polka"]),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(client: Client, owner: Any, field: str, value: Any) -> None:
    make_label("Harbour")
    response = client.post(URL, GOOD | {field: value})
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert form[field].value() == value
    assert Label.objects.count() == 1


def test_name_in_another_script_asks_for_an_address(client: Client, owner: Any) -> None:
    response = client.post(URL, GOOD | {"name": "音楽"})
    assert response.status_code == 422
    assert client.post(URL, GOOD | {"name": "音楽", "slug": "Ongaku"})["Location"] == "/desk/ongaku/setup/"


def test_slug_taken_this_moment_is_said(client: Client, owner: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    make_label("Harbour")
    monkeypatch.setattr(slugs, "check_slug", lambda slug: slug)
    response = client.post(URL, GOOD | {"slug": "harbour"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["slug"])


def test_label_is_created_in_one_page_with_all_it_wants_to_say(client: Client, owner: Any) -> None:
    genres = [
        str(pk) for pk in Genre.objects.filter(slug__in=["house", "techno-raw"]).values_list("pk", flat=True)
    ]
    said = {
        "country": "DK",
        "website": "low-tide.example",
        "links": "bandcamp.com/low-tide\n\nhttps://www.discogs.com/label/1-Low-Tide\nbandcamp.com/low-tide",
        "about": "Slow house for long rooms.",
        "genres": genres,
        "picture": upload(),
    }
    assert client.post(URL, GOOD | said).status_code == 303
    label = Label.objects.get()
    assert (label.country, label.website, label.about) == ("DK", "https://low-tide.example/", said["about"])
    assert label.links == ["https://bandcamp.com/low-tide", "https://www.discogs.com/label/1-Low-Tide"]
    assert [str(genre.pk) for genre in label.genres.order_by("pk")] == sorted(genres, key=int)
    assert label.logo is not None
    assert label.intakes.get().call_name == ""


def test_only_name_and_time_zone_are_needed(client: Client, owner: Any) -> None:
    form = client.get(URL).context["form"]
    assert [name for name, field in form.fields.items() if field.required] == ["name", "time_zone"]
    assert client.post(URL, {"name": "Low Tide", "time_zone": "UTC"}).status_code == 303


def test_everything_typed_is_kept_when_something_is_refused(client: Client, owner: Any) -> None:
    genre = Genre.objects.get(slug="house").pk
    said = {"country": "DK", "website": "https://a.example", "links": "https://b.example", "about": "Slow."}
    page = client.post(URL, GOOD | said | {"genres": [genre], "slug": "new"})
    form = page.context["form"]
    assert (page.status_code, list(form.errors)) == (422, ["slug"])
    assert {name: form[name].value() for name in said} == said
    assert form["genres"].value() == [str(genre)]
    assert "choose your logo again" in page.content.decode()
    assert not Label.objects.exists()
