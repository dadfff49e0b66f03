"""A local 1001Tracklists: robots.txt, and pages of sets in JSON-LD or in microdata."""

import json
from dataclasses import dataclass
from typing import Any

from sources.testing.server import Asked, LocalSource, Reply

LD_PAGE, ROW_PAGE = "/tracklist/abc123/nova-live.html", "/tracklist/def456/ola-live.html"
FORBIDDEN_PAGE = "/tracklist/private/nova.html"
ROBOTS = "User-agent: *\nDisallow: /tracklist/private/\n"
LD = {
    "@context": "https://schema.org",
    "@type": "MusicPlaylist",
    "name": "Nova live",
    "track": [
        {
            "@type": "MusicRecording",
            "name": "Nova - Night (Extended Mix)",
            "byArtist": {"name": "Nova"},
            "startOffset": 0,
        },
        {"@type": "MusicRecording", "name": "ID - ID"},
        {
            "@type": "MusicRecording",
            "name": "Dusk",
            "byArtist": [{"name": "Ola"}, {"name": "Pim"}],
            "startOffset": "PT1H2M3S",
        },
    ],
}
ROW = """
<div class="tlpTog bItm tlpItem"><input type="hidden" id="tlp{n}_cue_seconds" value="{seconds}"><span>{mixed}</span>
<div itemprop="tracks" itemscope itemtype="http://schema.org/MusicRecording">
<meta itemprop="name" content="{name}"><meta itemprop="byArtist" content="{artist}"></div></div>"""
ROWS = [
    ("0", "", "Nova - Night (Extended Mix)", "Nova"),
    ("184", "", "ID - ID", ""),
    ("0", "w/", "Ola &amp; Pim - Dusk", "Ola &amp; Pim"),
]


def ld_page(data: Any) -> bytes:
    return f'<html><script type="application/ld+json">{json.dumps(data)}</script></html>'.encode()


def row_page() -> bytes:
    rows = [
        ROW.format(n=n, seconds=seconds, mixed=mixed, name=name, artist=artist)
        for n, (seconds, mixed, name, artist) in enumerate(ROWS)
    ]
    return f"<!DOCTYPE html><html><body>{''.join(rows)}<br></body></html>".encode()


@dataclass
class LocalTracklists(LocalSource):
    robots: str = ROBOTS

    def settings(self) -> dict[str, dict[str, Any]]:
        return {"1001tracklists": {"is_on": True, "url": self.url()}}

    def reply(self, asked: Asked) -> Reply:
        pages = {LD_PAGE: ld_page(LD), ROW_PAGE: row_page(), FORBIDDEN_PAGE: row_page()}
        if asked.path == "/robots.txt":
            return Reply(self.robots.encode(), 200 if self.robots else 404)
        return Reply(pages[asked.path]) if asked.path in pages else Reply(b"<html>Not there</html>", 404)
