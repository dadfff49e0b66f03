"""Offers built and sealed; `submissions.workflow` saves them with their event."""

from datetime import datetime, timedelta
from typing import Any

from kit import canonical
from submissions.choices import OfferSide
from submissions.models import Event, Offer, Submission
from submissions.models.event import new_salt
from submissions.offers.terms import Terms


def last_offer(submission: Submission) -> Offer | None:
    return submission.offers.order_by("number").last()


def build(submission: Submission, last: Offer | None, side: OfferSide, terms: Terms, text: str) -> Offer:
    """Return the unsaved offer that follows `last`, sealed by its digest."""
    offer = Offer(
        submission=submission,
        number=last.number + 1 if last else 1,
        side=side.value,
        terms=terms.plain(),
        text=text,
        salt=new_salt(),
    )
    offer.digest = digest(offer)
    return offer


def content(offer: Offer) -> dict[str, Any]:
    """Return what an offer's digest covers besides its salt."""
    return {"number": offer.number, "side": offer.side, "terms": offer.terms, "text": offer.text}


def digest(offer: Offer) -> bytes:
    """Return the digest that an offer must have; not once redacted."""
    return canonical.digest(bytes(offer.salt), canonical.encode(content(offer)))


def save(offer: Offer, event: Event) -> None:
    """Store a built offer with the event that made it."""
    offer.event = event
    offer.save(force_insert=True)


def days_given(offer: Event) -> timedelta:
    """Return for how long the event of an offer leaves the other side to answer, in whole days."""
    left = datetime.fromisoformat(offer.payload["answer_by"]) - offer.recorded_at
    return timedelta(days=round(left / timedelta(days=1)))
