"""What sources take a recording for: kept with the question, so that a person can pick another one."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Self

from recordings.choices import Fact
from recordings.facts.service import Statement
from recordings.facts.values import LONGEST, read_tag
from sources.facts import Song

PAGE = "https://musicbrainz.org/recording/{}"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A recording that sounds so, by MusicBrainz' id; `score` is how sure AcoustID is."""

    mbid: str
    score: float
    title: str
    artist: str
    mix: str = ""
    album: str = ""
    isrc: str = ""
    year: int | None = None

    @classmethod
    def of(cls, song: Song) -> Self:
        return cls(
            *(song.mbid, song.score or 0.0, song.title, song.artist),
            mix=song.mix,
            album=song.album,
            isrc=song.isrc,
            year=song.year,
        )

    @property
    def url(self) -> str:
        return PAGE.format(self.mbid)

    @property
    def percent(self) -> int:
        return round(self.score * 100)

    @property
    def as_json(self) -> dict[str, Any]:
        return asdict(self)

    def statements(self) -> list[Statement]:
        """Return what this says of the recording."""
        told = {Fact.TITLE: self.title, Fact.ARTIST: self.artist, Fact.MIX: self.mix}
        told |= {Fact.ALBUM: self.album, Fact.ISRC: self.isrc}
        values = {fact: read_tag(fact, text[:LONGEST]) for fact, text in told.items()}
        return [Statement(fact, value, self.score) for fact, value in values.items() if value]


def read(rows: Iterable[Any]) -> list[Candidate]:
    """Return the candidates that a question keeps."""
    return [Candidate(**row) for row in rows]
