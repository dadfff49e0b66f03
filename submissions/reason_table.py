"""Explanations of the reasons for passing, and what is usually welcome after each."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from submissions.choices import Reason, Welcome


@dataclass(frozen=True, slots=True)
class ReasonWords:
    """`hint` explains the reason; `suits` is the suggested `Welcome`."""

    hint: str
    suits: Welcome


REASONS: Mapping[str, ReasonWords] = MappingProxyType(
    {
        Reason.GENRE.value: ReasonWords("Good or not, it belongs on another label.", Welcome.ANOTHER),
        Reason.PRODUCTION.value: ReasonWords("The idea stands, its sound not yet.", Welcome.THIS_AGAIN),
        Reason.ARRANGEMENT.value: ReasonWords("Length, build-up or structure.", Welcome.THIS_AGAIN),
        Reason.TOO_CLOSE.value: ReasonWords("One much like it is out or on its way.", Welcome.ANOTHER),
        Reason.CALENDAR.value: ReasonWords("You would, but no slot is left.", Welcome.ANOTHER),
        Reason.RELEASED.value: ReasonWords("It is out, here or elsewhere.", Welcome.ANOTHER),
        Reason.RIGHTS.value: ReasonWords("Samples, voice or credits are not cleared.", Welcome.THIS_AGAIN),
        Reason.AI.value: ReasonWords("More of it than your rules allow.", Welcome.ANOTHER),
        Reason.INFORMATION.value: ReasonWords("Credits, links or answers are missing.", Welcome.THIS_AGAIN),
    }
)
