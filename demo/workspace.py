"""The set-up of the demo's big label: calls, reply templates, open invitations."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from accounts.models import User
from activity import log
from activity.models import Activity
from catalog.models import Genre
from demo.cast import email_of
from demo.tables import read_csv, read_toml
from kit.clock import at
from labels import reply_templates
from labels.choices import Role
from labels.intakes import service as intakes
from labels.models import Intake, Label, Question, ReplyTemplate
from labels.questions import service as questions
from workspace.team import service as team

GENRES = ("tech-house", "minimal-deep-tech")
UNTIL_JUNE = "30 June"
Kind = Activity.Kind


def write_reply_templates(label: Label, author: User, today: datetime) -> None:
    """Create the templates as a manager, five weeks ago."""
    for place, fields in enumerate(read_toml("desk")["reply_template"]):
        with at(today - timedelta(days=35, minutes=-7 * place)):
            reply_templates.save(ReplyTemplate(label=label, **fields))
            log.write(Kind.TEMPLATE_WRITTEN, label=label, actor=author, template=fields["name"])


def invite_others(label: Label, people: Mapping[str, User], today: datetime) -> None:
    """Send an open invitation and an expired one."""
    for row in read_csv("invitations"):
        with at(today - timedelta(days=int(row["ago"]))):
            email, role = email_of(row["login"]), Role[row["role"].upper()]
            team.invite(label, email=email, role=role, days=int(row["days"]), by=people[row["by"]])


def open_calls(label: Label, owner: User, today: datetime) -> None:
    """Create the label's calls as its owner, each on its day."""
    for spec in read_toml("calls")["call"]:
        call = _call(label, owner, spec, today)
        with at(today + timedelta(days=spec["made"] + 1)):
            for each in spec.get("question", ()):
                _ask(call, owner, each)
        if "paused" in spec:
            with at(today + timedelta(days=spec["paused"])):
                intakes.pause(call, message=spec["pause_message"], stamp=intakes.stamp_of(call))
                _log(Kind.INTAKE_CLOSED, call, owner)


def _call(label: Label, owner: User, spec: Mapping[str, Any], today: datetime) -> Intake:
    closes_at, genres = _end(label, spec.get("closes"), today), Genre.objects.filter(slug__in=GENRES)
    with at(today + timedelta(days=spec["made"])):
        made = intakes.create(
            Intake(label=label, closes_at=closes_at, **spec["settings"]), genres=list(genres)
        )
        _log(Kind.CALL_MADE, made, owner)
    return Intake.objects.get(pk=made.pk)


def _ask(call: Intake, owner: User, fields: Mapping[str, Any]) -> None:
    questions.add(Question(intake=call, **fields))
    _log(Kind.QUESTION_ADDED, call, owner, question=fields["text"])


def _end(label: Label, closes: int | str | None, today: datetime) -> datetime | None:
    """Return when a call closes: so many days from now, or the next 30 June, a minute to the label's midnight."""
    if closes != UNTIL_JUNE:
        return today + timedelta(days=int(closes)) if closes else None
    last = today.astimezone(label.zone).replace(month=6, day=30, hour=23, minute=59, second=0, microsecond=0)
    return last if last > today else last.replace(year=last.year + 1)


def _log(kind: Activity.Kind, intake: Intake, owner: User, **details: Any) -> None:
    log.write(kind, label=intake.label, actor=owner, intake=intake.title, **details)
