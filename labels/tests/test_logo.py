"""A label's logo: uploaded in the settings, shown in the directory and on its page, served by us alone."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import Picture
from accounts.tests.pictures import huge_png, upload
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member

pytestmark = pytest.mark.django_db

URL = "/labels/harbour/settings/"
GOOD: dict[str, Any] = {
    "name": "Harbour",
    "slug": "harbour",
    "time_zone": "UTC",
    "message_rule": "always",
    "most_unanswered": 3,
}


@pytest.fixture
def owner_client(client: Client) -> Client:
    client.force_login(make_member(make_label()))
    return client


def test_owner_uploads_a_logo_and_everyone_sees_it(owner_client: Client) -> None:
    assert owner_client.post(URL, GOOD | {"picture": upload()}).status_code == 303
    code = Picture.objects.get().code
    for page, shown in (("/labels/", f"{code}-small.webp"), ("/labels/harbour/", f"{code}.webp")):
        assert f'src="/pictures/{shown}"' in Client().get(page).content.decode()


def test_logo_is_kept_replaced_and_removed(owner_client: Client) -> None:
    owner_client.post(URL, GOOD | {"picture": upload()})
    first = Picture.objects.get()
    owner_client.post(URL, GOOD | {"about": "Slow house."})
    assert Label.objects.get().logo == first
    owner_client.post(URL, GOOD | {"picture": upload()})
    assert Label.objects.get().logo == Picture.objects.get() != first
    owner_client.post(URL, GOOD | {"drops_picture": "on"})
    assert Label.objects.get().logo is None
    assert not Picture.objects.exists()


@pytest.mark.parametrize("data", [b"<svg onload=alert(1)>", huge_png(9000, 9000)])
def test_bad_logo_is_refused_beside_the_field(owner_client: Client, data: bytes) -> None:
    answer = owner_client.post(URL, GOOD | {"name": "Quay", "picture": upload(data)})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["picture"])
    assert answer.context["form"]["name"].value() == "Quay"
    assert Label.objects.get().name == "Harbour"
    assert not Picture.objects.exists()


def test_label_without_a_logo_shows_its_initials(client: Client) -> None:
    make_label("Low Tide")
    for page in ("/labels/", "/labels/low-tide/"):
        assert b">LT<" in client.get(page).content


def test_reviewer_changes_no_logo(client: Client) -> None:
    client.force_login(make_member(make_label(), Role.REVIEWER))
    assert client.post(URL, GOOD | {"picture": upload()}).status_code == 403
    assert not Picture.objects.exists()


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
@pytest.mark.parametrize("field", ["name", "about"])
def test_script_in_a_label_is_words_to_everyone(owner_client: Client, field: str, words: str) -> None:
    assert owner_client.post(URL, GOOD | {field: words}).status_code == 303
    for page in ("/labels/", "/labels/harbour/"):
        assert words.encode() not in Client().get(page).content


@pytest.mark.parametrize("field", ["name", "about", "slug", "website"])
def test_megabyte_of_text_is_refused_at_its_field(owner_client: Client, field: str) -> None:
    answer = owner_client.post(URL, GOOD | {field: "x" * 1_000_000})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
