"""Pictures to upload, good and bad, for the tests of avatars and logos."""

import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

TOMATO = (224, 82, 53)


def picture_bytes(form: str = "PNG", size: tuple[int, int] = (400, 300), **options: Any) -> bytes:
    """Return an encoded picture; `color` and what Pillow's `save` takes are options."""
    color = options.pop("color", TOMATO)
    encoded = BytesIO()
    Image.new("RGBA" if len(color) == 4 else "RGB", size, color).save(encoded, form, **options)
    return encoded.getvalue()


def upload(data: bytes | None = None, name: str = "me.png") -> SimpleUploadedFile:
    """Return a file as a browser sends it; the name and the type it claims are not believed."""
    return SimpleUploadedFile(name, picture_bytes() if data is None else data, content_type="text/html")


def huge_png(width: int, height: int) -> bytes:
    """Return a PNG of a few bytes that claims this many pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = [(b"IHDR", header), (b"IDAT", zlib.compress(b"")), (b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, data) for name, data in chunks)


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
