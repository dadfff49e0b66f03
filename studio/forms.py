"""How a posted form is performed on a project or pack."""

from typing import Any

from accounts.models import User
from kit import attempts
from kit.forms import KeyedForm
from studio.actions import perform
from studio.choices import Act
from studio.models import Pack, Project, StudioEvent

Outcome = attempts.Outcome[StudioEvent]


def attempt(form: KeyedForm, subject: Project | Pack, act: Act, user: User, **more: Any) -> Outcome:
    """Perform an act with a form's data and what else it needs. Raises PermissionDenied (403) for who may not.

    303 with the event; 422 with errors on the form; 409 with a sentence, and the form as it was sent.
    """

    def acting(**carried: Any) -> StudioEvent:
        return perform(subject, act, user=user, **carried, **form.details(), **more)

    return attempts.attempt(form, acting, lambda: form)
