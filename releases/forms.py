"""Base of the forms that act on a release, and how a posted form is performed."""

from typing import Any, Self

from django import forms

from kit import attempts
from kit.forms import ActionForm
from releases.models import Release, ReleaseEvent, ReleaseStep
from releases.permissions import Actor
from releases.workflow import perform

LONGEST = 4000


def day_field(label: str, *, required: bool = True, **options: Any) -> forms.DateField:
    """Return a field for a date, with the browser's own picker."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=required, widget=widget, **options)


def words_field(label: str, *, required: bool = False, rows: int = 3, **options: Any) -> forms.CharField:
    """Return a field for a text of several lines."""
    given = {"max_length": LONGEST, **options}
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, widget=widget, **given)


class ReleaseForm(ActionForm):
    """A form that acts on a release; `options` are what the form was made with besides data and turn."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.options: dict[str, Any] = {}

    def renewed(self, turn: int) -> Self:
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("turn", "key")}
        return type(self)(turn=turn, initial=typed, prefix=self.prefix, **self.options)


Outcome = attempts.Outcome[ReleaseEvent]


def attempt(form: Any, release: Release, transition: str, actor: Actor, **more: Any) -> Outcome:
    """Perform the transition with a form's data. Raises PermissionDenied (403) for a role that may not."""

    def act(**carried: Any) -> ReleaseEvent:
        return perform(release, transition, actor=actor, **carried, **form.details(), **more)

    return attempts.attempt(form, act, lambda: form.renewed(_turn_of(release, more.get("step"))))


def _turn_of(release: Release, step: int | None) -> int:
    """Return the turn of the release now, or of one of its steps."""
    rows = Release.objects.filter(pk=release.pk)
    if step is not None:
        rows = ReleaseStep.objects.filter(release=release, number=step)  # type: ignore[assignment]
    return rows.values_list("turn", flat=True).first() or 0
