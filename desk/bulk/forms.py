"""The forms of bulk actions."""

import uuid
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from activity.choices import BulkAct
from desk.assignment import service as assignment
from desk.bulk.preview import Preview
from desk.choices import Hue
from desk.models import Tag
from desk.tags.page import LONGEST_TAG, clean_tag_name
from kit.clock import now
from kit.forms import CleanText
from labels.models import Label, OfferTemplate
from labels.reply_templates import PLACEHOLDERS, refuse_unknown
from submissions.choices import Reason, Welcome
from submissions.effects import EXTENSION_DAYS
from submissions.forms import END_OF_DAY, LONGEST
from submissions.offers.effects import FEWEST_DAYS, MOST_DAYS

PLACEHOLDER_LIST = ", ".join(f"{{{name}}}" for name in PLACEHOLDERS)


HUES = [(hue.value, hue.label.lower()) for hue in Hue]


def _note() -> forms.CharField:
    return forms.CharField(
        label="Note to the producers",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=f"Each of these is filled in for every submission: {PLACEHOLDER_LIST}.",
        validators=[refuse_unknown],
    )


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
    note = _note()
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


class BulkOfferForm(BulkForm):
    """One offer template for all, its placeholders filled in for each; a retired template is no choice."""

    template = forms.ModelChoiceField(
        OfferTemplate.objects.none(), label="Offer template", empty_label="Choose an offer template"
    )
    days = forms.IntegerField(label="Days to answer", min_value=FEWEST_DAYS, max_value=MOST_DAYS, initial=14)
    note = _note()

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, label=label, **options)
        field: Any = self.fields["template"]
        field.queryset = OfferTemplate.objects.of(label)

    def details(self) -> dict[str, Any]:
        """Return what the template says now: changing it later changes no order."""
        template = self.cleaned_data["template"]
        said = {name: self.cleaned_data[name] for name in ("days", "note")}
        return said | {"terms": template.terms, "text": template.text}


class MoreTimeForm(BulkForm):
    """A new date for all of them, the end of a day at the label, with a note as for a pass."""

    until = forms.DateField(
        label="You will answer by",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        help_text=f"The end of that day, at most {EXTENSION_DAYS} days from now. Demos due later are skipped.",
    )
    note = _note()

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.latest = (now() + timedelta(days=EXTENSION_DAYS)).astimezone(self.label.zone)
        self.today = now().astimezone(self.label.zone).date()
        limits = {"min": self.today.isoformat(), "max": self.latest.date().isoformat()}
        self.fields["until"].widget.attrs.update(limits)

    def clean_until(self) -> date:
        until: date = self.cleaned_data["until"]
        if not self.today <= until <= self.latest.date():
            raise ValidationError(f"Choose a day from today to {self.latest:%-d %B %Y}.", code="range")
        return until

    def details(self) -> dict[str, Any]:
        end = datetime.combine(self.cleaned_data["until"], END_OF_DAY, self.label.zone)
        return {"until": min(end, self.latest), "note": self.cleaned_data["note"]}


class UntagForm(BulkForm):
    """One of the label's tags, retired ones too."""

    tag = forms.ModelChoiceField(Tag.objects.none(), empty_label="Choose a tag")

    def __init__(self, *args: Any, label: Label, **options: Any) -> None:
        super().__init__(*args, label=label, **options)
        self.fields["tag"].queryset = self.tags()  # type: ignore[attr-defined]  # a ModelChoiceField

    def tags(self) -> Any:
        return Tag.objects.filter(label=self.label).order_by("name", "id")

    def details(self) -> dict[str, Any]:
        return {"tag": self.cleaned_data["tag"].pk}


class TagForm(UntagForm):
    """One of the label's tags, or a new one."""

    name = forms.CharField(label="Or a new tag", required=False, max_length=LONGEST_TAG)
    hue = forms.ChoiceField(label="Colour (new tags)", choices=HUES, required=False)
    field_order = ("tag", "name", "hue")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["tag"].required = False

    def tags(self) -> Any:
        return Tag.objects.of(self.label)

    def clean_name(self) -> str:
        return clean_tag_name(self.cleaned_data["name"])

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and bool(cleaned.get("tag")) == bool(cleaned.get("name")):
            self.add_error("tag", "Choose a tag, or name a new one: one of the two.")
        return cleaned

    def details(self) -> dict[str, Any]:
        tag = self.cleaned_data["tag"]
        return {"tag": tag.pk} if tag else {name: self.cleaned_data[name] for name in ("name", "hue")}


class MembersField(forms.ModelMultipleChoiceField):
    """Members of a team, with how many undecided submissions each has."""

    load: Mapping[int, int] = MappingProxyType({})

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj} ({self.load.get(obj.pk, 0)} undecided)"


class AssignForm(BulkForm):
    """The new assignees; several share the submissions evenly."""

    members = MembersField(
        User.objects.none(),
        label="Assign to",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Select at least one member."},
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
        BulkAct.OFFER: BulkOfferForm,
        BulkAct.PREPARE_OFFER: BulkOfferForm,
        BulkAct.REJECT: PassForm,
        BulkAct.MORE_TIME: MoreTimeForm,
        BulkAct.PROPOSE: PassForm,
        BulkAct.TAG: TagForm,
        BulkAct.UNTAG: UntagForm,
        BulkAct.ASSIGN: AssignForm,
        BulkAct.UNASSIGN: BulkForm,
    }
)
