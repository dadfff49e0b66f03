"""Submissions follow their release: what it does to them, in its own transaction; one refusal refuses all."""

from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError

from releases.choices import State
from releases.errors import NotAllowed, NotPossible
from releases.models import Release
from releases.pictures import Picture
from submissions.choices import State as SubmissionState
from submissions.choices import Transition
from submissions.errors import Stale
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.workflow import perform

S, T = SubmissionState, Transition


def follow(release: Release, before: Picture, after: Picture, *, actor: Actor, key: UUID, told: str) -> None:
    """Perform what the change of a release means for its submissions, in the order of their ids.

    Raises NotAllowed or NotPossible, naming the submission that cannot follow.
    """
    if _essence(before) == _essence(after):
        return
    gone = set(before.submissions()) - set(after.submissions())
    named = {*before.submissions(), *after.submissions()}
    for submission in Submission.objects.filter(reference__in=named).order_by("pk"):
        wanted = "unscheduled" if submission.reference in gone else _wanted(after)
        if transition := _next(release, submission, wanted, after):
            _perform(release, submission, transition, after, actor=actor, key=key, told=told)


def key_of(key: UUID, submission: Submission) -> UUID:
    """Return the key of a submission's event, derived from that of its release's."""
    return uuid5(key, submission.reference)


def _essence(picture: Picture) -> list[Any]:
    """Return what submissions follow."""
    columns = (picture.columns[name] for name in ("release_on", "catalogue_number"))
    return [_wanted(picture), *columns, sorted(picture.submissions())]


def _wanted(after: Picture) -> str:
    if after.columns["state"] == State.RELEASED:
        return "released"
    return "scheduled" if after.columns["state"] in (State.SCHEDULED, State.DELIVERED) else "unscheduled"


def _next(release: Release, submission: Submission, wanted: str, after: Picture) -> Transition | None:
    if wanted == "released":
        return T.RELEASE
    if wanted == "unscheduled":
        return T.UNSCHEDULE if submission.state == S.SCHEDULED else None
    has = (submission.state, submission.release_code, submission.release_on, submission.catalogue_number)
    is_so = has == (S.SCHEDULED, release.reference, after.release_on, after.columns["catalogue_number"])
    return None if is_so else T.SCHEDULE


def _perform(
    release: Release,
    submission: Submission,
    transition: Transition,
    after: Picture,
    *,
    actor: Actor,
    key: UUID,
    told: str,
) -> None:
    details: dict[str, object] = {"release": release.reference}
    if transition == T.SCHEDULE:
        number = after.columns["catalogue_number"]
        details |= {"release_on": after.release_on, "catalogue_number": number}
    own = key_of(key, submission)
    try:
        perform(submission, transition, actor=actor, turn=None, key=own, note=told, **details)
    except NotAllowed as refusal:
        if actor.user and submission.producer_id == actor.user.pk:
            title = f"“{submission.shown_title}”"
            raise NotAllowed(f"You produced {title}: another manager has to do this.") from refusal
        raise NotAllowed(f"{_name(submission)}: {refusal}") from refusal
    except (NotPossible, Stale) as refusal:
        raise NotPossible(f"{_name(submission)}: {refusal}") from refusal
    except ValidationError as error:
        raise NotPossible(f"{_name(submission)}: {' '.join(error.messages)}") from error


def _name(submission: Submission) -> str:
    return f"“{submission.shown_title}” ({submission.reference})"
