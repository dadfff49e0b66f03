"""The cover of a project or pack: a small picture that is chosen, replaced or removed."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.pictures import PictureFields
from kit.forms import KeyedForm
from studio.choices import Act
from studio.forms import Outcome, attempt
from studio.models import Pack, Project

NOTHING_CHOSEN = "Choose a picture first."


class CoverForm(PictureFields, KeyedForm):
    """A new cover, or none."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["picture"].label = "Cover"
        self.fields["drops_picture"].label = "Remove the cover"

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if not self.errors and not self.is_picture_changed():
            raise ValidationError({"picture": NOTHING_CHOSEN})
        return found

    def details(self) -> dict[str, Any]:
        return {}


def save_cover(form: CoverForm, subject: Project | Pack, user: User) -> Outcome:
    """Perform it; the picture is kept only if the door took it. Raises PermissionDenied."""
    if not form.is_valid():
        return Outcome(422, form)
    with transaction.atomic():
        outcome = attempt(form, subject, Act.SET_COVER, user, picture=form.new_picture())
        if outcome.event is None:
            transaction.set_rollback(True)
    return outcome
