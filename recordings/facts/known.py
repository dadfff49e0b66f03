"""What is known of recordings: of all that sources say, what counts, and the rest beside it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from recordings.choices import Fact, Source
from recordings.models import Metadatum, Recording

_RANK: Mapping[str, int] = {source: rank for rank, source in enumerate(Source)}


@dataclass(frozen=True, slots=True)
class Known:
    """A fact with all that is said of it, what counts first."""

    said: tuple[Metadatum, ...]

    @property
    def counts(self) -> Metadatum:
        return self.said[0]

    @property
    def value(self) -> str:
        return self.counts.value

    @property
    def is_open(self) -> bool:
        """Whether measuring could not tell, and a person has to pick among `counts.candidates`."""
        return bool(self.counts.candidates)

    @property
    def settled(self) -> str:
        """The value, "" while it is open."""
        return "" if self.is_open else self.value


Facts = Mapping[Fact, Known]


def effective(recording: Recording) -> Facts:
    """Return what is known of a recording as a whole. One query."""
    return effective_of([recording])[recording.pk]


def said_of(recording: Recording) -> list[Metadatum]:
    """Return all that is said of a recording, as a whole and from part to part. One query."""
    return list(Metadatum.objects.filter(recording=recording).select_related("by"))


def known_from(said: Iterable[Metadatum]) -> Facts:
    """Return what is known of a recording as a whole, in the order of `Fact`, from all that is said of it."""
    by_fact: dict[Fact, list[Metadatum]] = defaultdict(list)
    for row in said:
        if row.begin_ms is None:
            by_fact[Fact(row.key)].append(row)
    return {
        fact: Known(tuple(sorted(by_fact[fact], key=lambda row: _RANK[row.source])))
        for fact in Fact
        if fact in by_fact
    }


def effective_of(recordings: Iterable[Recording]) -> Mapping[int, Facts]:
    """Return what is known of each recording as a whole, by primary key. One query for all."""
    ids = [each.pk for each in recordings]
    said: dict[int, list[Metadatum]] = {pk: [] for pk in ids}
    for row in Metadatum.objects.filter(recording__in=ids, begin_ms=None).select_related("by"):
        said[row.recording_id].append(row)
    return {pk: known_from(rows) for pk, rows in said.items()}
