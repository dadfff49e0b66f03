"""Effects of offers: made, revised, countered, signed."""

import hmac
from collections.abc import Collection, Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.exceptions import ValidationError

from kit import canonical
from submissions import details, exclusivity, payloads
from submissions.choices import Deal, OfferSide
from submissions.details import Context, Effect
from submissions.errors import NotPossible
from submissions.models import Offer
from submissions.offers import records
from submissions.offers.terms import LONGEST_TEXT, Terms, terms_of
from submissions.offers.wording import summary

FEWEST_DAYS, MOST_DAYS = 2, 60
LONGEST_NAME = 120


def accept(
    context: Context,
    *,
    terms: Mapping[str, Any],
    text: str = "",
    days: int | None = None,
    prepared_by: str = "",
    preparer: int = 0,
) -> Effect:
    """A label's offer, the first one or a new one."""
    read = _checked(terms, text)
    offer = records.build(context.submission, context.offer, OfferSide.LABEL, read, text)
    by = context.now + timedelta(days=_days(context, days))
    private = details.OfferWords(prepared_by, preparer, summary(read))
    return Effect(_payload(offer, canonical.moment(by)), private, write=partial(records.save, offer))


def counter(context: Context, *, terms: Mapping[str, Any]) -> Effect:
    """The producer's counter-offer: other terms, the same text, and as many days to answer as they were given."""
    last = _last(context)
    read = _checked(terms, last.text)
    if read.plain() == last.terms:
        raise ValidationError("Nothing has changed. Change at least one of the terms, or accept the offer.")
    offer = records.build(context.submission, last, OfferSide.PRODUCER, read, last.text)
    made = next(event for event in reversed(context.events) if "answer_by" in event.payload)
    by = context.now + records.days_given(made)
    return Effect(
        _payload(offer, canonical.moment(by)),
        details.OfferWords(terms=summary(read)),
        write=partial(records.save, offer),
    )


def sign(
    context: Context, *, offer_digest: str, name: str, address: str = "", close: Collection[str] = ()
) -> Effect:
    """The producer's yes to exactly this offer."""
    last = _last(context)
    if not hmac.compare_digest(offer_digest.encode(), last.digest_hex.encode()):
        raise NotPossible("This is not the offer that stands now. Read the current one before you accept it.")
    if not name.strip():
        raise ValidationError({"name": "Type your full name to accept."})
    if len(name) > LONGEST_NAME:
        raise ValidationError({"name": f"Use at most {LONGEST_NAME} characters."})
    is_exclusive = terms_of(last.terms).is_exclusive
    exclusivity.lock_track(context.submission)
    if bound := exclusivity.binding_sentence(context.submission, exclusively=is_exclusive):
        raise NotPossible(bound)
    return Effect(
        payloads.Signed(last.number, last.digest_hex, is_exclusive),
        details.Signature(name.strip(), address),
        closes=exclusivity.closed_by(context.submission, close, exclusively=is_exclusive),
    )


def default_days(answer_days: int) -> int:
    """Return the days to answer an offer that an intake's setting stands for."""
    return min(max(answer_days, FEWEST_DAYS), MOST_DAYS)


def _checked(terms: Mapping[str, Any], text: str) -> Terms:
    """Return the terms. Raises ValidationError by field for them or the text."""
    read = Terms.read(terms)
    if len(text) > LONGEST_TEXT:
        raise ValidationError({"text": f"Use at most {LONGEST_TEXT:,} characters; these are {len(text):,}."})
    if read.deal == Deal.CONTRACT and not text.strip():
        raise ValidationError({"text": "A separate contract needs its text here."})
    return read


def _days(context: Context, days: int | None) -> int:
    if days is None:
        return default_days(context.submission.intake.answer_days)
    if not FEWEST_DAYS <= days <= MOST_DAYS:
        raise ValidationError({"days": f"Give the producer {FEWEST_DAYS} to {MOST_DAYS} days to answer."})
    return days


def _payload(offer: Offer, answer_by: str) -> payloads.Offered:
    return payloads.Offered(offer.number, offer.digest_hex, answer_by)


def _last(context: Context) -> Offer:
    """Return the offer that stands. Raises NotPossible where its words were removed."""
    if context.offer is None or context.offer.redacted_at:
        raise NotPossible("The offer was removed from this history. Ask the label for a new one.")
    return context.offer
