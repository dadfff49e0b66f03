"""What a page says of offers: all of them side by side, the one that stands, and the demos that signing closes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from submissions import exclusivity
from submissions.choices import Deal, State
from submissions.models import Offer, Submission
from submissions.offers.terms import Terms
from submissions.offers.wording import EXPLAINED, NAMES, TermLine, lines_of
from submissions.transition_table import DEALS


@dataclass(frozen=True)
class OfferColumn:
    """One offer: whose it is, its terms line by line, and its text; what differs from the offer before is marked."""

    offer: Offer
    lines: list[TermLine]
    is_text_changed: bool

    @property
    def number(self) -> int:
        return self.offer.number

    @property
    def made_at(self) -> datetime:
        return self.offer.event.recorded_at

    @property
    def is_counter(self) -> bool:
        return self.offer.is_counter

    @property
    def whose(self) -> str:
        return "Counter-offer" if self.is_counter else "Offer"

    @property
    def is_removed(self) -> bool:
        return self.offer.redacted_at is not None

    @property
    def deal_words(self) -> str:
        return EXPLAINED.get(self.offer.terms.get("deal", ""), "")


@dataclass(frozen=True)
class TermRow:
    """One term over all offers, with what the word means."""

    name: str
    explanation: str
    cells: list[TermLine | None]


@dataclass(frozen=True)
class Offers:
    """All offers of a submission, oldest first; `is_open` while one can still be answered."""

    columns: list[OfferColumn]
    is_open: bool
    is_signed: bool

    @property
    def current(self) -> OfferColumn:
        return self.columns[-1]

    @property
    def rows(self) -> list[TermRow]:
        return [
            TermRow(name, EXPLAINED.get(field, ""), [_cell(column, place) for column in self.columns])
            for place, (field, name) in enumerate(NAMES.items())
        ]

    @property
    def signed(self) -> OfferColumn | None:
        """The offer that was signed: the last one, which is the label’s."""
        return self.columns[-1] if self.is_signed else None


def _cell(column: OfferColumn, place: int) -> TermLine | None:
    return column.lines[place] if column.lines else None


def offers_of(submission: Submission) -> Offers | None:
    """Return the offers with their events, None if there are none. One query."""
    found = list(submission.offers.select_related("event").order_by("number"))
    return offers_from(submission, found) if found else None


def offers_from(submission: Submission, found: Sequence[Offer]) -> Offers:
    columns = [_column(offer, found[place - 1] if place else None) for place, offer in enumerate(found)]
    return Offers(
        columns,
        is_open=submission.state in (State.ACCEPTED, State.COUNTERED),
        is_signed=submission.state in DEALS,
    )


def _column(offer: Offer, before: Offer | None) -> OfferColumn:
    if offer.redacted_at:
        return OfferColumn(offer, [], is_text_changed=False)
    former = Terms(**before.terms) if before and not before.redacted_at else None
    is_new_text = before is not None and not before.redacted_at and before.text != offer.text
    return OfferColumn(offer, lines_of(Terms(**offer.terms), former), is_text_changed=is_new_text)


@dataclass(frozen=True)
class OpenDemo:
    """Another open demo of the track; `must_close` says that it cannot stay."""

    submission: Submission
    must_close: bool


def open_demos(submission: Submission, *, exclusively: bool) -> list[OpenDemo]:
    """Return the track's other open demos, which signing or a hold may close. One query."""
    return [
        OpenDemo(other, exclusivity.must_close(other, exclusively=exclusively))
        for other in exclusivity.closable(submission)
    ]


def signing_context(submission: Submission, offers: Offers | None) -> dict[str, Any]:
    """Return what the page of a signature says of other demos of the track, and of what stands against it."""
    terms = offers.current.offer.terms if offers else {}
    exclusively = terms.get("deal") != Deal.NON_EXCLUSIVE
    return {
        "demos": open_demos(submission, exclusively=exclusively),
        "bound": exclusivity.binding_sentence(submission, exclusively=exclusively),
        "is_exclusive": exclusively,
    }
