"""What a track's page shows of its submissions: where it was sent, what to do next, and labels that fit it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import prefetch_related_objects

from accounts.models import User
from catalog.models import Track
from kit.clock import now
from kit.routes import url_for
from labels.directory.fit import Level
from labels.directory.fit_order import BY_FIT, with_fit
from labels.directory.queries import directory
from labels.intakes.intake_cards import label_card_of
from submissions.choices import Ball, State, Welcome
from submissions.fit.candidate import candidate_of, passes_of, tries_of
from submissions.models import Submission
from submissions.multi_send.plans import plan_of
from submissions.next_steps import REWORK
from submissions.producer_pages import listing
from submissions.producer_pages.cards import Card, cards
from submissions.track_page.next_step import next_step
from submissions.transition_table import RULES

TURNS = [Ball.PRODUCER, Ball.LABEL, Ball.NOBODY]
MOST_TRIES, MOST_FITS = 20, 3
REASONS = {value: words for rule in RULES.values() if rule.reasons for value, words in rule.reasons.choices}
WELCOME = {
    Welcome.ANOTHER: "Another track is welcome.",
    Welcome.THIS_AGAIN: "They would like to hear it again, reworked.",
}


@dataclass(frozen=True)
class Try:
    """A submission of the track: its card, what was said with the outcome, and what can be done with it."""

    card: Card
    outcome: str
    action: str
    href: str


def track_parts(user: User, track: Track) -> dict[str, Any]:
    """Return the context of the track's page. The number of queries does not depend on how many labels have it."""
    tries = tries_of(track)
    candidate = candidate_of(user, track, tries)
    ranked = with_fit(directory(), candidate, now())
    best = ranked.filter(level__gte=Level.ANY_GENRE).prefetch_related("intakes__genres").order_by(*BY_FIT)
    plan = plan_of(track)
    return {
        "tries": _tries(track, tries[:MOST_TRIES]),
        "more_tries": max(0, len(tries) - MOST_TRIES),
        "next": next_step(track, candidate, tries, plan, ranked.filter(level__gte=Level.CHECK).count()),
        "fits": [label_card_of(label, candidate) for label in best[:MOST_FITS]],
        "candidate": candidate,
    }


def _tries(track: Track, tries: Sequence[Submission]) -> list[Try]:
    """Return the submissions as rows: those that wait for the producer, then the labels', then what is done."""
    shown = listing.in_tab(listing.own_of(track), "all").filter(pk__in=[each.pk for each in tries])
    rows = sorted(shown, key=_urgency)
    prefetch_related_objects(rows, "label__suspensions", "intake")
    welcome = passes_of([each.pk for each in rows if each.state == State.REJECTED])
    return [_try(card, welcome.get(card.submission.pk, "")) for card in cards(rows, now())]


def _urgency(submission: Submission) -> tuple[int, bool, float]:
    moved = submission.moved_at or submission.created_at
    return TURNS.index(submission.ball), submission.is_draft, -moved.timestamp()


def _try(card: Card, welcome: str) -> Try:
    submission = card.submission
    reason = REASONS.get(submission.reason, "")
    said = " ".join([f"{reason}." if reason else "", str(WELCOME.get(welcome, ""))]).strip()  # type: ignore[call-overload]
    if submission.is_draft:
        return Try(card, said, "Finish and send", card.href)
    if submission.state == State.CHANGES_REQUESTED:
        href = url_for("submissions:resubmit", submission.reference)
        return Try(card, said, "Send a new revision", href)
    if submission.state == State.ACCEPTED:
        return Try(card, said, "Answer the offer", card.href)
    if card.step and card.step.words == REWORK:
        return Try(card, said, REWORK, card.step.path)
    return Try(card, said, "", "")
