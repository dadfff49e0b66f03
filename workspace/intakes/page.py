"""The pages of a label's intakes: the list and an intake's form."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

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
from labels.intakes.changes import settings_of
from labels.intakes.service import stamp_of
from labels.models import Intake
from labels.questions.answers import current_questions
from submissions.models import Submission
from workspace.access import common_context
from workspace.intakes.effects import FIELDS, MOST_DEMOS, Effects, effects_of, recent_demos_of
from workspace.intakes.forms import IntakeForm, PauseForm, is_call

NEWEST_FIRST = ("-id",)
ROWS = 30


class Opening(TextChoices):
    """Whether an intake is open now, and if not, why."""

    OPEN = "open", "Open"
    LATER = "later", "Opens later"
    PAUSED = "paused", "Closed for now"
    OVER = "over", "Over"
    BEHIND = "behind", "Closed until you catch up"
    SHUT = "shut", "Not open"


@dataclass(frozen=True)
class Row:
    """An intake in the list; `link` is the URL of a call's page."""

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
    """Return the context of the list: the standing intake, then calls, newest first. Five queries."""
    intakes = Intake.objects.filter(label=desk.label)
    calls = pages.page(intakes.exclude(call_name=""), query, order=NEWEST_FIRST, size=ROWS)
    rows = [*intakes.filter(call_name=""), *calls.items]
    for intake in rows:
        intake.label = desk.label
    prefetch_related_objects(rows, Prefetch("genres", Genre.objects.all()), "questions")
    forms = {refused[0].pk: refused[1]} if refused else {}
    return {**common_context(desk), "page": calls, "rows": _rows(user, desk, rows, forms)}


def opening_of(intake: Intake, at: datetime) -> Opening:
    """Return whether an intake is open at this moment, and if not, why."""
    if not intake.label.is_verified:
        return Opening.SHUT
    if intake.closes_at and intake.closes_at <= at:
        return Opening.OVER
    if intake.is_paused:
        return Opening.PAUSED
    if intake.label.is_behind:
        return Opening.BEHIND
    return Opening.LATER if intake.opens_at and intake.opens_at > at else Opening.OPEN


def link_to(intake: Intake) -> str:
    """Return the URL of a call's page; a private one has its code behind the “#”, where no server sees it."""
    page = settings.BASE_URL + reverse("labels:call", args=[intake.label.slug, intake.code])
    return f"{page}#{urlencode({'code': intake.access_code})}" if intake.access_code else page


def pause_form(intake: Intake, data: Any = None) -> PauseForm:
    """Return the form that closes or reopens an intake; uses prefetched genres."""
    initial = {"stamp": stamp_of(intake), "message": intake.message}
    return PauseForm(data, initial=initial, auto_id=f"{intake.code}-%s")


def _rows(user: User, desk: Desk, intakes: list[Intake], forms: dict[int, PauseForm]) -> list[Row]:
    at_desk, at = Submission.objects.at_desk(user, desk.label), now()
    demos = [at_desk.filter(intake=intake) for intake in intakes]
    counts = capped_counts([rows for each in demos for rows in (each, each.waiting())])
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


EFFECT_FIELDS = ",".join(sorted({name for names in FIELDS.values() for name in names}))
"""The fields sent with a request for effects; texts and access codes never go into a URL."""


def form_of(intake: Intake, data: Any = None) -> IntakeForm:
    """Return the form of an intake; validating `data` changes the intake in place."""
    return IntakeForm(data, instance=intake, initial={"stamp": stamp_of(intake) if intake.pk else ""})


def form_page_of(user: User, desk: Desk, form: IntakeForm, **more: Any) -> dict[str, Any]:
    """Return the context of the form's page; validates a bound form."""
    intake = form.instance
    effects = typed_effects(user, form) if form.is_bound else _effects_of_saved(user, intake)
    return {
        **common_context(desk),
        **effect_page_of(effects),
        "form": form,
        "intake": intake,
        "is_call": is_call(intake),
        "counted": EFFECT_FIELDS,
        **more,
    }


def effect_page_of(effects: Effects) -> dict[str, Any]:
    """Return the context of the effect lines next to the rules."""
    return {
        "effects": effects.by_rule,
        "total": effects.total,
        "is_capped": effects.is_capped,
        "most": MOST_DEMOS,
    }


def typed_effects(user: User, form: IntakeForm) -> Effects:
    """Return the effects of the typed rules."""
    wrong = form.errors.keys()
    return effects_of(
        form.instance, form.typed_genres(), recent_demos_of(user, form.instance.label), wrong=wrong
    )


def conflicts(typed: IntakeForm, fresh: Intake) -> list[tuple[str, str]]:
    """Return the saved settings that differ from the typed ones: (name, saved words)."""
    saved, mine = settings_of(fresh, fresh.genres.all()), settings_of(typed.instance, typed.typed_genres())
    return [(name, words) for name, words in saved.items() if mine[name] != words and name != "state"]


def _effects_of_saved(user: User, intake: Intake) -> Effects:
    genres = list(intake.genres.all()) if intake.pk else []
    return effects_of(intake, genres, recent_demos_of(user, intake.label))
