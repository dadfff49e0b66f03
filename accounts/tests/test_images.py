"""What becomes of an uploaded picture: a small square without metadata, or a clear refusal."""

from io import BytesIO
from time import process_time

import pytest
from django.core.exceptions import ValidationError
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from accounts import pictures
from accounts.pictures import small_picture
from accounts.tests.pictures import TOMATO, huge_png, picture_bytes

BLUE = (20, 40, 220)


def opened(data: bytes) -> Image.Image:
    return Image.open(BytesIO(small_picture(BytesIO(data))))


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
@pytest.mark.parametrize("size", [(1, 1), (256, 256), (3000, 40), (40, 3000)])
def test_every_format_and_size_becomes_a_small_square_webp(form: str, size: tuple[int, int]) -> None:
    found = opened(picture_bytes(form, size))
    assert (found.format, found.size) == ("WEBP", (256, 256))


def test_middle_is_kept() -> None:
    wide = Image.new("RGB", (900, 300), BLUE)
    wide.paste(TOMATO, (300, 0, 600, 300))
    encoded = BytesIO()
    wide.save(encoded, "PNG")
    corner = opened(encoded.getvalue()).convert("RGB").getpixel((4, 4))
    assert isinstance(corner, tuple)
    assert corner[0] > corner[2]


def test_first_frame_of_a_gif_is_kept() -> None:
    encoded = BytesIO()
    frames = [Image.new("RGB", (64, 64), color) for color in (TOMATO, BLUE)]
    frames[0].save(encoded, "GIF", save_all=True, append_images=frames[1:])
    found = opened(encoded.getvalue())
    assert getattr(found, "n_frames", 1) == 1
    pixel = found.convert("RGB").getpixel((100, 100))
    assert isinstance(pixel, tuple)
    assert pixel[0] > pixel[2]


def test_transparent_logo_stays_transparent() -> None:
    found = opened(picture_bytes("PNG", color=(0, 0, 0, 0)))
    assert found.convert("RGBA").getpixel((10, 10)) == (0, 0, 0, 0)


def test_metadata_is_dropped_and_the_camera_is_obeyed() -> None:
    exif = Image.Exif()
    exif[0x010E], exif[0x0112] = "at home, 55.60 N 13.00 E", 6  # ImageDescription; Orientation: turn right
    photo = Image.new("RGB", (400, 400), BLUE)
    photo.paste(TOMATO, (0, 0, 400, 200))
    encoded = BytesIO()
    photo.save(encoded, "JPEG", exif=exif, comment=b"my secret", icc_profile=b"profile of my screen" * 9)
    small = small_picture(BytesIO(encoded.getvalue()))
    assert not [word for word in (b"at home", b"secret", b"profile of", b"EXIF", b"ICCP") if word in small]
    right = Image.open(BytesIO(small)).convert("RGB").getpixel((250, 128))
    assert isinstance(right, tuple)
    assert right[0] > right[2]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "no_picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "no_picture"),
        (b"<html><script>alert(1)</script>", "no_picture"),
        (picture_bytes("BMP"), "no_picture"),
        (picture_bytes("TIFF"), "no_picture"),
        (picture_bytes("PNG")[:60], "no_picture"),
        (picture_bytes("JPEG")[:200], "no_picture"),
        (b"GIF89a" + b"\xff" * 40, "no_picture"),
        (b"RIFF\x00\x00\x00\x00WEBPVP8 " + b"\xff" * 40, "no_picture"),
        (huge_png(4000, 3001), "pixels"),
        (picture_bytes("JPEG", (4000, 3001), progressive=True), "pixels"),
        (picture_bytes("JPEG", (60_000, 300)), "pixels"),
        (huge_png(10_000, 10_000), "pixels"),
        (huge_png(2**31 - 1, 2**31 - 1), "pixels"),
    ],
)
def test_bad_file_is_refused_before_it_costs_anything(data: bytes, code: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        small_picture(BytesIO(data))
    assert refusal.value.code == code


def test_large_photograph_is_read_at_a_fraction_of_its_size() -> None:
    assert opened(picture_bytes("JPEG", (6300, 6300))).size == (256, 256)


def test_pictures_are_read_one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "LONGEST_WAIT", 0.01)
    with pictures._one_at_a_time, pytest.raises(ValidationError) as refusal:
        small_picture(BytesIO(picture_bytes()))
    assert refusal.value.code == "busy"
    assert small_picture(BytesIO(picture_bytes()))


def test_what_hides_behind_a_picture_is_left_out() -> None:
    polyglot = picture_bytes("GIF") + b"<script>alert(1)</script>"
    assert b"script" not in small_picture(BytesIO(polyglot))


def test_place_where_a_photograph_was_taken_is_dropped() -> None:
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (55.0, 36.0, 12.5), 3: "E", 4: (13.0, 0.0, 1.0)}  # the GPS directory
    for form in ("JPEG", "PNG", "WEBP"):
        encoded = BytesIO()
        Image.new("RGB", (400, 400), BLUE).save(encoded, form, exif=exif)
        assert Image.open(BytesIO(encoded.getvalue())).getexif().get_ifd(0x8825)
        small = Image.open(BytesIO(small_picture(BytesIO(encoded.getvalue()))))
        assert dict(small.getexif()) == {}
        assert not {"exif", "xmp", "icc_profile", "comment"} & small.info.keys()


@pytest.mark.parametrize("hidden", [b"PK\x03\x04<?php system(1)?>", b"%PDF-1.7 /JS", b"*/alert(1)//"])
def test_second_nature_of_a_file_is_lost(hidden: bytes) -> None:
    text = PngInfo()
    text.add_text("Comment", hidden.decode("latin-1"), zip=False)
    encoded = BytesIO()
    Image.new("RGB", (300, 300), BLUE).save(encoded, "PNG", pnginfo=text)
    for data in (encoded.getvalue() + hidden, picture_bytes("GIF") + hidden, picture_bytes("JPEG") + hidden):
        assert hidden in data
        assert hidden not in small_picture(BytesIO(data))
    with pytest.raises(ValidationError):
        small_picture(BytesIO(b"GIF89a=1;/*" + picture_bytes("GIF") + hidden))  # a script, read as one


def test_film_of_many_frames_costs_one_frame() -> None:
    frames = [Image.new("P", (300, 300), number % 200) for number in range(300)]
    encoded = BytesIO()
    frames[0].save(encoded, "GIF", save_all=True, append_images=frames[1:])
    began = process_time()
    small_picture(BytesIO(encoded.getvalue()))
    assert process_time() - began < 0.5
