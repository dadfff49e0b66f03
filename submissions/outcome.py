"""From a posted form through the door to an HTTP status, the same for either side's pages."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from accounts.requests import SignedInRequest, impersonator_of
from kit.forms import ActionForm
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.models import Event, Submission
from submissions.permissions import Actor
from submissions.workflow import perform


def producer_of(request: SignedInRequest) -> Actor:
    """Return who acts as a producer, and who impersonates them."""
    return Actor.producer(request.user, impersonator_of(request))


@dataclass(frozen=True)
class Outcome:
    """303 with an event; or 422 with messages on the form; or 409 with the sentence why, and the form renewed."""

    status: int
    form: ActionForm
    event: Event | None = None
    sentence: str = ""


def attempt(form: ActionForm, submission: Submission, transition: str, actor: Actor, **more: Any) -> Outcome:
    """Perform what a form asks for. Raises PermissionDenied (403) for a role that may not."""
    if not form.is_valid():
        return Outcome(422, form)
    carried = {"turn": form.cleaned_data["turn"], "key": form.cleaned_data["key"]}
    try:
        event = perform(submission, transition, actor=actor, **carried, **form.details(), **more)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (Stale, NotPossible) as refusal:
        return Outcome(409, renewed(form, submission), sentence=str(refusal))
    except ValidationError as error:
        form.refuse(error)
        return Outcome(422, form)
    return Outcome(303, form, event)


def renewed(form: ActionForm, submission: Submission) -> ActionForm:
    """Return the form for the submission's present turn with a new key, everything typed kept."""
    return form.renewed(Submission.objects.values_list("turn", flat=True).get(pk=submission.pk))
