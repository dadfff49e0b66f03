"""Labels, people and intakes for tests, here and in the apps above."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils.text import slugify

from accounts.models import User
from catalog.models import Genre
from kit.clock import now
from labels.choices import QuestionKind, Role, Status
from labels.directory.response_record import begin_record
from labels.models import Intake, Label, Membership, Question, ReplyTemplate, ResponseRecord, Suspension
from trackflow.testing.replays import replayed

_numbers = count(1)
REPLY = "Dear {artist}, “{title}” ({reference}) is not for {label}. {me}"


@replayed
def make_label(name: str = "Harbour", status: str = Status.VERIFIED, **fields: Any) -> Label:
    """Create a label with its standing intake, without a team; `genres` are slugs.

    A suspended label gets its open suspension.
    """
    genres = Genre.objects.filter(slug__in=fields.pop("genres", []))
    label = Label.objects.create(name=name, slug=fields.pop("slug", slugify(name)), status=status, **fields)
    label.genres.set(genres)
    make_intake(label)
    if status == Status.VERIFIED:
        begin_record(label)
    if status == Status.SUSPENDED:
        Suspension.objects.create(label=label, reason="Asked for money.", started_at=label.created_at)
    return label


@replayed
def make_user(email: str | None = None, **fields: Any) -> User:
    """Create a person without a password; sign in with `client.force_login`."""
    return User.objects.create_user(email or f"person{next(_numbers)}@example.com", **fields)


@replayed
def make_member(label: Label, role: Role = Role.OWNER, email: str | None = None) -> User:
    """Create a person in the label's team."""
    email = email or f"{role.label}{next(_numbers)}@example.com"
    user = make_user(email, name=role.label.title(), runs_label=True)
    Membership.objects.create(label=label, user=user, role=role)
    return user


@replayed
def make_intake(label: Label, **fields: Any) -> Intake:
    """Create an intake, the standing one unless it has a `call_name`; `genres` are slugs."""
    genres = Genre.objects.filter(slug__in=fields.pop("genres", []))
    intake = Intake.objects.create(label=label, **fields)
    intake.genres.set(genres)
    return intake


@replayed
def make_question(intake: Intake, kind: str = QuestionKind.SHORT, **fields: Any) -> Question:
    """Create a question of an intake; the kinds with choices get three."""
    options = ["red", "green", "blue"] if kind in (QuestionKind.CHOICE, QuestionKind.CHOICES) else []
    return Question.objects.create(
        intake=intake, kind=kind, **{"text": f"What about {kind}?", "options": options, **fields}
    )


def make_record(label: Label, **fields: Any) -> ResponseRecord:
    """Write a label's response record of the last ninety days, as it says."""
    moment = now()
    said = {"since": moment - timedelta(days=90), "computed_at": moment, **fields}
    return ResponseRecord.objects.update_or_create(label=label, defaults=said)[0]


def make_template(
    label: Label, name: str = "Kind no", outcome: str = "reject", **fields: str
) -> ReplyTemplate:
    """Create a reply template; one for a pass names reason and welcome unless it is told otherwise."""
    said = {"text": REPLY, **fields}
    if outcome == "reject":
        said = {"reason": "production", "welcome": "this_again", **said}
    return ReplyTemplate.objects.create(label=label, outcome=outcome, name=name, **said)
