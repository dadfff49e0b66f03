"""Uploaded pictures: decoded and encoded again as a 256 px square WebP without metadata, and their form fields."""

from io import BytesIO
from threading import Lock
from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

from accounts import limits
from accounts.models import Picture

SIDE_PX = 256
THUMBNAIL_PX = 88
"""Of an avatar in a list, on a screen of two pixels for one of CSS."""
MOST_BYTES = 5_000_000
MOST_PIXELS = 12_000_000
"""Pixels in memory at most, 4 bytes each and a copy or two: docs/measurements.md has the figures."""
MOST_JPEG_PIXELS = 40_000_000
"""A JPEG that is not progressive may have more: libjpeg hands on down to an eighth of each side."""
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")
LONGEST_WAIT = 10  # seconds, until other people's pictures are done

TOO_LARGE = "This file is larger than 5 MB. Choose a smaller one."
TOO_MANY_PIXELS = "This picture has more than 12 million pixels. Scale it down first, to 3,000 × 3,000 or so."
NO_PICTURE = "This is not a JPEG, PNG, WebP or GIF picture we can read. Choose another file."
BUSY = "We are working on many pictures right now. Try again in a minute."

_one_at_a_time = Lock()  # twelve decoders at once would take twelve times the memory


def small_picture(upload: BinaryIO) -> bytes:
    """Return the middle square of an uploaded picture (of a GIF, its first frame) as WebP bytes.

    Raises ValidationError with code "pixels", "no_picture" or "busy".
    """
    if not _one_at_a_time.acquire(timeout=LONGEST_WAIT):
        raise ValidationError(BUSY, code="busy")
    try:
        return _encode(_crop(_open(upload)))
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY_PIXELS, code="pixels") from None
    except (
        Exception
    ):  # decoders raise anything on hostile bytes: OSError, SyntaxError, ValueError, struct.error
        raise ValidationError(NO_PICTURE, code="no_picture") from None
    finally:
        _one_at_a_time.release()


def save_picture(data: bytes) -> Picture:
    """Store what `small_picture` returned, with a thumbnail."""
    image = Image.open(BytesIO(data))
    image.thumbnail((THUMBNAIL_PX, THUMBNAIL_PX))
    return Picture.objects.create(data=data, thumbnail=_encode(image, quality=70))


def _open(upload: BinaryIO) -> Image.Image:
    """Read only the header, so that a picture with too many pixels is refused before decoding."""
    image = Image.open(upload, formats=FORMATS)
    is_photograph = image.format == "JPEG" and "progressive" not in image.info
    _refuse_pixels(image, MOST_JPEG_PIXELS if is_photograph else MOST_PIXELS)
    image.draft("RGB", (2 * SIDE_PX, 2 * SIDE_PX))  # a JPEG is decoded at a fraction of its size
    _refuse_pixels(image, MOST_PIXELS)  # one that is long and thin is not
    return image


def _refuse_pixels(image: Image.Image, most: int) -> None:
    if image.width * image.height > most:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels")


def _crop(image: Image.Image) -> Image.Image:
    """Crop to the middle square and rotate by the EXIF orientation, with as few large copies as possible."""
    mode = "RGBA" if image.has_transparency_data else "RGB"
    plain = image if image.mode == mode else image.convert(mode)
    small = ImageOps.fit(plain, (SIDE_PX, SIDE_PX))
    ImageOps.exif_transpose(small, in_place=True)
    return small


def _encode(image: Image.Image, quality: int = 82) -> bytes:
    image.info = {}  # drops EXIF, XMP, comment and colour profile
    encoded = BytesIO()
    image.save(encoded, "WEBP", quality=quality)
    return encoded.getvalue()


HELP = (
    "JPEG, PNG, WebP or GIF, at most 5 MB and 12 million pixels. We keep the middle square, 256 pixels wide."
)


class PictureField(forms.FileField):
    """An upload; cleans to the bytes of a small WebP, or None when no file was chosen."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        if not data:
            return None
        if data.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE, code="too_large")
        limits.check(data.request, "upload")
        data.seek(0)
        return small_picture(data)


class PictureFields(forms.Form):
    """Mixin for a model form: `picture` and `drops_picture`; a chosen file wins over the checkbox."""

    picture = PictureField(required=False, help_text=HELP)
    drops_picture = forms.BooleanField(label="Remove the picture", required=False)

    def is_picture_changed(self) -> bool:
        return bool(self.cleaned_data["picture"] or self.cleaned_data["drops_picture"])

    def new_picture(self) -> Picture | None:
        """Store and return the chosen picture, if any; the caller deletes the one it replaces."""
        chosen = self.cleaned_data["picture"]
        return save_picture(chosen) if chosen else None
