"""A local Spotify: its tokens, tracks, albums in pages, artists and search."""

from base64 import b64encode
from dataclasses import dataclass, field
from typing import Any

from sources.testing.server import Asked, LocalSource, Reply

ALBUM, ARTIST = "4aawyAB9vmqN3uQ7FjRGTy", "0TnOYISbd1XYRBk9myaseg"
PAGE = 50


def track_id(number: int) -> str:
    return f"{number:022}"


def track_row(number: int, **changes: Any) -> dict[str, Any]:
    """Return a track as an album lists it."""
    return {
        "id": track_id(number),
        "name": f"Night {number} - Extended Mix",
        "artists": [{"name": "Nova"}, {"name": "Ola"}],
        "disc_number": 1,
        "track_number": number,
        "duration_ms": 360_000 + number,
        **changes,
    }


def album_row(songs: int, **changes: Any) -> dict[str, Any]:
    """Return an album as a search lists it."""
    images = [
        {"url": f"https://i.scdn.co/image/{side}", "width": side, "height": side} for side in (640, 300, 64)
    ]
    return {
        "id": ALBUM,
        "name": "All Nights",
        "artists": [{"name": "Nova"}],
        "release_date": "2024-05-01",
        "images": images,
        "label": "Sundown",
        "external_ids": {"upc": "5012345678900"},
        "total_tracks": songs,
        **changes,
    }


@dataclass
class LocalSpotify(LocalSource):
    """`songs`: how many the album has. `expire_tokens` makes it refuse those it gave."""

    key: str = "client-id"
    secret: str = "client-secret-qzx"  # noqa: S105  # of this server alone
    songs: int = 24
    tokens: set[str] = field(default_factory=set)
    given: int = 0

    def settings(self) -> dict[str, dict[str, Any]]:
        urls = {"url": self.url("/v1"), "token_url": self.url("/api/token")}
        return {"spotify": {"is_on": True, **urls, "key": self.key, "secret": self.secret}}

    def expire_tokens(self) -> None:
        self.tokens.clear()

    def reply(self, asked: Asked) -> Reply:
        if asked.path == "/api/token":
            return self._token(asked)
        if asked.headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return Reply({"error": {"status": 401, "message": "The access token expired"}}, 401)
        match asked.path.split("/")[2:]:
            case ["tracks"]:
                ids = asked.params["ids"].split(",")
                return Reply({"tracks": [self._track(int(each)) for each in ids]})
            case ["tracks", name] if 0 < int(name) <= self.songs:
                return Reply(self._track(int(name)))
            case ["albums", name] if name == ALBUM:
                return Reply(album_row(self.songs, tracks=self._page(0, PAGE)))
            case ["albums", name, "tracks"] if name == ALBUM:
                return Reply(self._page(int(asked.params["offset"]), int(asked.params["limit"])))
            case ["artists", name] if name == ARTIST:
                return Reply({"id": ARTIST, "name": "Nova", "genres": ["melodic techno"], "images": []})
            case ["search"]:
                return Reply(self._found(asked.params["type"]))
        return Reply({"error": {"status": 404, "message": "Resource not found"}}, 404)

    def _token(self, asked: Asked) -> Reply:
        pair = b64encode(f"{self.key}:{self.secret}".encode()).decode()
        if asked.headers.get("Authorization") != f"Basic {pair}":
            return Reply({"error": "invalid_client"}, 400)
        self.given += 1
        token = f"token-qzx-{self.given}"
        self.tokens.add(token)
        return Reply({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    def _track(self, number: int) -> dict[str, Any]:
        codes = {"isrc": f"GBABC24{number:05}"}
        return track_row(number, external_ids=codes, album=album_row(self.songs))

    def _page(self, first: int, limit: int) -> dict[str, Any]:
        numbers = range(first + 1, min(first + limit, self.songs) + 1)
        return {"items": [track_row(each) for each in numbers], "total": self.songs, "offset": first}

    def _found(self, kind: str) -> dict[str, Any]:
        if kind == "track":
            return {"tracks": {"items": [self._track(each) for each in range(1, min(self.songs, 3) + 1)]}}
        return {"albums": {"items": [album_row(self.songs)]}}
