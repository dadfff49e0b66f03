"""A local AcoustID, which knows one fingerprint."""

from dataclasses import dataclass, field
from typing import Any

from sources.acoustid import compress
from sources.testing.musicbrainz import recording_id
from sources.testing.server import Asked, LocalSource, Reply

FINGERPRINT = [1_234_567, 1_234_599, 4_000_000_000, 77]


def result_row(number: int, score: float, **changes: Any) -> dict[str, Any]:
    recording = {
        "id": recording_id(number),
        "title": f"Night {number} (Extended Mix)",
        "duration": 360,
        "artists": [{"name": "Nova", "joinphrase": " feat. "}, {"name": "Ola"}],
        "releasegroups": [{"title": "All Nights"}],
        **changes,
    }
    return {"id": f"result-{number}", "score": score, "recordings": [recording]}


@dataclass
class LocalAcoustid(LocalSource):
    key: str = "acoustid-key-qzx"
    known: dict[str, list[dict[str, Any]]] = field(
        default_factory=lambda: {compress(FINGERPRINT): [result_row(2, 0.7), result_row(1, 0.97)]}
    )

    def settings(self) -> dict[str, dict[str, Any]]:
        return {"acoustid": {"is_on": True, "url": self.url("/v2"), "key": self.key}}

    def reply(self, asked: Asked) -> Reply:
        if asked.method != "POST" or asked.path != "/v2/lookup":
            return Reply({"status": "error", "error": {"code": 2, "message": "missing"}}, 400)
        if asked.form.get("client") != self.key:
            return Reply({"status": "error", "error": {"code": 4, "message": "invalid API key"}}, 400)
        return Reply({"status": "ok", "results": self.known.get(asked.form["fingerprint"], [])})
