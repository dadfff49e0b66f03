"""Cards of intakes on a label's public page, and cards of labels in the directory."""

from dataclasses import dataclass
from datetime import datetime

from catalog.music.genres import genre_names
from kit.clock import now
from labels.directory.fit import Candidate, Fit, best_fit
from labels.directory.response_record import RecordSummary, record_summary
from labels.intakes import rule_words
from labels.models import Intake, Label


@dataclass(frozen=True)
class IntakeCard:
    """An intake as producers see it."""

    intake: Intake
    is_open: bool
    opening: str
    promise: str
    grace: str

    def rules(self) -> list[tuple[str, str]]:
        """Return the rules in words; uses prefetched genres and questions."""
        return rule_words.rules(self.intake)


@dataclass(frozen=True)
class LabelCard:
    """A label in the directory, with its first open intake, or its first if none is open.

    For a track it is the intake that suits the track best, with its `fit`.
    """

    label: Label
    genres: list[str]
    intake_card: IntakeCard | None
    open_count: int
    record_summary: RecordSummary
    fit: Fit | None = None


def intake_cards_of(label: Label, at: datetime | None = None) -> list[IntakeCard]:
    """Return cards of the public intakes, the standing one first, without calls that have ended.

    The label comes from `labels.directory.queries.with_public_intakes`.
    """
    at = at or now()
    public = [intake for intake in label.intakes.all() if not intake.access_code]
    return [intake_card_of(intake, at) for intake in public if not _is_over(intake, at)]


def label_card_of(label: Label, candidate: Candidate | None = None, at: datetime | None = None) -> LabelCard:
    """Return the label's card in the directory; the label comes from `labels.directory.queries.directory`.

    With a track the intakes' genres are needed too.
    """
    at = at or now()
    cards = intake_cards_of(label, at)
    open_cards = [card for card in cards if card.is_open]
    fit = best_fit(label, candidate, at) if candidate else None
    shown = next((card for card in cards if fit and card.intake == fit.intake), None)
    shown = shown or next(iter([*open_cards, *cards]), None)
    genres = genre_names(label.genres.all())
    return LabelCard(label, genres, shown, len(open_cards), record_summary(label), fit)


def intake_card_of(intake: Intake, at: datetime) -> IntakeCard:
    """Return the card of an intake with its label, genres and questions."""
    opening, promise = rule_words.opening(intake, at), rule_words.promise(intake)
    return IntakeCard(intake, intake.is_open(at), opening, promise, rule_words.grace(intake))


def _is_over(intake: Intake, at: datetime) -> bool:
    return bool(intake.call_name and intake.closes_at and intake.closes_at <= at)
