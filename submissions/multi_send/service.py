"""One track to several labels in one go: what each would get, what stands against it, and the sending.

Every label has its own draft, its own form and its own idempotency key; every submission its own transaction.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import QueryDict

from accounts.models import User
from catalog.models import Track
from labels.models import Intake
from labels.questions import answers as questions_answers
from submissions.choices import State, Transition
from submissions.copy_view import answer_said
from submissions.drafts import service as drafts
from submissions.models import Draft, Event, Submission
from submissions.outcome import attempt
from submissions.permissions import Actor
from submissions.preflight.elsewhere_rules import against
from submissions.preflight.outlook import Problem, outlook
from submissions.producer_pages.forms import DraftForm, draft_form, initial_of


@dataclass(frozen=True)
class Part:
    """What one label would get: a draft, stored or not, the form of it, and what is to be said about it."""

    submission: Submission
    form: DraftForm
    problems: list[Problem] = field(default_factory=list)

    @property
    def intake(self) -> Intake:
        return self.submission.intake

    @property
    def answers(self) -> list[tuple[str, str]]:
        """What was answered, in words; wants a valid form."""
        frozen = questions_answers.freeze_answers(self.intake, self.form.cleaned_data)
        return [(each["text"], answer_said(each["kind"], each["value"], links=True)) for each in frozen]

    @property
    def refusals(self) -> list[Problem]:
        return [each for each in self.problems if not each.is_gentle]

    @property
    def goes(self) -> bool:
        return not self.refusals


@dataclass(frozen=True)
class Result:
    """What became of one part: sent, or kept as a draft with the reasons; `reference` of either, or of neither."""

    label: str
    reference: str
    is_sent: bool
    reasons: list[str] = field(default_factory=list)


def parts_of(
    user: User, track: Track, intakes: Iterable[Intake], data: QueryDict | None = None
) -> list[Part]:
    """Return a part for each intake, filled with its stored draft or with what was posted, and judged together."""
    parts = [_judged(_part(user, track, intake, data)) for intake in intakes]
    going = [part.intake for part in parts if part.goes]
    return [_beside(part, track, going) if part.goes else part for part in parts]


def deliver(producer: Actor, part: Part) -> Result:
    """Keep one part as a draft and send it if nothing stands against it; repeated, say what became of it."""
    user = part.submission.producer
    label, said = part.intake.label.name, part.form.cleaned_data
    if sent := _sent(user, said["key"]):
        return Result(label, sent, is_sent=True)
    try:
        draft = drafts.start(user, part.submission.track, part.intake)
        drafts.keep(draft, part.form)
    except drafts.OpenAlreadyError as error:
        sent = _sent(user, said["key"])
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


def _judged(part: Part) -> Part:
    found = outlook(part.submission, is_elsewhere_gentle=False)
    return replace(part, problems=[*_unanswered(part), *found])


def _beside(part: Part, track: Track, going: list[Intake]) -> Part:
    sentences = against(part.intake, track, going)
    problems = [Problem(each, part.intake.get_absolute_url(), "See what it asks for") for each in sentences]
    return replace(part, problems=[*problems, *part.problems])


def _unanswered(part: Part) -> list[Problem]:
    """Return the required questions that were left out, once the form has come back."""
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
    """Send a draft through the door; return why not, [] when it went."""
    outcome = attempt(form, draft, Transition.SUBMIT, producer)
    if outcome.event:
        return []
    refused = [sentence for _, error in form.refused for sentence in error.messages]
    errors: list[Any] = [sentence for each in form.errors.values() for sentence in each]
    return [*filter(None, [outcome.sentence]), *refused, *errors]


def _sent(user: User, key: UUID) -> str:
    """Return the reference of what this key sent already, "" when nothing."""
    events = Event.objects.filter(key=key, transition=Transition.SUBMIT, submission__producer=user)
    return events.values_list("submission__reference", flat=True).first() or ""
