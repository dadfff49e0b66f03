"""What events of releases say: payloads hold numbers, dates and codes; private parts hold words and people.

Values are those of canonical JSON. The database knows the fields of payloads too (`releases_payload_keys`).
"""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Nothing:
    """No payload, or no private part."""


@dataclass(frozen=True)
class Facts:
    """A release's fields but for words, release date and codes. No territories mean the world."""

    kind: str
    original_on: str | None
    pre_order_on: str | None
    territories: list[str]
    excluded: list[str]
    series: str | None
    part: int | None


@dataclass(frozen=True)
class Words:
    title: str
    edition: str
    artist: str
    p_line: str
    c_line: str
    artwork_url: str
    genre: str


@dataclass(frozen=True)
class Tracks:
    """The whole list, in order: line, submission, comes_out, isrc, seconds, is_explicit."""

    tracks: list[dict[str, Any]]


@dataclass(frozen=True)
class TrackWords:
    """The same lines: title, mix, artist."""

    tracks: list[dict[str, str]]


@dataclass(frozen=True)
class Codes:
    """The codes after it, and the ISRCs assigned now, by position; `issued` are those that came from the ledger."""

    catalogue_number: str
    upc: str
    isrcs: dict[str, str]
    issued: list[str]


@dataclass(frozen=True)
class LostTrack:
    position: int
    submission: str


@dataclass(frozen=True)
class Date:
    """The date, and the catalogue number that goes with it."""

    release_on: str
    catalogue_number: str


@dataclass(frozen=True)
class Sheet:
    """SHA-256 of the delivery sheet as JSON, in hex."""

    sheet: str


@dataclass(frozen=True)
class Steps:
    """Steps added: number, position, area, weight, days_before, waits_for, is_shared."""

    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class StepsWords:
    """The same steps: name, note, assignee (an account's number or None), assignee_name."""

    steps: list[dict[str, Any]]


@dataclass(frozen=True)
class Step:
    step: int


@dataclass(frozen=True)
class StepPlan(Step):
    position: int
    area: str
    weight: int
    days_before: int
    waits_for: list[int]
    is_shared: bool


@dataclass(frozen=True)
class StepWords:
    name: str
    note: str = ""
    assignee: int | None = None
    assignee_name: str = ""


@dataclass(frozen=True)
class DoneStep(Step):
    """`ahead_of` are the steps that it waits for and that were open still."""

    ahead_of: list[int] = field(default_factory=list)
