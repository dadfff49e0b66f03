"""What `verify_history` checks of offers, signatures and holds; the guards check the same."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Q

from labels.team.record import LEEWAY
from submissions.choices import ActorRole, Deal, HoldStatus, OfferSide, Transition
from submissions.holds.status import MOST_DAYS, Hold, read_hold
from submissions.models import Event, Offer, Submission
from submissions.offers import records
from submissions.transition_table import DEALS, OFFERING, RULES

DAY = timedelta(days=1)


def offer_faults(events: Sequence[Event], offers: Sequence[Offer]) -> Iterator[str]:
    """Yield the errors of a submission's offers, of its signatures and of its holds, as sentences."""
    makers = {event.id: event for event in events if event.transition in OFFERING}
    if list(makers) != [offer.event_id for offer in offers]:
        yield "offers and the events that make them do not pair"
    text: str | None = None
    for place, offer in enumerate(offers, 1):
        event = makers.get(offer.event_id)
        if offer.number != place or _said(event, "offer") != place:
            yield f"offer {offer.number} is not number {place}"
        if _said(event, "offer_digest") != bytes(offer.digest).hex():
            yield f"offer {offer.number} is not the one its event names"
        yield from _content_faults(event, offer, text)
        text = None if offer.redacted_at else offer.text
    yield from _signature_faults(events, offers)
    yield from _hold_faults(events)


def _content_faults(event: Event | None, offer: Offer, text: str | None) -> Iterator[str]:
    """Yield what is wrong with an offer's side, words and redaction; `text` is that of the offer before, if known."""
    side = OfferSide.PRODUCER if event and event.transition == Transition.COUNTER else OfferSide.LABEL
    if offer.side != side:
        yield f"offer {offer.number} is called that of the {offer.side}"
    if event and bool(event.redacted_at) != bool(offer.redacted_at):
        yield f"offer {offer.number} and its event were not redacted together"
    if offer.redacted_at:
        if offer.terms or offer.text or bytes(offer.salt):
            yield f"offer {offer.number} is called redacted and is not empty"
        return
    try:
        is_whole = bytes(offer.digest) == records.digest(offer)
    except (TypeError, ValueError):
        is_whole = False
    if not is_whole:
        yield f"offer {offer.number} does not match its digest"
    if side == OfferSide.PRODUCER and text is not None and offer.text != text:
        yield f"offer {offer.number}, a counter-offer, has another text than the offer before"


def _signature_faults(events: Sequence[Event], offers: Sequence[Offer]) -> Iterator[str]:
    by_event = {offer.event_id: offer for offer in offers}
    last: Offer | None = None
    for event in events:
        last = by_event.get(event.id, last)
        if event.transition != Transition.SIGN:
            continue
        named = (_said(event, "offer"), _said(event, "offer_digest"))
        if last is None or last.side != OfferSide.LABEL or named != (last.number, bytes(last.digest).hex()):
            yield f"event {event.sequence} signs another offer than the last one of the label"
        elif not last.redacted_at and _said(event, "is_exclusive") != _is_exclusive(last):
            yield f"event {event.sequence} says otherwise than its offer whether the deal is exclusive"


def _is_exclusive(offer: Offer) -> bool:
    return isinstance(offer.terms, dict) and offer.terms.get("deal") != Deal.NON_EXCLUSIVE


def _hold_faults(events: Sequence[Event]) -> Iterator[str]:
    """Yield facts about holds that were not possible where the hold stood."""
    for place, event in enumerate(events):
        rule = RULES.get(event.transition)
        if rule is None or not rule.holds:
            continue
        try:
            fault = _hold_fault(event, read_hold(events[:place]))
        except (LookupError, TypeError, ValueError, AttributeError):
            continue  # its columns cannot be computed either, and that is told
        if fault:
            yield f"event {event.sequence}: {event.transition} {fault}"


def _hold_fault(event: Event, hold: Hold) -> str:
    if hold.status not in RULES[event.transition].holds:
        return f"came where the hold was {HoldStatus(hold.status).value}"
    if event.transition == Transition.HOLD and not 1 <= event.payload["days"] <= MOST_DAYS:
        return f"asks for {event.payload['days']} days"
    if event.transition == Transition.AGREE_HOLD:
        until = datetime.fromisoformat(event.payload["held_until"])
        return "" if until <= event.recorded_at + hold.days * DAY else "runs longer than was asked for"
    is_early = hold.due is not None and event.recorded_at + LEEWAY < hold.due
    if event.transition == Transition.END_HOLD and event.actor_role == ActorRole.SYSTEM and is_early:
        return "came before its time"
    return ""


def binding_faults(references: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    """Yield (reference, fault) of tracks with more than one running hold, or more than one exclusive deal."""
    bound = {"held": Q(is_held=True), "signed exclusively": Q(is_exclusive=True, state__in=DEALS)}
    for words, condition in bound.items():
        rows = Submission.objects.filter(condition).order_by()
        twice = rows.values("track").annotate(count=Count("pk")).filter(count__gt=1).values("track")
        faulty = rows.filter(track__in=twice).order_by("pk")
        if references is not None:
            faulty = faulty.filter(reference__in=references)
        for reference in faulty.values_list("reference", flat=True):
            yield reference, f"its track is {words} elsewhere too"


def _said(event: Event | None, name: str) -> Any:
    return event.payload.get(name) if event and isinstance(event.payload, dict) else None
