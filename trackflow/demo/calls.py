"""The calls of the demo's big label: a private one until June with questions of every kind, one over, one paused."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from activity import log
from activity.models import Activity
from catalog.models import Genre
from kit.clock import at
from labels.choices import AIPolicy, ExclusivityPolicy, QuestionKind, Strictness
from labels.intakes import service as intakes
from labels.models import Intake, Label, Question
from labels.questions import service as questions

K = QuestionKind

JUNE: Mapping[str, Any] = {
    "call_name": "Zehn Jahre Kies, a compilation",
    "message": "Twelve tracks for our tenth birthday, on two records. By invitation: the code is from one of us.",
    "access_code": "HINTERHOF10",
    "genre_strictness": Strictness.WARN,
    "tempo_from": 120,
    "tempo_to": 130,
    "tempo_strictness": Strictness.WARN,
    "required_fields": ["tempo", "key", "duration"],
    "ai_policy": AIPolicy.NONE,
    "exclusivity_policy": ExclusivityPolicy.EXCLUSIVE,
    "unreleased_only": True,
    "most_open": 2,
    "promise_days": 30,
}
OVER: Mapping[str, Any] = {
    "call_name": "Hoffest, the summer EP",
    "message": "Four tracks for the evening in the yard. Thank you all; the record is out in spring.",
    "promise_days": 21,
}
PAUSED: Mapping[str, Any] = {"call_name": "Remixes of KW 031", "promise_days": 14, "unreleased_only": True}
FULL = "We have more stems out than we can listen to. Open again as soon as the pile is small."

QUESTIONS: tuple[tuple[QuestionKind, str, Mapping[str, Any]], ...] = (
    (K.SHORT, "Where did we meet?", {"is_required": True}),
    (K.LONG, "What happened to you in our yard?", {"help_text": "We print the best ones in the sleeve."}),
    (K.NUMBER, "How many of our records do you own?", {}),
    (K.CHOICE, "Which side should it open?", {"options": ["A", "B", "C", "D"], "is_required": True}),
    (K.CHOICES, "What could you send us as stems?", {"options": ["Drums", "Bass", "Keys", "Voice"]}),
    (K.YES_NO, "May we cut it to vinyl?", {"is_required": True}),
    (K.LINK, "A picture for the sleeve", {"help_text": "Where we can see it, not the file."}),
    (K.DATE, "When could the master be ready?", {}),
)


def call(label: Label, owner: User, today: datetime) -> None:
    """Make the label's calls as its owner would, each on its day."""
    june = _call(label, owner, JUNE, today - timedelta(days=6), closes_at=_end_of_june(label, today))
    with at(today - timedelta(days=5)):
        for kind, text, fields in QUESTIONS:
            questions.add(Question(intake=june, kind=kind, text=text, **fields))
            _log(Activity.Kind.QUESTION_ADDED, june, owner, question=text)
    _call(label, owner, OVER, today - timedelta(days=120), closes_at=today - timedelta(days=60))
    paused = _call(label, owner, PAUSED, today - timedelta(days=45))
    with at(today - timedelta(days=10)):
        intakes.pause(paused, message=FULL, stamp=intakes.stamp_of(paused))
        _log(Activity.Kind.INTAKE_CLOSED, paused, owner)


def _call(
    label: Label, owner: User, fields: Mapping[str, Any], day: datetime, *, closes_at: datetime | None = None
) -> Intake:
    genres = Genre.objects.filter(slug__in=("tech-house", "minimal-deep-tech"))
    with at(day):
        made = intakes.create(Intake(label=label, closes_at=closes_at, **fields), genres=list(genres))
        _log(Activity.Kind.CALL_MADE, made, owner)
    return Intake.objects.get(pk=made.pk)


def _end_of_june(label: Label, today: datetime) -> datetime:
    """Return the next 30 June, one minute to midnight on the label's clocks."""
    last = today.astimezone(label.zone).replace(month=6, day=30, hour=23, minute=59, second=0, microsecond=0)
    return last if last > today else last.replace(year=last.year + 1)


def _log(kind: Activity.Kind, intake: Intake, owner: User, **details: Any) -> None:
    log.write(kind, label=intake.label, actor=owner, intake=intake.title, **details)
