"""A local MusicBrainz: recordings, releases, ISRCs and searches; who does not say who they are is refused."""

from dataclasses import dataclass
from typing import Any

from sources.testing.server import Asked, LocalSource, Reply

RELEASE = "8c5d8f0e-0f0e-4a53-9d7e-0f1a2b3c4d5e"


def recording_id(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012}"


def credit(*names: str) -> list[dict[str, Any]]:
    joints = [" feat. "] * (len(names) - 1) + [""]
    return [{"name": name, "joinphrase": joint} for name, joint in zip(names, joints, strict=True)]


def release_row(**changes: Any) -> dict[str, Any]:
    return {
        "id": RELEASE,
        "title": "All Nights",
        "date": "2024-05-01",
        "artist-credit": credit("Nova"),
        "barcode": "5012345678900",
        "label-info": [{"label": {"name": "Sundown"}}],
        "cover-art-archive": {"front": True},
        **changes,
    }


def recording_row(number: int, **changes: Any) -> dict[str, Any]:
    return {
        "id": recording_id(number),
        "title": f"Night {number} (Extended Mix)",
        "length": 360_000 + number,
        "artist-credit": credit("Nova", "Ola"),
        "first-release-date": "2023-11-30",
        "isrcs": [f"GBABC24{number:05}"],
        "releases": [release_row()],
        **changes,
    }


@dataclass
class LocalMusicBrainz(LocalSource):
    """`songs`: how many recordings it knows, all on one release."""

    songs: int = 24

    def settings(self) -> dict[str, dict[str, Any]]:
        return {"musicbrainz": {"is_on": True, "url": self.url("/ws/2")}}

    def reply(self, asked: Asked) -> Reply:
        if "Trackflow/" not in asked.headers.get("User-Agent", "") or asked.params.get("fmt") != "json":
            return Reply({"error": "Say who you are."}, 403)
        match asked.path.split("/")[3:]:
            case ["recording"]:
                return Reply(
                    {"recordings": [recording_row(each, score=101 - each) for each in self._known()]}
                )
            case ["recording", mbid] if mbid in map(recording_id, self._known()):
                return Reply(recording_row(int(mbid[-12:])))
            case ["isrc", code] if code.startswith("GBABC24") and int(code[7:]) in self._known():
                return Reply({"isrc": code, "recordings": [recording_row(int(code[7:]), isrcs=[])]})
            case ["release"]:
                return Reply({"releases": [release_row(**{"track-count": self.songs, "score": 100})]})
            case ["release", mbid] if mbid == RELEASE:
                return Reply(release_row(media=[{"position": 1, "tracks": self._tracks()}]))
        return Reply({"error": "Not Found"}, 404)

    def _known(self) -> range:
        return range(1, self.songs + 1)

    def _tracks(self) -> list[dict[str, Any]]:
        return [
            {"position": each, "title": f"Night {each} (Extended Mix)", "recording": recording_row(each)}
            for each in self._known()
        ]
