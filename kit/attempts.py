"""A posted form through a door: what came of it, or the refusal with the form that is shown again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.core.exceptions import PermissionDenied, ValidationError

from kit.errors import NotAllowed, WorkflowError

E = TypeVar("E")


@dataclass(frozen=True)
class Outcome(Generic[E]):
    """303 with an event; 422 with errors on the form; or 409 with a sentence that says why, and the form renewed."""

    status: int
    form: Any
    event: E | None = None
    sentence: str = ""


def attempt(form: Any, act: Callable[..., E], renew: Callable[[], Any]) -> Outcome[E]:
    """Call `act` with what a `KeyedForm` carries; `renew` returns the form as it is for now.

    Raises PermissionDenied (403) for a role that may not.
    """
    if not form.is_valid():
        return Outcome(422, form)
    try:
        event = act(**form.carried())
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except WorkflowError as refusal:
        return Outcome(409, renew(), sentence=str(refusal))
    except ValidationError as error:
        form.refuse(error)
        return Outcome(422, form)
    return Outcome(303, form, event)
