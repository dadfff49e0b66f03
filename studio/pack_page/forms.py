"""Forms of a pack's page: what is put into it, in which order."""

from typing import Any

from django import forms
from django.http import QueryDict

from accounts.models import User
from kit.forms import KeyedForm
from studio.effects.places import MOST_PROJECTS
from studio.form_fields import TitleField
from studio.models import Project
from studio.order_form import OrderForm
from studio.pack_page.page import placeable


class NewProjectForm(KeyedForm):
    """A project that is begun in the pack."""

    title = TitleField()
    artist = forms.CharField(label="Artist", max_length=200, required=False)


class PlaceForm(KeyedForm):
    """A project that is there already, and in no pack."""

    project = forms.ModelChoiceField(
        label="Or one of your projects",
        queryset=Project.objects.none(),
        to_field_name="code",
        empty_label="Choose a project",
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


class ProjectOrderForm(OrderForm):
    """All projects of the pack in order."""

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data, most=MOST_PROJECTS)

    def details(self) -> dict[str, Any]:
        return {"projects": self.names}
