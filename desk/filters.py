"""What the queue can be narrowed to, and in which order it stands."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, Value
from django.db.models.functions import Coalesce

from catalog.fields import TempoField
from catalog.keys import KEY_CHOICES, compatible
from kit import codes
from kit.clock import now
from kit.forms import CleanText
from submissions.choices import Ball, State
from submissions.models.queries import SubmissionQuerySet
from submissions.state_table import STATES, ball_of, states_with
from submissions.transition_table import WAITING

Rows = SubmissionQuerySet
Choices = list[tuple[str, str]]

EVERYTHING = "all"
NEVER = datetime(9000, 1, 1, tzinfo=UTC)
"""Stands for the missing date of what nobody has to answer, behind all others."""

ORDERS: dict[str, tuple[str, tuple[str, ...]]] = {
    "oldest": ("Oldest first", ("submitted_at", "id")),
    "newest": ("Newest first", ("-submitted_at", "-id")),
    "due": ("Due first", ("due_order", "id")),
}
DECIMAL = {"inputmode": "decimal", "size": 6}
MORE = ("genre", "tempo_from", "tempo_to", "key", "compatible", "older", "overdue")
BALLS: Choices = [
    (Ball.LABEL.value, "Our turn"),
    (Ball.PRODUCER.value, "Their turn"),
    (Ball.NOBODY.value, "Done"),
    (EVERYTHING, "Everything"),
]
STATE_CHOICES: Choices = [(state, STATES[state].desk_name) for state in State.values if state != State.DRAFT]


class QueueFilter(CleanText, forms.Form):
    """The queue's filter; without any choice it holds what waits for the label, oldest first."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=150,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Title, artist or reference"}),
    )
    genre = forms.ChoiceField(required=False)
    order = forms.ChoiceField(choices=[(key, name) for key, (name, _) in ORDERS.items()], required=False)
    tempo_from = TempoField(label="BPM from", required=False, widget=forms.TextInput(attrs=DECIMAL))
    tempo_to = TempoField(label="BPM to", required=False, widget=forms.TextInput(attrs=DECIMAL))
    key = forms.ChoiceField(choices=[("", "Any key"), *KEY_CHOICES], required=False)
    compatible = forms.BooleanField(label="and keys that mix with it", required=False)
    older = forms.IntegerField(label="Older than (days)", required=False, min_value=1, max_value=3650)
    overdue = forms.BooleanField(label="Overdue only", required=False)
    ball = forms.ChoiceField(choices=BALLS, required=False, widget=forms.HiddenInput)
    state = forms.ChoiceField(choices=STATE_CHOICES, required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, genres: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["genre"].choices = [("", "Any genre"), *genres]  # type: ignore[attr-defined]  # a ChoiceField

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        low, high = cleaned.get("tempo_from"), cleaned.get("tempo_to")
        if low and high and low > high:
            self.add_error("tempo_to", ValidationError("This is slower than “from”.", code="order"))
        return cleaned

    @property
    def shown_ball(self) -> str:
        """Whose turn the list is about: as chosen, else the chosen state's, else the label's."""
        chosen = self.cleaned_data.get("ball") or ""
        state = self.cleaned_data.get("state")
        return chosen or (ball_of(state).value if state else Ball.LABEL.value)

    @property
    def order_by(self) -> tuple[str, ...]:
        return ORDERS[self.cleaned_data.get("order") or "oldest"][1]

    @property
    def narrowing(self) -> list[str]:
        """The names of the fields that narrow the list, tab and order aside."""
        aside = ("ball", "state", "order")
        return [name for name, value in self.cleaned_data.items() if value and name not in aside]

    @property
    def has_more(self) -> bool:
        """Whether one of the fields that are folded away is in use, or wrong."""
        said = {*self.narrowing, *self.errors}
        return not said.isdisjoint(MORE)

    def narrowed(self, rows: Rows) -> Rows:
        """Return the rows that fit; call it on a valid filter."""
        said = self.cleaned_data
        rows = rows.annotate(due_order=Coalesce("due_at", Value(NEVER)))
        rows = rows.filter(self._standing(), self._sound(), self._time())
        return rows.filter(_words(said["q"])) if said["q"] else rows

    def _standing(self) -> Q:
        if state := self.cleaned_data["state"]:
            return Q(state=state)
        ball = self.shown_ball
        return Q() if ball == EVERYTHING else Q(state__in=states_with(Ball(ball)))

    def _sound(self) -> Q:
        said, sound = self.cleaned_data, Q()
        if genre := said["genre"]:
            sound &= Q(genre=genre) | Q(subgenre=genre)
        if key := said["key"]:
            sound &= Q(key__in=(compatible(key) if said["compatible"] else ()) or (key,))
        if said["tempo_from"]:
            sound &= Q(tempo__gte=said["tempo_from"])
        return sound & Q(tempo__lte=said["tempo_to"]) if said["tempo_to"] else sound

    def _time(self) -> Q:
        said, time, moment = self.cleaned_data, Q(), now()
        if said["older"]:
            time &= Q(submitted_at__lt=moment - timedelta(days=said["older"]))
        return time & Q(state__in=sorted(WAITING), due_at__lt=moment) if said["overdue"] else time


def _words(text: str) -> Q:
    found = Q(title__icontains=text) | Q(mix__icontains=text) | Q(artist__icontains=text)
    try:
        return found | Q(reference=codes.normalise("TF", text))
    except ValueError:
        return found | Q(reference__icontains=text)
