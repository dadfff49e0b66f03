"""A label's settings: who may, what is kept, what is refused."""

from typing import Any

import pytest
from django.test import Client

from catalog.models import Genre
from kit.clock import now
from labels.choices import Role, Status
from labels.models import Label
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db

URL = "/labels/harbour/settings/"
GOOD: dict[str, Any] = {
    "name": "Harbour Records",
    "slug": "harbour",
    "time_zone": "Europe/Copenhagen",
    "country": "DK",
    "website": "harbour.example",
    "about": "Slow house.",
    "shows_names": "on",
    "message_rule": "shortlisted",
    "most_unanswered": "5",
}


@pytest.mark.parametrize(
    ("role", "status_code"),
    [(Role.OWNER, 200), (Role.MANAGER, 200), (Role.REVIEWER, 403), (Role.VIEWER, 403), (None, 404)],
)
def test_settings_open_by_role(client: Client, role: Role | None, status_code: int) -> None:
    label = make_label()
    client.force_login(make_member(label, role) if role else make_user())
    assert client.get(URL).status_code == status_code
    sent = client.post(URL, GOOD)
    assert sent.status_code == (303 if status_code == 200 else status_code)
    label.refresh_from_db()
    assert (label.name == "Harbour Records") is (status_code == 200)


def test_anonymous_is_sent_to_sign_in(client: Client) -> None:
    make_label()
    for response in (client.get(URL), client.post(URL, GOOD)):
        assert response.status_code == 302
        assert "/accounts/login/" in response["Location"]


def test_owner_changes_everything_a_label_says(client: Client) -> None:
    label = make_label()
    client.force_login(make_member(label))
    genres = list(Genre.objects.filter(slug__in=["house", "amapiano"]).values_list("pk", flat=True))
    response = client.post(URL, GOOD | {"genres": genres})
    assert (response.status_code, response["Location"]) == (303, URL)
    label.refresh_from_db()
    assert (label.name, label.country, label.website) == ("Harbour Records", "DK", "https://harbour.example/")
    assert (label.about, label.shows_names, label.status) == ("Slow house.", True, Status.VERIFIED)
    assert (label.message_rule, label.most_unanswered) == ("shortlisted", 5)
    assert set(label.genres.values_list("pk", flat=True)) == set(genres)


def test_new_slug_moves_the_label_and_the_old_one_redirects(client: Client) -> None:
    client.force_login(make_member(make_label()))
    assert client.post(URL, GOOD | {"slug": "quay"})["Location"] == "/labels/quay/settings/"
    assert client.get("/labels/harbour/")["Location"] == "/labels/quay/"
    assert client.post("/labels/quay/settings/", GOOD).status_code == 303
    assert client.get("/labels/quay/")["Location"] == "/labels/harbour/"


def test_slug_another_label_had_is_refused(client: Client) -> None:
    other = make_label("Other")
    other.former_slugs.create(slug="quay")
    client.force_login(make_member(make_label()))
    for slug in ("quay", "other", "new"):
        response = client.post(URL, GOOD | {"slug": slug})
        assert (response.status_code, list(response.context["form"].errors)) == (422, ["slug"])


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", " "),
        ("name", "a\x00b"),
        ("about", "x" * 10_000),
        ("website", "javascript:alert(1)"),
        ("website", "ftp://harbour.example/"),
        ("website", "http://127.0.0.1/"),
        ("country", "XX"),
        ("time_zone", "Mars/Olympus"),
        ("genres", ["polka"]),
        ("message_rule", "never"),
        ("most_unanswered", "0"),
        ("most_unanswered", "21"),
    ],
)
def test_bad_input_is_said_at_its_field_and_kept(client: Client, field: str, value: Any) -> None:
    label = make_label()
    client.force_login(make_member(label))
    response = client.post(URL, GOOD | {field: value})
    form = response.context["form"]
    assert (response.status_code, list(form.errors)) == (422, [field])
    assert form[field].value() == value
    assert '<a href="/desk/harbour/">Harbour</a>' in response.content.decode()
    assert Label.objects.get().name == "Harbour"


def test_name_in_emoji_and_right_to_left_is_fine(client: Client) -> None:
    client.force_login(make_member(make_label()))
    assert client.post(URL, GOOD | {"name": "שלום 🎛️"}).status_code == 303
    assert Label.objects.get().name == "שלום 🎛️"


def test_retired_genre_stays_with_its_label_and_is_offered_to_nobody_else(client: Client) -> None:
    label = make_label(genres=["house", "house-acid"])
    Genre.objects.filter(slug="house").update(retired_at=now())
    client.force_login(make_member(label))
    offered = client.get(URL).context["form"].fields["genres"].queryset
    assert offered.filter(slug__in=["house", "house-acid"]).count() == 2
    client.force_login(make_member(make_label("Other")))
    offered = client.get("/labels/other/settings/").context["form"].fields["genres"].queryset
    assert not offered.filter(slug__in=["house", "house-acid"]).exists()


@pytest.mark.parametrize("status", [Status.SUSPENDED, Status.CLOSED])
def test_label_suspended_or_closed_is_read_only(client: Client, status: str) -> None:
    client.force_login(make_member(make_label(status=status)))
    page = client.get(URL)
    assert page.status_code == 200
    assert b"read-only" in page.content
    assert b'class="button button--primary"' not in page.content
    assert client.post(URL, GOOD).status_code == 409
