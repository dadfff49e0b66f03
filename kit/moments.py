"""Form field for a date and time typed in a given time zone and stored in UTC."""

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

SHAPE = "%Y-%m-%dT%H:%M"
YEARS = range(2000, 2100)
"""Outside these, converting to a zone may leave the years that `datetime` supports."""


def moment_at(local: datetime, zone: tzinfo) -> datetime:
    """Return the moment (UTC) of a naive local time in this zone.

    Raises ValidationError for a time that daylight saving skips or repeats.
    """
    first, second = (local.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    when = f"{local:%H:%M} on {local.day} {local:%B %Y} in {zone}"
    if first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != local:
        sentence = f"Clocks are put forward then: there is no {when}. Choose an earlier or a later time."
        raise ValidationError(sentence, code="skipped")
    sentence = f"Clocks are put back then: {when} comes twice. Choose a time before or after that hour."
    raise ValidationError(sentence, code="twice")


class MomentField(forms.Field):
    """A date and time in `zone`. `kept` is the stored value: posted back unchanged, it is returned as it is."""

    widget = forms.DateTimeInput(format=SHAPE, attrs={"type": "datetime-local"})
    zone: tzinfo = UTC
    kept: datetime | None = None

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        if self.kept and value == self.shown(self.kept):
            return self.kept
        return moment_at(_naive(str(value)), self.zone)

    def prepare_value(self, value: Any) -> Any:
        return self.shown(value) if isinstance(value, datetime) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return (self.prepare_value(initial) or "") != (data or "")

    def shown(self, moment: datetime) -> str:
        """Return a moment as the input's value."""
        return moment.astimezone(self.zone).strftime(SHAPE)


def _naive(text: str) -> datetime:
    try:
        typed = datetime.strptime(text[:16].replace(" ", "T"), SHAPE)  # `moment_at` adds the zone
    except ValueError:
        raise ValidationError("Give a day and a time: 2026-06-30 23:59.", code="invalid") from None
    if typed.year not in YEARS:
        said = f"Choose a day from {YEARS.start} to {YEARS.stop - 1}."
        raise ValidationError(said, code="years")
    return typed
