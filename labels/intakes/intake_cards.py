"""What a label's public page and its card in the directory say about its intakes."""

from dataclasses import dataclass
from datetime import datetime

from catalog.music.genres import genre_names
from kit.clock import now
from labels.directory.response_record import Recorded, recorded
from labels.intakes import rule_words
from labels.models import Intake, Label


@dataclass(frozen=True)
class Offer:
    """One public intake as a producer reads it."""

    intake: Intake
    is_open: bool
    opening: str
    promise: str
    grace: str

    def rules(self) -> list[tuple[str, str]]:
        """The rules in words; asks for genres and questions."""
        return rule_words.rules(self.intake)


@dataclass(frozen=True)
class Card:
    """A label in the directory with the offer that speaks for it: the first open one, else the first."""

    label: Label
    genres: list[str]
    offer: Offer | None
    open_count: int
    recorded: Recorded


def offers_of(label: Label, at: datetime | None = None) -> list[Offer]:
    """Return the public intakes, the standing one first; calls that are over are left out.

    Wants a label that came `labels.directory.queries.with_public_intakes`.
    """
    at = at or now()
    public = [intake for intake in label.intakes.all() if not intake.access_code]
    return [_offer(intake, at) for intake in public if not _is_over(intake, at)]


def card_of(label: Label) -> Card:
    """Return the label's card for the directory; wants what `labels.directory.queries.directory` loads."""
    offers = offers_of(label)
    opened = [offer for offer in offers if offer.is_open]
    speaking = next(iter([*opened, *offers]), None)
    return Card(label, genre_names(label.genres.all()), speaking, len(opened), recorded(label))


def _offer(intake: Intake, at: datetime) -> Offer:
    opening, promise = rule_words.opening(intake, at), rule_words.promise(intake)
    return Offer(intake, intake.is_open(at), opening, promise, rule_words.grace(intake))


def _is_over(intake: Intake, at: datetime) -> bool:
    return bool(intake.call_name and intake.closes_at and intake.closes_at <= at)
