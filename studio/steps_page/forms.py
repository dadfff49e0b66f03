"""Forms of a project's steps: one of them, and several from a template."""

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import User
from kit.forms import KeyedForm, StampedForm
from steps.choices import HEAVIEST, LIGHTEST
from studio.models import PackCrew, Project, ProjectCrew, ProjectStep
from studio.names import name_of
from studio.step_lists import choices_of, steps_of

OWN_FIELDS = ("name", "weight", "note", "assignee_name")


class QuickStepForm(KeyedForm):
    """A step by its name alone."""

    name = forms.CharField(
        label="Add a step", max_length=120, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def details(self) -> dict[str, Any]:
        return {"steps": [super().details()]}


class StepForm(KeyedForm):
    """All about one step."""

    name = forms.CharField(label="Step", max_length=120)
    weight = forms.IntegerField(
        label="Weight",
        min_value=LIGHTEST,
        max_value=HEAVIEST,
        initial=10,
        help_text="How much it counts towards the progress, from 1 to 100.",
    )
    assignee = forms.ModelChoiceField(
        label="Assigned to", queryset=User.objects.none(), required=False, empty_label="Nobody yet"
    )
    assignee_name = forms.CharField(
        label="Or somebody without an account",
        max_length=120,
        required=False,
        help_text="For example a mastering studio.",
    )
    note = forms.CharField(
        label="Note", max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, project: Project, **options: Any) -> None:
        super().__init__(*args, **options)
        people: Any = self.fields["assignee"]
        people.queryset = people_of(project)
        people.label_from_instance = name_of


class StepFactsForm(StampedForm, StepForm):
    """All about a step that is there; make the bound form from the locked row."""

    def __init__(self, data: Any = None, *, step: ProjectStep, project: Project) -> None:
        self.step = step
        known: dict[str, Any] = {name: getattr(step, name) for name in OWN_FIELDS}
        known["assignee"] = step.assignee_id
        if data is not None:
            known["key"] = data.get("key")
        super().__init__(data, initial=known, project=project)

    def details(self) -> dict[str, Any]:
        return {name: value for name, value in super().details().items() if name != "stamp"}

    def _shown(self, name: str) -> str:
        """Return a field as people read it; the key says who of the same name it is, for the stamp alone."""
        if name == "assignee":
            return name_of(self.step.assignee) if self.step.assignee else ""
        return str(self.step.assignee_id or "") if name == "key" else super()._shown(name)


class NewStepForm(StepForm):
    """A step below the others."""

    def details(self) -> dict[str, Any]:
        return {"steps": [super().details()]}


class FromTemplateForm(KeyedForm):
    """The steps of a template, one's own or a built-in one, below the others."""

    template = forms.ChoiceField(label="Template")

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        self.user = user
        field: Any = self.fields["template"]
        field.choices = choices_of(user)

    def details(self) -> dict[str, Any]:
        return {"steps": steps_of(self.user, self.cleaned_data["template"])}


def people_of(project: Project) -> Any:
    """Return who can be given a step: owners and crew of the project and of its pack."""
    crew = ProjectCrew.objects.filter(project=project).values("user")
    of_pack = PackCrew.objects.filter(pack=project.pack_id).values("user")
    owners = [project.owner_id, *([project.pack.owner_id] if project.pack else [])]
    rows = User.objects.filter(Q(pk__in=owners) | Q(pk__in=crew) | Q(pk__in=of_pack))
    return rows.select_related("profile").order_by("name", "pk")
