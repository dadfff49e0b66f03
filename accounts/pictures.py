"""Uploaded pictures: decoded and encoded again as a 256 px square WebP without metadata, and their form fields."""

from io import BytesIO
from typing import Any, BinaryIO

from django import forms
from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

from accounts.models import Picture

SIDE_PX = 256
MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

TOO_LARGE = "This file is larger than 5 MB. Choose a smaller one."
TOO_MANY_PIXELS = "This picture has more than 40 million pixels. Scale it down first."
NO_PICTURE = "This is no JPEG, PNG, WebP or GIF picture we can read. Choose another file."


def small_picture(upload: BinaryIO) -> bytes:
    """Return the middle square of an uploaded picture (of a GIF, its first frame) as WebP bytes.

    Raises ValidationError with code "pixels" or "no_picture".
    """
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


def _open(upload: BinaryIO) -> Image.Image:
    """Read only the header, so that a picture with too many pixels is refused before decoding."""
    image = Image.open(upload, formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels")
    image.draft("RGB", (2 * SIDE_PX, 2 * SIDE_PX))  # a JPEG is decoded at a fraction of its size
    return image


def _crop(image: Image.Image) -> Image.Image:
    """Rotate by the EXIF orientation and crop to the middle square."""
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    return ImageOps.fit(plain, (SIDE_PX, SIDE_PX))


def _encode(image: Image.Image) -> bytes:
    image.info = {}  # drops EXIF, XMP, comment and colour profile
    encoded = BytesIO()
    image.save(encoded, "WEBP", quality=82)
    return encoded.getvalue()


HELP = "JPEG, PNG, WebP or GIF, at most 5 MB. We cut out the middle square and keep 256 pixels of it."


class PictureField(forms.FileField):
    """An upload; cleans to the bytes of a small WebP, or None when no file was chosen."""

    widget = forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"})

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        if not data:
            return None
        if data.size > MOST_BYTES:
            raise ValidationError(TOO_LARGE, code="too_large")
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
        return Picture.objects.create(data=chosen) if chosen else None
