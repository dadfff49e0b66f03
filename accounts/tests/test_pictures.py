"""How a picture is served, how uploads are received, what stands there without one."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from PIL import Image

from accounts.initials import initials
from accounts.models import Picture
from accounts.pictures import MOST_BYTES, save_picture, small_picture
from accounts.uploads import SmallUploads


def test_picture_is_served_for_ever_and_can_do_nothing(client: Client, db: None) -> None:
    picture = Picture.objects.create(data=b"RIFF")
    answer = client.get(f"/pictures/{picture.code}.webp")
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, b"RIFF", "image/webp")
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert not answer.cookies


def test_unknown_picture_is_not_found(client: Client, db: None) -> None:
    for path in ("/pictures/PI-0000-0000.webp", "/pictures/PI-4K7Q.webp", "/pictures/1.webp"):
        assert client.get(path).status_code == 404
    picture = Picture.objects.create(data=b"RIFF")
    assert client.post(f"/pictures/{picture.code}.webp").status_code == 405


def test_visitor_costs_one_query(
    client: Client, db: None, django_assert_num_queries: Callable[..., Any]
) -> None:
    picture = Picture.objects.create(data=b"RIFF")
    with django_assert_num_queries(1):
        client.get(f"/pictures/{picture.code}.webp")


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Mara Lindqvist", "ML"),
        ("DJ Extremely Long Name", "DN"),
        ("ōkami", "Ō"),
        ("Ines & Tom", "IT"),
        ("(re)frame", "R"),
        ("音楽", "音"),
        ("<script>", "S"),
        ("!!!", "?"),
        ("", "?"),
    ],
)
def test_initials_stand_where_there_is_no_picture(name: str, letters: str) -> None:
    assert initials(name) == letters
    assert f">{letters}<" in render_to_string("accounts/_avatar.html", {"name": name, "picture": None})


def test_avatar_names_our_own_address_alone() -> None:
    shown = render_to_string("accounts/_avatar.html", {"name": "Mara", "picture": "PI-4K7Q-9XMD"})
    assert 'src="/pictures/PI-4K7Q-9XMD-small.webp"' in shown
    assert 'alt=""' in shown
    large = {"name": "Mara", "picture": "PI-4K7Q-9XMD", "class": "avatar--large"}
    assert 'src="/pictures/PI-4K7Q-9XMD.webp"' in render_to_string("accounts/_avatar.html", large)


def test_list_gets_a_smaller_picture(client: Client, db: None) -> None:
    drawn = BytesIO()
    Image.effect_mandelbrot((512, 512), (-2, -1.5, 1, 1.5), 60).save(drawn, "PNG")
    drawn.seek(0)
    picture = save_picture(small_picture(drawn))
    answer = client.get(f"/pictures/{picture.code}-small.webp")
    assert Image.open(BytesIO(answer.content)).size == (88, 88)
    assert 0 < len(answer.content) < len(picture.data) / 2
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    plain = Picture.objects.create(data=b"RIFF")
    assert client.get(f"/pictures/{plain.code}-small.webp").content == b"RIFF"


def test_uploads_of_a_request_share_the_room_of_one_picture() -> None:
    receiver = SmallUploads()
    sizes = []
    for _ in range(2):
        receiver.new_file("picture", "me.png", "image/png", None)
        for start in range(0, 4_000_000, 64_000):
            receiver.receive_data_chunk(b"x" * 64_000, start)
        kept = receiver.file_complete(4_032_000)
        sizes.append((kept.size, len(kept.read())))
    assert sizes == [(4_032_000, 4_032_000), (4_032_000, MOST_BYTES + 1 - 4_032_000)]


def test_upload_of_any_length_stays_small_in_memory_and_on_no_disk(client: Client, db: None) -> None:
    file = BytesIO(b"x" * (2 * MOST_BYTES))
    file.name = "me.png"
    assert client.post("/accounts/login/", {"login": "a", "password": "b", "file": file}).status_code == 200
