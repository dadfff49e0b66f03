"""The forms of deliverables: what a label asks for, what it says to one item, and what a producer hands in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField

from kit.clock import now
from kit.forms import ActionForm
from labels.choices import DeliverableKind
from labels.models import DeliverableTemplate
from submissions.choices import DeliverableState
from submissions.deliverables.effects import LONGEST_LINE, LONGEST_NAME, LONGEST_TEXT
from submissions.deliverables.status import ASKED_DAYS
from submissions.models import Deliverable, Submission

OWN_ROWS = 3
END_OF_DAY = time(23, 59, 59)
MOST_NOTE = 4000


def _note(*, required: bool = False) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": 3})
    return forms.CharField(
        label="Note to the producer", required=required, max_length=MOST_NOTE, widget=widget
    )


def _day(label: str, initial: date | None = None) -> forms.DateField:
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(label=label, required=False, initial=initial, widget=widget)


@dataclass(frozen=True)
class Line:
    """The fields of one thing that can be asked for; `template` is None in a blank line."""

    template: DeliverableTemplate | None
    fields: list[BoundField]


class AskForForm(ActionForm):
    """What to ask for: ticked from the label's list, or typed into blank lines, each with a date."""

    template_name = "desk/deliverables/_ask_fields.html"

    def __init__(self, *args: Any, submission: Submission, **options: Any) -> None:
        self.submission, self.zone = submission, submission.label.zone
        self.templates = list(DeliverableTemplate.objects.of(submission.label))
        asked = Deliverable.objects.of(submission).exists()
        own = [pair for place in range(OWN_ROWS) for pair in self._own_row(place).items()]
        listed = [
            pair for each in self.templates for pair in self._listed_row(each, ticked=not asked).items()
        ]
        # before the base class reads them, which guards texts
        self.base_fields = {**self.base_fields, **dict(listed), **dict(own), "note": _note()}  # type: ignore[misc]  # the instance's own, as Django reads it
        super().__init__(*args, **options)

    def _listed_row(self, template: DeliverableTemplate, *, ticked: bool) -> dict[str, forms.Field]:
        return {
            f"pick{template.pk}": forms.BooleanField(label=template.name, required=False, initial=ticked),
            f"due{template.pk}": _day("Due", self._day_in(template.days)),
        }

    def _own_row(self, place: int) -> dict[str, forms.Field]:
        name = forms.CharField(label="Something else", required=False, max_length=LONGEST_NAME)
        kind = forms.ChoiceField(label="What it is", required=False, choices=DeliverableKind.choices)
        return {
            f"name{place}": name,
            f"kind{place}": kind,
            f"own_due{place}": _day("Due", self._day_in(ASKED_DAYS)),
        }

    def lines(self) -> Iterator[Line]:
        """Yield what can be asked for, the blank lines last."""
        for each in self.templates:
            yield Line(each, [self[f"pick{each.pk}"], self[f"due{each.pk}"]])
        for place in range(OWN_ROWS):
            yield Line(None, [self[f"name{place}"], self[f"kind{place}"], self[f"own_due{place}"]])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors and not self._items(cleaned):
            raise ValidationError("Tick at least one thing, or name one.", code="nothing")
        return cleaned

    def details(self) -> dict[str, Any]:
        return {"items": self._items(self.cleaned_data), "note": self.cleaned_data["note"]}

    def renewed(self, turn: int) -> Self:
        typed = {name: value for name, value in self.cleaned_data.items() if name not in ("turn", "key")}
        return type(self)(turn=turn, initial=typed, submission=self.submission)

    def _items(self, said: dict[str, Any]) -> list[dict[str, Any]]:
        ticked = [each for each in self.templates if said.get(f"pick{each.pk}")]
        items = [
            {
                "name": each.name,
                "kind": each.kind,
                "instructions": each.instructions,
                "due": self._end_of(said.get(f"due{each.pk}") or self._day_in(each.days)),
            }
            for each in ticked
        ]
        typed = [place for place in range(OWN_ROWS) if said.get(f"name{place}")]
        return items + [
            {
                "name": said[f"name{place}"],
                "kind": said.get(f"kind{place}") or DeliverableKind.LINK.value,
                "due": self._end_of(said.get(f"own_due{place}") or self._day_in(ASKED_DAYS)),
            }
            for place in typed
        ]

    def _day_in(self, days: int) -> date:
        return (now() + timedelta(days=days)).astimezone(self.zone).date()

    def _end_of(self, day: date) -> datetime:
        return datetime.combine(day, END_OF_DAY, self.zone)


