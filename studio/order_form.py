"""The order of a list that is dragged, or moved by its buttons."""

from typing import Any

from django import forms
from django.http import QueryDict

from kit.forms import KeyedForm


class OrderForm(KeyedForm):
    """All of a list in order, each by its code or number; without JavaScript one of them goes up or down."""

    order = forms.MultipleChoiceField()
    up = forms.CharField(required=False, max_length=12)
    down = forms.CharField(required=False, max_length=12)

    def __init__(self, data: QueryDict, *, most: int) -> None:
        super().__init__(data)
        field: Any = self.fields["order"]
        field.choices = [(name, name) for name in data.getlist("order")[:most]]

    @property
    def names(self) -> list[str]:
        """The list as it was put in order."""
        said = self.cleaned_data
        names = list(said["order"])
        for name, by in ((said["up"], -1), (said["down"], 1)):
            if name in names:
                place = names.index(name)
                names.insert(max(place + by, 0), names.pop(place))
        return names
