"""The hosts' players, played by pages of our own that speak the same protocols."""

import io
import wave
from collections.abc import Callable
from pathlib import Path
from time import monotonic, sleep

from playwright.sync_api import Page, Route

PLAYERS = Path(__file__).parent / "players"
FRAMES = {
    "https://w.soundcloud.com/**": "soundcloud.html",
    "https://www.youtube-nocookie.com/**": "youtube.html",
    "https://player.vimeo.com/**": "vimeo.html",
}
LINKS = {
    "soundcloud": "https://soundcloud.com/maya/night-drive/s-MjcQ5BtcRPp",
    "youtube": "https://youtu.be/dQw4w9WgXcQ",
    "vimeo": "https://vimeo.com/123456789/abcdef1234",
    "audio": "https://www.dropbox.com/scl/fi/ab12/night.wav?rlkey=k3yk3y",
    "file": "https://files.example.com/demos/night.wav?sig=s3cret",
    "silent": "https://drive.google.com/file/d/1AbCdEfGhIjKlMnOpQrStUvWxYz012345/view",
}


def pose_as_hosts(page: Page) -> None:
    """Answer for every host that a player of these tests asks."""
    for pattern, name in FRAMES.items():
        page.context.route(pattern, _page(PLAYERS / name))
    page.context.route("https://www.dropbox.com/**", _sound)
    page.context.route("https://files.example.com/**", _sound)
    page.context.route("https://drive.google.com/**", _nothing)


def until(happened: Callable[[], bool], seconds: float = 10) -> None:
    """Wait until something is so that no page shows."""
    end = monotonic() + seconds
    while not happened():
        assert monotonic() < end, "it never happened"
        sleep(0.05)


def silence(seconds: int) -> bytes:
    """Return a WAV file in which nothing is to be heard."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(b"\x80" * 8000 * seconds)
    return buffer.getvalue()


def _page(path: Path) -> Callable[[Route], None]:
    return lambda route: route.fulfill(path=path, content_type="text/html")


def _sound(route: Route) -> None:
    """Answer the part that is asked for, so that a player can go to a position."""
    body, wanted = silence(30), route.request.headers.get("range", "")
    start = int(wanted.removeprefix("bytes=").split("-")[0] or 0)
    told = {"Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}", "Accept-Ranges": "bytes"}
    route.fulfill(status=206, body=body[start:], content_type="audio/wav", headers=told)


def _nothing(route: Route) -> None:
    route.fulfill(body="<!doctype html><title>Drive</title>", content_type="text/html")