class ItemForm(ActionForm):
    """One of the things that were handed in."""

    states: tuple[DeliverableState, ...] = (DeliverableState.HANDED_IN,)
    note = _note()

    def __init__(self, *args: Any, submission: Submission, **options: Any) -> None:
        self.submission = submission
        rows = Deliverable.objects.of(submission).filter(state__in=self.states)
        item = forms.TypedChoiceField(
            label="Which one",
            coerce=int,
            choices=[(row.number, str(row)) for row in rows],
            error_messages={"invalid_choice": "This is not waiting for that any more."},
        )
        self.base_fields = {"item": item, **self.base_fields}  # type: ignore[misc]  # the instance's own, as Django reads it
        super().__init__(*args, **options)

    def renewed(self, turn: int) -> Self:
        return type(self)(turn=turn, initial=self.details(), submission=self.submission)


class AskAgainForm(ItemForm):
    note = _note(required=True)


class WaiveForm(ItemForm):
    states = (DeliverableState.ASKED, DeliverableState.HANDED_IN)


class HandInForm(ActionForm):
    """What a producer hands in for one item; its fields follow from the item's kind."""

    item = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, *args: Any, kind: str = DeliverableKind.LINK.value, **options: Any) -> None:
        self.kind = kind
        note = forms.CharField(
            label="Note to the label",
            required=False,
            max_length=2000,
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        # before the base class reads them, which guards texts
        self.base_fields = {**self.base_fields, **FIELDS[kind](), "note": note}  # type: ignore[misc]  # the instance's own, as Django reads it
        super().__init__(*args, **options)

    def details(self) -> dict[str, Any]:
        said = super().details()
        value = {name: said[name] for name in FIELDS[self.kind]()}
        return {"item": said["item"], "value": value, "note": said["note"]}

    def renewed(self, turn: int) -> Self:
        said = self.details()
        initial = {"item": said["item"], "note": said["note"], **said["value"]}
        return type(self)(turn=turn, initial=initial, kind=self.kind, prefix=self.prefix)


def _link_fields() -> dict[str, forms.Field]:
    widget = forms.URLInput(attrs={"inputmode": "url", "autocomplete": "off"})
    help_text = "Where it stays: private SoundCloud, Dropbox, Google Drive. Make sure that the link is open."
    return {"url": forms.CharField(label="Link", max_length=2000, widget=widget, help_text=help_text)}


def _text_fields() -> dict[str, forms.Field]:
    widget = forms.Textarea(attrs={"rows": 6})
    return {"text": forms.CharField(label="Text", max_length=LONGEST_TEXT, widget=widget)}


def _personal_fields() -> dict[str, forms.Field]:
    return {
        "legal_name": forms.CharField(label="Legal name", max_length=LONGEST_LINE),
        "address": forms.CharField(
            label="Postal address",
            max_length=LONGEST_LINE * 3,
            widget=forms.Textarea(attrs={"rows": 4}),
            help_text="Only the label’s managers and owners see this. It is in no export.",
        ),
    }


FIELDS = {
    DeliverableKind.LINK.value: _link_fields,
    DeliverableKind.TEXT.value: _text_fields,
    DeliverableKind.PERSONAL.value: _personal_fields,
}
