"""Pictures people upload, made small and harmless: a 256 px square WebP without metadata.

Nothing of the uploaded bytes survives but the pixels: the picture is decoded and encoded anew.
"""

from io import BytesIO
from typing import BinaryIO

from django.core.exceptions import ValidationError
from PIL import Image, ImageOps

SIDE_PX = 256
MOST_BYTES = 5_000_000
MOST_PIXELS = 40_000_000
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

TOO_LARGE = "This file is larger than 5 MB. Choose a smaller one."
TOO_MANY_PIXELS = "This picture has more than 40 million pixels. Scale it down first."
NO_PICTURE = "This is no JPEG, PNG, WebP or GIF picture we can read. Choose another file."


def small_picture(upload: BinaryIO) -> bytes:
    """Return the middle square of an uploaded picture (a GIF's first frame) as WebP bytes.

    Raises ValidationError with code "pixels" or "no_picture".
    """
    try:
        return _encoded(_squared(_opened(upload)))
    except ValidationError:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise ValidationError(TOO_MANY_PIXELS, code="pixels") from None
    except (
        Exception
    ):  # decoders raise anything on hostile bytes: OSError, SyntaxError, ValueError, struct.error
        raise ValidationError(NO_PICTURE, code="no_picture") from None


def _opened(upload: BinaryIO) -> Image.Image:
    """Read the header alone, and refuse before a pixel is decoded."""
    image = Image.open(upload, formats=FORMATS)
    if image.width * image.height > MOST_PIXELS:
        raise ValidationError(TOO_MANY_PIXELS, code="pixels")
    image.draft("RGB", (2 * SIDE_PX, 2 * SIDE_PX))  # a JPEG is decoded at a fraction of its size
    return image


def _squared(image: Image.Image) -> Image.Image:
    """Turn it upright as its camera said, and cut out the middle."""
    upright = ImageOps.exif_transpose(image)
    plain = upright.convert("RGBA" if upright.has_transparency_data else "RGB")
    return ImageOps.fit(plain, (SIDE_PX, SIDE_PX))


def _encoded(image: Image.Image) -> bytes:
    image.info = {}  # no EXIF, XMP, comment or colour profile goes along
    encoded = BytesIO()
    image.save(encoded, "WEBP", quality=82)
    return encoded.getvalue()
