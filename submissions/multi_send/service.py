"""Send one track to several labels: what each would get, its problems, and the sending.

Every label has its own draft, form and idempotency key; every submission its own transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from catalog.models import Track
from kit.errors import Gone
from labels.models import Intake
from labels.questions import answers as questions_answers
from submissions.choices import State, Transition
from submissions.copy_view import answer_words
from submissions.drafts import service as drafts
from submissions.forms import attempt
from submissions.models import Draft, Event, Submission
from submissions.permissions import Actor
from submissions.preflight.conflicts import batch_conflicts
from submissions.preflight.problems import Problem, draft_problems
from submissions.producer_pages.forms import DraftForm, draft_form, initial_of


@dataclass(frozen=True)
class Part:
    """What one label would get: a draft, stored or not, its form and its problems."""

    submission: Submission
    form: DraftForm
    problems: list[Problem] = field(default_factory=list)

    @property
    def intake(self) -> Intake:
        return self.submission.intake

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The answers in words; the form must be valid."""
        frozen = questions_answers.freeze_answers(self.intake, self.form.cleaned_data)
        return [(each["text"], answer_words(each["kind"], each["value"], links=True)) for each in frozen]

    @property
    def refusals(self) -> list[Problem]:
        return [each for each in self.problems if not each.is_gentle]

    @property
    def goes(self) -> bool:
        return not self.refusals


@dataclass(frozen=True)
class Result:
    """The result of one part: sent, or kept as a draft with the reasons."""

    label: str
    reference: str
    is_sent: bool
    reasons: list[str] = field(default_factory=list)


def parts_of(
    user: User, track: Track, intakes: Iterable[Intake], data: QueryDict | None = None
) -> list[Part]:
    """Return a part for each intake, filled from its stored draft or from `data`, with its problems."""
    parts = [_with_problems(_part(user, track, intake, data)) for intake in intakes]
    going = [part.intake for part in parts if part.goes]
    return [_with_conflicts(part, track, going) if part.goes else part for part in parts]


def deliver(producer: Actor, part: Part) -> Result:
    """Save one part as a draft and send it unless it is refused; repeated, return the first result."""
    user = part.submission.producer
    label, data = part.intake.label.name, part.form.cleaned_data
    if sent := _sent(user, data["key"]):
        return Result(label, sent, is_sent=True)
    try:
        draft = drafts.start(user, part.submission.track, part.intake)
        drafts.save(draft, part.form)
    except Gone as error:
        return Result(label, "", is_sent=False, reasons=[str(error)])
    except drafts.OpenAlreadyError as error:
        sent = _sent(user, data["key"])
        return Result(label, sent or error.live.reference, bool(sent), [] if sent else [str(error)])
    except drafts.SavedElsewhereError as error:
        return Result(label, draft.reference, is_sent=False, reasons=[f"{error} That was kept, not this."])
    reasons = [each.sentence for each in part.refusals] or _send(producer, draft, part.form)
    return Result(label, draft.reference, is_sent=not reasons, reasons=reasons)


def _part(user: User, track: Track, intake: Intake, data: QueryDict | None) -> Part:
    stored = Submission.objects.filter(track=track, label=intake.label, state=State.DRAFT).first()
    submission = stored or Submission()
    submission.producer, submission.track = user, track
    submission.label, submission.intake = intake.label, intake
    made = draft_form(intake)
    if data is not None:
        return Part(submission, made(data, prefix=intake.code))
    draft = Draft.objects.filter(submission=stored).first() if stored else None
    initial = initial_of(draft) if draft else {"saved": "new"}
    return Part(submission, made(turn=0, initial=initial, prefix=intake.code))


def _with_problems(part: Part) -> Part:
    problems = draft_problems(part.submission, is_elsewhere_gentle=False)
    return replace(part, problems=[*_unanswered(part), *problems])


def _with_conflicts(part: Part, track: Track, going: list[Intake]) -> Part:
    sentences = batch_conflicts(part.intake, track, going)
    problems = [Problem(each, part.intake.get_absolute_url(), "See what it asks for") for each in sentences]
    return replace(part, problems=[*problems, *part.problems])


def _unanswered(part: Part) -> list[Problem]:
    """Return a problem for each required question that was left out of a posted form."""
    form = part.form
    if not form.is_bound or not form.is_valid():
        return []
    try:
        questions_answers.clean_answers(part.intake, questions_answers.dump_answers(form.cleaned_data))
    except ValidationError as error:
        names = [name for name in error.error_dict if name in form.fields]
        return [Problem(f"“{form[name].label}” is not answered.", "", "") for name in names]
    return []


def _send(producer: Actor, draft: Submission, form: DraftForm) -> list[str]:
    """Send a draft; return the reasons if it was refused, else []."""
    outcome = attempt(form, draft, Transition.SUBMIT, producer)
    if outcome.event:
        return []
    refused = [sentence for _, error in form.refused for sentence in error.messages]
    errors: list[Any] = [sentence for each in form.errors.values() for sentence in each]
    return [*filter(None, [outcome.sentence]), *refused, *errors]


def _sent(user: User, key: UUID) -> str:
    """Return the reference of the submission that this key sent already, "" if none."""
    events = Event.objects.filter(key=key, transition=Transition.SUBMIT, submission__producer=user)
    return events.values_list("submission__reference", flat=True).first() or ""
