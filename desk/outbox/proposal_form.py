"""From a posted form to a proposal, with the same outcomes as acting has."""

from django.core.exceptions import PermissionDenied

from desk.context import DeskContext
from desk.outbox.service import propose
from kit.forms import ActionForm
from submissions.errors import NotAllowed, NotPossible, Stale
from submissions.outcome import Outcome, renewed


def attempt_proposal(context: DeskContext, transition: str, form: ActionForm) -> Outcome:
    """Prepare what a form asks for; 303 without an event. Raises PermissionDenied (403)."""
    if not form.is_valid():
        return Outcome(422, form)
    details = form.details()
    said = {name: form.cleaned_data[name] for name in ("turn", "key")} | {"note": details.pop("note", "")}
    try:
        propose(context.submission, transition, user=context.user, details=details, **said)
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except (Stale, NotPossible) as refusal:
        return Outcome(409, renewed(form, context.submission), sentence=str(refusal))
    return Outcome(303, form)
