"""A label's intakes as its desk lists them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, TextChoices, prefetch_related_objects
from django.http import QueryDict
from django.urls import reverse

from accounts.models import User
from catalog.models import Genre
from kit import pages
from kit.clock import now
from kit.counts import capped_counts, display_count
from labels.access import Desk
from labels.intakes import rule_words
from labels.intakes.service import stamp_of
from labels.models import Intake
from labels.questions.answers import current_questions
from submissions.models import Submission
from workspace.access import common
from workspace.intakes.forms import PauseForm

NEWEST_FIRST = ("-id",)
ROWS = 30


class Opening(TextChoices):
    """Whether an intake takes demos now."""

    OPEN = "open", "Open"
    LATER = "later", "Opens later"
    PAUSED = "paused", "Closed for now"
    OVER = "over", "Over"
    SHUT = "shut", "Not open"


@dataclass(frozen=True)
class Row:
    """An intake in words; `link` is where a producer sends to a call."""

    intake: Intake
    opening: Opening
    sentence: str
    promise: str
    received: str
    waiting: str
    questions: int
    link: str
    pause: PauseForm


def list_page_of(
    user: User, desk: Desk, query: QueryDict, *, refused: tuple[Intake, PauseForm] | None = None
) -> dict[str, Any]:
    """Return the context of the list: the standing intake, then calls, the newest first. Five queries."""
    intakes = Intake.objects.filter(label=desk.label)
    calls = pages.page(intakes.exclude(call_name=""), query, order=NEWEST_FIRST, size=ROWS)
    rows = [*intakes.filter(call_name=""), *calls.items]
    for intake in rows:
        intake.label = desk.label
    prefetch_related_objects(rows, Prefetch("genres", Genre.objects.all()), "questions")
    forms = {refused[0].pk: refused[1]} if refused else {}
    return {**common(desk), "page": calls, "rows": _rows(user, desk, rows, forms)}


def opening_of(intake: Intake, at: datetime) -> Opening:
    """Return whether an intake takes demos at this moment, and if not, why."""
    if not intake.label.is_verified:
        return Opening.SHUT
    if intake.closes_at and intake.closes_at <= at:
        return Opening.OVER
    if intake.is_paused:
        return Opening.PAUSED
    return Opening.LATER if intake.opens_at and intake.opens_at > at else Opening.OPEN


def link_to(intake: Intake) -> str:
    """Return the address at which a producer sends to a call."""
    return f"{settings.BASE_URL}{reverse('submissions:create')}?intake={intake.code}"


def pause_form(intake: Intake, data: Any = None) -> PauseForm:
    """Return the form that closes an intake or opens it again; asks for its genres."""
    initial = {"stamp": stamp_of(intake), "message": intake.message}
    return PauseForm(data, initial=initial, auto_id=f"{intake.code}-%s")


def _rows(user: User, desk: Desk, intakes: list[Intake], forms: dict[int, PauseForm]) -> list[Row]:
    at_desk, at = Submission.objects.at_desk(user, desk.label), now()
    theirs = [at_desk.filter(intake=intake) for intake in intakes]
    counts = capped_counts([rows for each in theirs for rows in (each, each.waiting())])
    return [
        Row(
            intake=intake,
            opening=opening_of(intake, at),
            sentence=rule_words.opening(intake, at),
            promise=rule_words.promise(intake),
            received=display_count(counts[2 * place]),
            waiting=display_count(counts[2 * place + 1]),
            questions=len(current_questions(intake)),
            link=link_to(intake) if intake.call_name else "",
            pause=forms.get(intake.pk) or pause_form(intake),
        )
        for place, intake in enumerate(intakes)
    ]
