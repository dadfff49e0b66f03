"""What the pages of a producer's transitions need beside their form: the offers, a hold, other demos of the track."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from kit.forms import ActionForm
from submissions.choices import Transition
from submissions.holds.page import hold_words
from submissions.models import Event, Submission
from submissions.offers.first_values import counter_values
from submissions.offers.page import offers_of, open_demos, signing_context
from submissions.producer_pages.forms import FORMS

ANSWERS = frozenset({Transition.SIGN, Transition.COUNTER, Transition.DECLINE})
HOLDS = frozenset({Transition.AGREE_HOLD, Transition.REFUSE_HOLD})
TEMPLATES: Mapping[str, str] = MappingProxyType(
    {
        Transition.SIGN.value: "submissions/offers/sign.html",
        Transition.COUNTER.value: "submissions/offers/counter.html",
        Transition.DECLINE.value: "submissions/offers/decline.html",
        Transition.AGREE_HOLD.value: "submissions/holds/answer.html",
        Transition.REFUSE_HOLD.value: "submissions/holds/answer.html",
    }
)
"""Pages of their own."""


def unbound_form(submission: Submission, transition: str) -> ActionForm:
    """Return the form of a producer's transition before anything is typed."""
    initial: dict[str, Any] = {"slot": next(iter(submission.dead_links), "audio")}
    if transition == Transition.COUNTER:
        initial = counter_values(submission)
    return FORMS[transition](turn=submission.turn, initial=initial)


def further_context(submission: Submission, transition: str, form: ActionForm) -> dict[str, Any]:
    """Return what the page of a transition shows beside its form; an unbound one signs the offer that is shown."""
    if transition in ANSWERS:
        offers = offers_of(submission)
        if transition != Transition.SIGN:
            return {"offers": offers}
        if offers and not form.is_bound:
            form.initial["offer_digest"] = offers.current.offer.digest_hex
        return {"offers": offers, **signing_context(submission, offers)}
    if transition in HOLDS:
        events = Event.objects.of(submission)
        demos = open_demos(submission, exclusively=False) if transition == Transition.AGREE_HOLD else []
        return {"hold": hold_words(submission, events, team=False), "demos": demos}
    return {}
