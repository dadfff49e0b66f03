"""The forms of bulk actions."""

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

from django import forms

from accounts.models import User
from activity.choices import BulkAct
from desk.assignment import service as assignment
from desk.bulk.preview import Preview
from desk.models import Tag
from kit.forms import CleanText
from labels.models import Label
from labels.reply_templates import PLACEHOLDERS, refuse_unknown
from submissions.choices import Reason, Welcome
from submissions.forms import LONGEST

PLACEHOLDER_LIST = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


class BulkForm(CleanText, forms.Form):
    """Fields of every action: its key, and the fingerprint of the preview."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(self, data: Any = None, *, label: Label, preview: Preview, **options: Any) -> None:
        fresh = {"key": uuid.uuid4(), "seen": preview.seen}
        super().__init__(data, initial={**(options.pop("initial", None) or {}), **fresh}, **options)
        self.label, self.preview = label, preview

    def details(self) -> dict[str, Any]:
        """Return the details for `desk.bulk.orders.order`."""
        return {}

    def renewed(self) -> Self:
        """Return an unbound form for the current preview, with a new key and the typed values."""
        return type(self)(label=self.label, preview=self.preview, initial=self.cleaned_data)


class PassForm(BulkForm):
    """A pass, with a note whose placeholders are filled for each submission."""

    reason = forms.ChoiceField(choices=[("", "Choose a reason"), *Reason.choices])
    welcome = forms.ChoiceField(
        label="What would you welcome next?",
        choices=Welcome.choices,
        initial=Welcome.ANOTHER,
        widget=forms.RadioSelect,
    )
    note = forms.CharField(
        label="Note to the producers",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"Each of these is filled in for every submission: {PLACEHOLDER_LIST}.",
        validators=[refuse_unknown],
    )
    unheard = forms.BooleanField()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        count = self.preview.unplayed
        if not count:
            del self.fields["unheard"]
            return
        self.fields["unheard"].label = f"Pass without anybody having played {count} of them here"
        self.fields["unheard"].error_messages["required"] = (
            f"Nobody at your label has played {count} of them here. Pass all the same?"
        )

    def details(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("reason", "welcome", "note")}


class TagForm(BulkForm):
    """One of the label's tags."""

    tag = forms.ModelChoiceField(Tag.objects.none(), empty_label="Choose a tag")

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, label=label, **options)
        self.fields["tag"].queryset = self.tags()  # type: ignore[attr-defined]  # a ModelChoiceField

    def tags(self) -> Any:
        return Tag.objects.of(self.label)

    def details(self) -> dict[str, Any]:
        return {"tag": self.cleaned_data["tag"].pk}


class UntagForm(TagForm):
    """One of the label's tags, retired ones too."""

    def tags(self) -> Any:
        return Tag.objects.filter(label=self.label).order_by("name", "id")


class MembersField(forms.ModelMultipleChoiceField):
    """Members of a team, with how many undecided submissions each has."""

    load: Mapping[int, int] = MappingProxyType({})

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({self.load.get(obj.pk, 0)} undecided)"


class AssignForm(BulkForm):
    """The new assignees; several share the submissions evenly."""

    members = MembersField(
        User.objects.none(),
        label="Looked after by",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick at least one member."},
        help_text="Several share: each submission goes to whoever then has the fewest undecided ones.",
    )

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, label=label, **options)
        team = User.objects.filter(is_active=True, memberships__label=label).order_by("name", "email")
        field: Any = self.fields["members"]
        field.queryset, field.load = team, assignment.workload_of(list(team), label)

    def details(self) -> dict[str, Any]:
        return {"members": [member.pk for member in self.cleaned_data["members"]]}


FORMS: Mapping[BulkAct, type[BulkForm]] = MappingProxyType(
    {
        BulkAct.SHORTLIST: BulkForm,
        BulkAct.REJECT: PassForm,
        BulkAct.PROPOSE: PassForm,
        BulkAct.TAG: TagForm,
        BulkAct.UNTAG: UntagForm,
        BulkAct.ASSIGN: AssignForm,
    }
)
