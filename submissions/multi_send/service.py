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
from kit.clock import now
from kit.errors import Gone
from labels.directory.fit import Candidate, Fit, Reason, Weight, fit_of
from labels.models import Intake
from labels.questions import answers as questions_answers
from submissions.choices import Transition
from submissions.copy_view import answer_words
from submissions.drafts import service as drafts
from submissions.fit.candidate import candidate_of, tries_of
from submissions.forms import attempt
from submissions.models import Draft, Event, Submission
from submissions.multi_send.forms import fill_note, too_long
from submissions.permissions import Actor
from submissions.preflight.conflicts import batch_conflicts
from submissions.producer_pages.forms import DraftForm, draft_form, initial_of


@dataclass(frozen=True)
class Part:
    """What one label would get: a draft, stored or not, its form, the note to it, and its problems.

    `lacking` is what every label needs and the track does not have.
    """

    submission: Submission
    form: DraftForm
    fit: Fit
    note: str = ""
    problems: list[Reason] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)

    @property
    def intake(self) -> Intake:
        return self.submission.intake

    @property
    def answers(self) -> list[tuple[str, str]]:
        """The answers in words; the form must be valid."""
        frozen = questions_answers.freeze_answers(self.intake, self.form.cleaned_data)
        return [(each["text"], answer_words(each["kind"], each["value"], links=True)) for each in frozen]

    @property
    def refusals(self) -> list[str]:
        stopped = [each.sentence for each in self.problems if each.weight == Weight.STOP]
        return [*stopped, *(f"Your {words} is missing." for words in self.lacking)]

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
    user: User,
    track: Track,
    intakes: Iterable[Intake],
    data: QueryDict | None = None,
    *,
    typed: QueryDict | None = None,
) -> tuple[Candidate, list[Part]]:
    """Return the track as a candidate and a part for each intake, with its problems. Seven queries at most.

    A part is filled from `data`, or from what was `typed` before, or from its stored draft.
    """
    tries = tries_of(track)
    candidate = candidate_of(user, track, tries, elsewhere=Weight.STOP)
    stored = _stored(tries)
    parts = []
    for intake in intakes:
        submission = _submission(user, track, intake, stored)
        form = _form(intake, stored.get(intake.label_id), data, typed)
        parts.append(
            _with_problems(Part(submission, form, fit_of(intake, candidate, now())), candidate, data)
        )
    going = [part.intake for part in parts if part.goes]
    return candidate, [_with_conflicts(part, track, going) if part.goes else part for part in parts]


def deliver(producer: Actor, part: Part) -> Result:
    """Save one part as a draft and send it unless it is refused; repeated, return the first result."""
    user = part.submission.producer
    label, data = part.intake.label.name, part.form.cleaned_data
    if sent := _sent(user, data["key"]):
        return Result(label, sent, is_sent=True)
    data["note"] = part.note
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
    reasons = part.refusals or _send(producer, draft, part.form)
    return Result(label, draft.reference, is_sent=not reasons, reasons=reasons)


def _stored(tries: Iterable[Submission]) -> dict[int, Submission]:
    """Return the drafts of a track by label, each with what is kept of its form."""
    found = {each.label_id: each for each in tries if each.is_draft}
    kept = {draft.submission_id: draft for draft in Draft.objects.filter(submission__in=found.values())}
    for each in found.values():
        each.kept = kept.get(each.pk)  # type: ignore[attr-defined]  # read by `_form` alone
    return found


def _submission(user: User, track: Track, intake: Intake, stored: dict[int, Submission]) -> Submission:
    submission = stored.get(intake.label_id) or Submission()
    submission.producer, submission.track = user, track
    submission.label, submission.intake = intake.label, intake
    return submission


def _form(
    intake: Intake, stored: Submission | None, data: QueryDict | None, typed: QueryDict | None
) -> DraftForm:
    made, prefix = draft_form(intake), intake.code
    if data is not None:
        return made(data, prefix=prefix)
    draft: Draft | None = getattr(stored, "kept", None)
    initial = initial_of(draft) if draft else {"saved": "new"}
    if typed and intake.code in {name.rpartition("-")[0] for name in typed}:
        initial |= {
            name: each.widget.value_from_datadict(typed, {}, f"{prefix}-{name}")
            for name, each in made.base_fields.items()
            if f"{prefix}-{name}" in typed
        }
    return made(turn=0, initial=initial, prefix=prefix)


def _with_problems(part: Part, candidate: Candidate, data: QueryDict | None) -> Part:
    """Return the part with its note and with what stops it or wants a look."""
    shared = data.get("note", "").strip() if data else ""
    own = part.form.cleaned_data.get("note", "") if part.form.is_bound and part.form.is_valid() else ""
    label, track = part.intake.label.name, candidate.title
    note = fill_note(own or shared, label=label, track=track)
    long = too_long(own or shared, label, track)
    against = [each for each in part.fit.reasons if each.weight in (Weight.STOP, Weight.CHECK)]
    problems = [*_unanswered(part), *candidate.notices, *against]
    if long:
        problems.insert(0, Reason(Weight.STOP, long))
    return replace(part, note=note, problems=problems, lacking=candidate.lacking)


def _with_conflicts(part: Part, track: Track, going: list[Intake]) -> Part:
    found = [Reason(Weight.STOP, each) for each in batch_conflicts(part.intake, track, going)]
    return replace(part, problems=[*found, *part.problems])


def _unanswered(part: Part) -> list[Reason]:
    """Return a problem for each required question that was left out of a posted form."""
    form = part.form
    if not form.is_bound or not form.is_valid():
        return []
    try:
        questions_answers.clean_answers(part.intake, questions_answers.dump_answers(form.cleaned_data))
    except ValidationError as error:
        names = [name for name in error.error_dict if name in form.fields]
        return [Reason(Weight.STOP, f"“{form[name].label}” is not answered.") for name in names]
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
