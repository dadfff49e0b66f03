"""A tempo read wrong is set right by one button or one key."""

from dataclasses import dataclass

from recordings.facts.corrections import Correction


@dataclass(frozen=True)
class TempoButton:
    """A correction and its key, unless a person changed that (`accounts.keys`)."""

    correction: Correction
    key: str


TEMPO_BUTTONS = (
    TempoButton(Correction.DOUBLE, "f"),
    TempoButton(Correction.HALF, "l"),
    TempoButton(Correction.THREE_HALVES, "p"),
    TempoButton(Correction.TWO_THIRDS, "q"),
)
