"""What is known of a recording, for its page: every source with its confidence, what counts first."""

from dataclasses import dataclass

from recordings.choices import Fact, Source
from recordings.facts.known import Facts, Known
from recordings.facts.values import SETTABLE
from recordings.facts.words import words_of
from recordings.models import Metadatum
from recordings.recording_page.forms import FactForm


@dataclass(frozen=True)
class Said:
    """What one source says."""

    row: Metadatum

    @property
    def value(self) -> str:
        return words_of(self.row.key, self.row.value)

    @property
    def source(self) -> str:
        """Where it comes from; of what was measured, how sure that is."""
        words = str(self.row.get_source_display())
        if self.row.source == Source.PERSON and self.row.by:
            words = f"Typed by {self.row.by.name or self.row.by.email}"
        sure = self.row.confidence
        return words if sure is None else f"{words}, {round(sure * 100)}% sure"


@dataclass(frozen=True)
class FactRow:
    """A fact with all that is said of it, and the form in which a person says what is true."""

    fact: Fact
    said: tuple[Said, ...]
    is_open: bool
    candidates: tuple[tuple[str, str], ...]
    form: FactForm | None

    @property
    def has_own(self) -> bool:
        """Whether a person's value counts, which can be cleared."""
        return bool(self.said) and self.said[0].row.source == Source.PERSON


def fact_rows(known: Facts, *, may_change: bool, wrong: FactForm | None = None) -> list[FactRow]:
    """Return what is known, and what a person could add; `wrong` is a form with mistakes."""
    shown = [fact for fact in Fact if fact in known or (may_change and fact in SETTABLE)]
    return [_row(fact, known.get(fact), may_change=may_change, wrong=wrong) for fact in shown]


def _row(fact: Fact, known: Known | None, *, may_change: bool, wrong: FactForm | None) -> FactRow:
    form = None
    if may_change and fact in SETTABLE:
        own = known.value if known and not known.is_open else ""
        form = wrong if wrong and wrong.fact == fact else FactForm(fact, initial={"value": own})
    candidates = known.counts.candidates if known and known.is_open else []
    return FactRow(
        fact,
        tuple(Said(each) for each in known.said) if known else (),
        bool(known and known.is_open),
        tuple((each, words_of(fact, each)) for each in candidates),
        form,
    )
