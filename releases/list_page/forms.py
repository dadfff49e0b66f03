"""The filter of the list of releases."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from kit.forms import CleanText
from releases.choices import Kind, State
from releases.forms import day_field
from releases.models import Release
from releases.models.release import DUE_ORDER
from releases.transition_table import LIVE
from steps.choices import Area

STATES = [
    ("", "Still to come out"),
    *((each.value, each.label) for each in State if each != State.NEW),
    ("any", "Any state"),
]
RISKS = [
    ("", "Any"),
    ("risk", "At risk"),
    ("late", "Late: not delivered on its day"),
    ("overdue", "A step is overdue"),
]
NO_AREA = "none"
PAST = frozenset({State.RELEASED, State.CANCELLED})


class ListFilter(CleanText, forms.Form):
    """What the address asks for; empty is everything that is still to come out."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=100,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, artist or number"}),
    )
    state = forms.ChoiceField(label="State", choices=STATES, required=False)
    risk = forms.ChoiceField(label="Risk", choices=RISKS, required=False)
    kind = forms.ChoiceField(label="Kind", choices=[("", "Any"), *Kind.choices], required=False)
    area = forms.ChoiceField(
        label="Next step",
        choices=[("", "Any area"), *Area.choices, (NO_AREA, "No open step")],
        required=False,
    )
    since = day_field("From", required=False)
    until = day_field("Until", required=False)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            raise ValidationError({"until": "Choose a day after “From”."})
        return found

    def is_empty(self) -> bool:
        """Whether it asks for nothing."""
        return not any(self.cleaned_data.values())

    def order(self) -> tuple[str, ...]:
        """What is over comes newest first, all else as it is due."""
        backwards = self.cleaned_data.get("state") in PAST
        return ("-date_order", "-id") if backwards else ("date_order", "id")

    def narrow(self, rows: QuerySet[Release], *, today: date, lead_days: int) -> QuerySet[Release]:
        """Return the rows that fit."""
        said = self.cleaned_data
        rows = _in_state(rows, said["state"])
        rows = _in_area(rows, said["area"])
        if said["kind"]:
            rows = rows.filter(kind=said["kind"])
        if said["since"]:
            rows = rows.filter(release_on__gte=said["since"])
        if said["until"]:
            rows = rows.filter(release_on__lte=said["until"])
        if said["risk"]:
            rows = rows.annotate(due_order=DUE_ORDER).filter(_at_risk(said["risk"], today, lead_days))
        return _naming(rows, said["q"])


def _in_state(rows: QuerySet[Release], state: str) -> QuerySet[Release]:
    if state == "any":
        return rows
    return rows.filter(state=state) if state else rows.filter(state__in=sorted(LIVE))


def _in_area(rows: QuerySet[Release], area: str) -> QuerySet[Release]:
    return rows.filter(next_area="" if area == NO_AREA else area) if area else rows


def _at_risk(risk: str, today: date, lead_days: int) -> Q:
    """The same that `risk.risks_of` says of a release, asked of its row."""
    late = Q(state=State.SCHEDULED, release_on__lte=today)
    overdue = Q(state__in=sorted(LIVE), due_order__lt=today)
    near = Q(state=State.SCHEDULED, release_on__lte=today + timedelta(days=lead_days))
    return {"late": late, "overdue": overdue, "risk": overdue | near}[risk]


def _naming(rows: QuerySet[Release], text: str) -> QuerySet[Release]:
    for word in text.split():
        named = Q(title__icontains=word) | Q(edition__icontains=word) | Q(artist__icontains=word)
        codes = Q(catalogue_number__istartswith=word) | Q(upc__contains=word) | Q(reference__iexact=word)
        rows = rows.filter(named | codes)
    return rows
