"""Drafts: start, save and delete them, and the revision that sending one would make."""

from contextlib import suppress
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from catalog.models import Track
from kit.clock import now
from kit.errors import Gone
from labels.models import Intake
from labels.questions import answers as questions_answers
from labels.questions.changes import frozen_stamps, valid_answers
from submissions import revisions
from submissions.choices import State
from submissions.models import Draft, Revision, Submission
from submissions.preflight.conflicts import earlier_try, may_follow
from submissions.producer_pages.forms import DraftForm
from submissions.transition_table import LIVE
from submissions.wording import clock_time

OPEN = frozenset({State.DRAFT, State.CHANGES_REQUESTED})
"""The states in which a draft may be edited."""


class SavedElsewhereError(Exception):
    """Another page saved the draft after this one was opened; nothing was stored."""

    def __init__(self, draft: Draft) -> None:
        super().__init__(f"Another tab saved this draft at {clock_time(draft.saved_at)}.")
        self.stamp = draft.stamp


class OpenAlreadyError(Exception):
    """The track is live at this label already (`live`); the text is a sentence for the producer."""

    def __init__(self, label: str, live: Submission) -> None:
        super().__init__(f"You already sent this track to {label}; it is still open there.")
        self.live = live


def start(user: User, track: Track, intake: Intake) -> Submission:
    """Return the draft of this track for the intake's label, an existing or a new one; it names the try it follows.

    Two at once start one. Raises OpenAlreadyError if the track is live there, Gone if the call was deleted.
    """
    try:
        return _start(user, track, intake)
    except IntegrityError:  # somebody started it, or deleted the call, at the same moment
        if not Intake.objects.filter(pk=intake.pk).exists():
            raise Gone("call") from None
        return _start(user, track, intake)


@transaction.atomic
def _start(user: User, track: Track, intake: Intake) -> Submission:
    same = Submission.objects.filter(track=track, label=intake.label)
    if live := same.filter(state__in=LIVE).first():
        raise OpenAlreadyError(intake.label.name, live)
    draft = same.filter(state=State.DRAFT).first() or _create(user, track, intake)
    earlier = earlier_try(draft)
    previous = earlier if earlier and may_follow(earlier) else None
    if (draft.intake_id, draft.previous_id) != (intake.pk, previous and previous.pk):
        Submission.objects.filter(pk=draft.pk, state=State.DRAFT).update(intake=intake, previous=previous)
        draft.intake, draft.previous = intake, previous
    return draft


def save(submission: Submission, form: DraftForm) -> Draft | None:
    """Save a form's valid fields; invalid ones keep their last value.

    Returns None if the draft may no longer be edited. Raises SavedElsewhereError if another page saved it meanwhile.
    """
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk)
        if locked.values_list("state", flat=True).first() not in OPEN:
            return None
        stored = Draft.objects.filter(submission=submission).first()
        if stored and not _is_base(form, stored):
            raise SavedElsewhereError(stored)
        draft = stored or Draft(submission=submission)
        _write(draft, form)
        draft.save()
    return draft


def discard(submission: Submission) -> bool:
    """Delete a draft; return False if it was sent meanwhile."""
    with transaction.atomic():
        locked = Submission.objects.select_for_update(of=("self",)).filter(pk=submission.pk).first()
        if locked is None or not locked.is_draft:
            return False
        locked.delete()
    return True


def draft_of(submission: Submission, last: Revision | None) -> Draft:
    """Return the stored draft, or an unsaved one that repeats the last revision's answers."""
    stored = Draft.objects.filter(submission=submission).first()
    if stored or last is None:
        return stored or Draft(submission=submission)
    answers = questions_answers.initial_answers(last.answers)
    return Draft(submission=submission, answers=answers, asked=frozen_stamps(submission.intake, last.answers))


def revision_now(submission: Submission, last: Revision | None, draft: Draft) -> Revision:
    """Return the unsaved revision that sending would make now, without invalid answers."""
    answers = questions_answers.freeze_answers(submission.intake, _valid_answers(submission.intake, draft))
    return revisions.build(submission, last, revisions.frozen_copy(submission), answers)


def _is_base(form: DraftForm, stored: Draft) -> bool:
    """Whether the form's page showed the stored draft, or saved it itself."""
    data = form.cleaned_data
    is_own = stored.saved_by in (None, data.get("key"))
    return is_own or data.get("saved", "") in ("", stored.stamp)


def _write(draft: Draft, form: DraftForm) -> None:
    data = form.cleaned_data
    given = questions_answers.dump_answers(data)
    former = {name: value for name, value in draft.answers.items() if _stays(name, draft, form)}
    stamps = {name: draft.asked[name] for name in former if name in draft.asked}
    draft.answers = former | given | form.outdated
    draft.asked = stamps | {name: form.stamps[name] for name in given} | form.outdated_stamps
    draft.note = data.get("note", draft.note)
    draft.access_code = data.get("access_code", draft.access_code)
    draft.saved_at, draft.saved_by = now(), data.get("key")


def _stays(name: str, draft: Draft, form: DraftForm) -> bool:
    """Whether a stored answer stays although the form has none: a wrong one, or one to another question."""
    now = form.stamps.get(name)
    return name in form.errors or now is None or draft.asked.get(name, now) != now


def _create(user: User, track: Track, intake: Intake) -> Submission:
    submission = Submission(producer=user, track=track, label=intake.label, intake=intake)
    submission.save()
    Draft.objects.create(submission=submission)
    return submission


def _valid_answers(intake: Intake, draft: Draft) -> dict[str, Any]:
    cleaned: dict[str, Any] = {}
    typed = questions_answers.load_answers(valid_answers(intake, draft.answers, draft.asked))
    for name, field in questions_answers.fields_for(intake, draft=True).items():
        with suppress(ValidationError):
            cleaned[name] = field.clean(typed.get(name))
    return cleaned
