"""Forms of a pack's page: what is put into it, in which order."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from kit.forms import KeyedForm
from studio.effects.places import MOST_PROJECTS
from studio.models import Project
from studio.pack_page.page import placeable


class NewProjectForm(KeyedForm):
    """A project that is begun in the pack."""

    title = forms.CharField(label="Title", max_length=150)
    artist = forms.CharField(label="Artist", max_length=200, required=False)


class PlaceForm(KeyedForm):
    """A project that is there already, and in no pack."""

    project = forms.ModelChoiceField(
        label="Project", queryset=Project.objects.none(), to_field_name="code", empty_label="Choose a project"
    )

    def __init__(self, *args: Any, user: User, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["project"]
        field.queryset = placeable(user)

    def details(self) -> dict[str, Any]:
        return {}


class OptionalForm(KeyedForm):
    """Whether the pack can do without a project."""

    is_optional = forms.BooleanField(required=False)


class OrderForm(KeyedForm):
    """All projects in order; without JavaScript one of them goes up or down."""

    order = forms.MultipleChoiceField()
    up = forms.CharField(required=False, max_length=12)
    down = forms.CharField(required=False, max_length=12)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        field: Any = self.fields["order"]
        field.choices = [(code, code) for code in data.getlist("order")[:MOST_PROJECTS]]

    def details(self) -> dict[str, Any]:
        said = self.cleaned_data
        codes = list(said["order"])
        for code, by in ((said["up"], -1), (said["down"], 1)):
            if code in codes:
                _move(codes, code, by)
        return {"projects": codes}


def _move(codes: list[str], code: str, by: int) -> None:
    place = codes.index(code)
    codes.insert(max(place + by, 0), codes.pop(place))
