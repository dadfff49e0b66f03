"""A producer's avatar: uploaded, replaced, removed, forgotten; refused with a word beside the field."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from accounts.models import Picture, User
from accounts.pictures import MOST_BYTES, NO_PICTURE
from accounts.tests.pictures import huge_png, picture_bytes, upload
from catalog.models import Profile
from catalog.tasks import forget_profile
from catalog.tests.builders import make_producer
from trackflow.testing.clients import client_of

URL = "/profile/"
SAID = {"artist_name": "Mara", "contact_email": "m@example.com", "city": "Malmö"}


def test_producer_uploads_an_avatar_and_sees_it(mara_client: Client) -> None:
    assert mara_client.post(URL, {**SAID, "picture": upload()}).status_code == 303
    picture = Picture.objects.get()
    assert Profile.objects.get().avatar == picture
    assert f'src="/pictures/{picture.code}.webp"' in mara_client.get(URL).content.decode()
    assert mara_client.get(f"/pictures/{picture.code}.webp").content[8:12] == b"WEBP"


def test_saving_without_a_file_keeps_the_avatar(mara_client: Client) -> None:
    mara_client.post(URL, {**SAID, "picture": upload()})
    assert mara_client.post(URL, {**SAID, "bio": "Hi"}).status_code == 303
    assert Profile.objects.get().avatar is not None


def test_new_avatar_forgets_the_old_one(mara_client: Client) -> None:
    mara_client.post(URL, {**SAID, "picture": upload()})
    former = Picture.objects.get()
    mara_client.post(URL, {**SAID, "picture": upload(picture_bytes("JPEG"), "me.jpg"), "drops_picture": "on"})
    assert Picture.objects.get() == Profile.objects.get().avatar != former
    assert mara_client.get(f"/pictures/{former.code}.webp").status_code == 404


def test_avatar_is_removed_by_a_tick(mara_client: Client) -> None:
    assert "Remove the picture" not in mara_client.get(URL).content.decode()
    mara_client.post(URL, {**SAID, "picture": upload()})
    assert "Remove the picture" in mara_client.get(URL).content.decode()
    mara_client.post(URL, {**SAID, "drops_picture": "on"})
    assert Profile.objects.get().avatar is None
    assert not Picture.objects.exists()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<svg onload=alert(1)>", "not a JPEG, PNG, WebP or GIF"),
        (huge_png(9000, 9000), "more than 12 million pixels"),
        (picture_bytes() + b"x" * MOST_BYTES, "larger than 5 MB"),
    ],
)
def test_bad_picture_is_refused_beside_the_field_and_the_words_are_kept(
    mara_client: Client, data: bytes, message: str
) -> None:
    answer = mara_client.post(URL, {**SAID, "picture": upload(data)})
    form = answer.context["form"]
    assert answer.status_code == 422
    assert list(form.errors) == ["picture"]
    assert message in form.errors["picture"][0]
    assert form["city"].value() == "Malmö"
    assert not Picture.objects.exists()


def test_one_person_uploads_twenty_an_hour_and_no_more(mara_client: Client) -> None:
    answers = [mara_client.post(URL, {**SAID, "picture": upload(b"GIF")}) for _ in range(21)]
    found = [answer.context["form"].errors["picture"][0] for answer in answers[:20]]
    assert found == [NO_PICTURE] * 20
    assert answers[20].status_code == 429
    assert 0 < int(answers[20]["Retry-After"]) <= 3600
    assert "Too many pictures uploaded." in answers[20].content.decode()
    assert SAID["city"] in answers[20].content.decode()
    assert client_of(make_producer()).post(URL, {**SAID, "picture": upload()}).status_code == 303


def test_text_in_place_of_a_file_is_no_file(mara_client: Client) -> None:
    assert mara_client.post(URL, {**SAID, "picture": "javascript:alert(1)"}).status_code == 303
    assert not Picture.objects.exists()


def test_first_profile_may_bring_its_avatar(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("new@example.com"))
    assert client.post(URL, {**SAID, "picture": upload()}).status_code == 303
    assert Profile.objects.get().avatar


def test_avatar_of_an_anonymised_producer_is_forgotten(mara: User, mara_client: Client) -> None:
    mara_client.post(URL, {**SAID, "picture": upload()})
    for _ in range(2):
        forget_profile(user_id=mara.pk)
    assert not Picture.objects.exists()
    assert Profile.objects.get().avatar is None


def test_page_with_an_avatar_costs_no_more(
    mara_client: Client, django_assert_num_queries: Callable[..., Any]
) -> None:
    mara_client.post(URL, {**SAID, "picture": upload()})
    with django_assert_num_queries(6):  # session with reader, profile, its genres, the offered; unread, desks
        mara_client.get(URL)
