"""An intake's settings in words, and what changed between two states of it."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from catalog.models import Genre
from catalog.music.genres import genre_names
from labels.intakes import rule_words
from labels.models import Intake, Label
from labels.rules import REQUIRABLE, tempo_span

UNQUOTED = {"message", "access code"}
"""Settings whose values are too long or too secret to be repeated."""

BARE = {"opening", "closing", "promise", "grace", "days to answer"}
"""Settings shown without quotation marks."""


def settings_of(intake: Intake, genres: Collection[Genre]) -> dict[str, str]:
    """Return the settings in words by name; `genres` are the intake's, saved or about to be."""
    return {
        "name": intake.title,
        "message": intake.message or "none",
        "state": "closed for now" if intake.is_paused else "not closed by hand",
        "opening": _moment(intake.opens_at, intake.label),
        "closing": _moment(intake.closes_at, intake.label),
        "access code": intake.access_code or "none",
        "genres": _listed(genre_names(genres), "any"),
        "other genres": intake.get_genre_strictness_display(),
        "tempo": tempo_span(intake) or "any",
        "other tempos": intake.get_tempo_strictness_display(),
        "required fields": _listed((REQUIRABLE.get(name, name) for name in intake.required_fields), "none"),
        "generative AI": intake.get_ai_policy_display(),
        "exclusivity": intake.get_exclusivity_policy_display(),
        "released music": "not taken" if intake.unreleased_only else "taken",
        "open submissions per producer": str(intake.most_open or "any number"),
        "submissions per producer and week": str(intake.most_weekly or "any number"),
        "promise": rule_words.count(intake.promise_days, "day"),
        "grace": rule_words.count(intake.grace_days, "day"),
        "days to answer": rule_words.count(intake.answer_days, "day"),
    }


def changes(before: Mapping[str, str], after: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return what is different: each setting with what it was and is, without those where it is not repeated."""
    different = [name for name in after if before[name] != after[name]]
    return [(name,) if name in UNQUOTED else (name, before[name], after[name]) for name in different]


def change_words(name: str, before: str = "", after: str = "") -> str:
    """Return one of `changes` in words: `promise from 14 to 7 days`."""
    if name in UNQUOTED:
        return name
    if before.endswith(" days") and after.endswith(" days"):
        before = before.removesuffix(" days")
    if name in BARE:
        return f"{name} from {before} to {after}"
    return f"{name} from “{before}” to “{after}”"


def _moment(when: datetime | None, label: Label) -> str:
    return rule_words.moment(when, label) if when else "not set"


def _listed(words: Iterable[str], nothing: str) -> str:
    return rule_words.listed(words) or nothing
