"""A local host of covers."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image

from sources.testing.server import Asked, LocalSource, Reply


def png(side: int = 500) -> bytes:
    """Return a red square."""
    content = BytesIO()
    Image.new("RGB", (side, side), "red").save(content, "PNG")
    return content.getvalue()


@dataclass
class LocalCovers(LocalSource):
    def settings(self) -> dict[str, dict[str, Any]]:
        return {"covers": {"is_on": True, "urls": [self.url()]}}

    def reply(self, asked: Asked) -> Reply:
        return Reply(png(), 200, {"Content-Type": "image/png"}) if asked.path == "/front" else Reply(b"", 404)
