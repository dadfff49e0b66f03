"""Forms of a release's steps: one of them, and several from a template."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from labels.models import Label, Membership
from releases.forms import ReleaseForm, words_field
from releases.models import ReleaseStep, StepTemplate
from releases.template_table import BUILT_IN
from steps.choices import EARLIEST, HEAVIEST, LATEST, LIGHTEST, Area

PLAN = ("name", "area", "weight", "days_before", "is_shared", "note", "assignee_name", "position")


class StepForm(ReleaseForm):
    """All about one step; `others` are the steps that it can wait for."""

    name = forms.CharField(label="Step", max_length=120)
    area = forms.ChoiceField(label="Area", choices=Area.choices)
    days_before = forms.IntegerField(
        label="Days before the release date",
        min_value=LATEST,
        max_value=EARLIEST,
        initial=14,
        help_text="A minus is after it.",
    )
    weight = forms.IntegerField(
        label="Weight",
        min_value=LIGHTEST,
        max_value=HEAVIEST,
        initial=10,
        help_text="How much it counts in the progress.",
    )
    assignee = forms.ModelChoiceField(
        label="Assigned to", queryset=User.objects.none(), required=False, empty_label="Nobody yet"
    )
    assignee_name = forms.CharField(
        label="Or somebody else",
        max_length=120,
        required=False,
        help_text="For example a mastering studio.",
    )
    waits_for = forms.TypedMultipleChoiceField(
        label="Waits for", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    is_shared = forms.BooleanField(
        label="Producers see it",
        required=False,
        help_text="Once the release has a date: name, date and whether it is done, nothing else.",
    )
    note = words_field("Note for the team", max_length=2000)
    position = forms.IntegerField(label="Place in the list", min_value=1, max_value=400)

    def __init__(self, *args: Any, label: Label, others: Sequence[ReleaseStep], **options: Any) -> None:
        super().__init__(*args, **options)
        self.options = {"label": label, "others": others}
        people = self.fields["assignee"]
        team = Membership.objects.active().filter(label=label)
        people.queryset = User.objects.filter(pk__in=team.values("user")).order_by("name", "pk")  # type: ignore[attr-defined]
        people.label_from_instance = lambda user: user.name or user.email  # type: ignore[attr-defined]
        choices = [(step.number, step.name) for step in others]
        self.fields["waits_for"].choices = choices  # type: ignore[attr-defined]
        if not choices:
            del self.fields["waits_for"]

    def details(self) -> dict[str, Any]:
        return {"waits_for": [], **super().details()}


class NewStepForm(StepForm):
    """A step below the others."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["position"]

    def details(self) -> dict[str, Any]:
        return {"steps": [super().details()]}


class FromTemplateForm(ReleaseForm):
    """The steps of a template, the label's own or a built-in one, below the others."""

    template = forms.ChoiceField(label="Template")

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, **options)
        self.options = {"label": label}
        self.label = label
        own = [(f"own-{each.pk}", each.name) for each in StepTemplate.objects.of(label)]
        built_in = [(word, each.name) for word, each in BUILT_IN.items()]
        choices = [("Built in", built_in), *([("Your own", own)] if own else [])]
        self.fields["template"].choices = choices  # type: ignore[attr-defined]

    def details(self) -> dict[str, Any]:
        return {"steps": steps_of(self.cleaned_data["template"], self.label)}


def steps_of(template: str, label: Label) -> list[dict[str, Any]]:
    """Return the steps of a template as `add_steps` takes them."""
    if template in BUILT_IN:
        return BUILT_IN[template].as_steps()
    own = StepTemplate.objects.of(label).filter(pk=template.removeprefix("own-")).first()
    names = ("number", "name", "area", "weight", "days_before", "waits_for", "is_shared", "note")
    return [{name: getattr(step, name) for name in names} for step in own.steps.all()] if own else []


def known_of(step: ReleaseStep) -> dict[str, Any]:
    """Return a step as its form shows it."""
    plan = {name: getattr(step, name) for name in PLAN}
    return plan | {"assignee": step.assignee_id, "waits_for": step.waits_for}
