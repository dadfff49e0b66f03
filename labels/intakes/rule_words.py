"""An intake's rules in words, for producers."""

from collections.abc import Iterable
from datetime import datetime

from catalog.music.genres import genre_names
from kit.clock import now
from labels.choices import AIPolicy, ExclusivityPolicy, Status, Strictness
from labels.models import Intake, Label
from labels.questions.answers import current_questions
from labels.rules import REQUIRABLE, tempo_span

OUTSIDE = {Strictness.WARN: "Other {} are allowed.", Strictness.BLOCK: "No exceptions."}
STANDING = {
    Status.UNVERIFIED: "Not verified yet: this label cannot receive demos.",
    Status.SUSPENDED: "This label is suspended: it cannot receive or answer demos until that is over.",
    Status.CLOSED: "This label has closed.",
}


BEHIND = "Closed until it has answered more of the demos it has."


def moment(when: datetime, label: Label) -> str:
    """Return a moment in the label's zone: `25 October 2026, 02:30 CEST (Europe/Copenhagen)`."""
    local = when.astimezone(label.zone)
    short = local.tzname() or ""
    offset = f"UTC{short}" if short[:1] in "+-" else short
    place = "" if label.time_zone == "UTC" else f" ({label.time_zone.replace('_', ' ')})"
    return f"{local.day} {local:%B %Y, %H:%M} {offset}{place}"


def opening(intake: Intake, at: datetime | None = None) -> str:
    """Return a sentence: whether the intake is open at this moment, and until or from when."""
    at, label = at or now(), intake.label
    if not label.is_verified:
        return "Not open."
    if intake.closes_at and intake.closes_at <= at:
        return f"Closed since {moment(intake.closes_at, label)}."
    if intake.is_paused:
        return "Closed for now."
    if label.is_behind:
        return BEHIND
    if intake.opens_at and intake.opens_at > at:
        return f"Opens on {moment(intake.opens_at, label)}."
    return f"Open until {moment(intake.closes_at, label)}." if intake.closes_at else "Open."


def promise(intake: Intake) -> str:
    """Return the promise: `Answers within 14 days`."""
    return f"Answers within {count(intake.promise_days, 'day')}"


def grace(intake: Intake) -> str:
    """Return a sentence about when an unanswered submission expires."""
    total = count(intake.promise_days + intake.grace_days, "day")
    return (
        f"If there is no answer after {total}, the submission expires and you can send the track elsewhere."
    )


def rules(intake: Intake) -> list[tuple[str, str]]:
    """Return the rules as (heading, sentence), without what is not restricted."""
    return [(heading, sentence) for heading, sentence in _all_rules(intake) if sentence]


def count(number: int, noun: str) -> str:
    """Return a number with its noun: `1 day`, `3 days`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def listed(words: Iterable[str]) -> str:
    """Return words joined as a list: `one, two and three`."""
    *most, last = [*words] or [""]
    return f"{', '.join(most)} and {last}" if most else last


def _all_rules(intake: Intake) -> list[tuple[str, str]]:
    return [
        ("Genres", _genres(intake)),
        ("Tempo", _tempo(intake)),
        ("Generative AI", "" if intake.ai_policy == AIPolicy.ANY else f"{intake.get_ai_policy_display()}."),
        ("Exclusivity", _exclusivity(intake)),
        ("Release status", "Unreleased music only." if intake.unreleased_only else ""),
        ("Required", _required(intake)),
        ("Limits", _limits(intake)),
        ("Questions", _questions(intake)),
    ]


def _genres(intake: Intake) -> str:
    names = genre_names(intake.genres.all())
    outside = OUTSIDE[Strictness(intake.genre_strictness)].format("genres")
    return f"{', '.join(names)}. {outside}" if names else ""


def _tempo(intake: Intake) -> str:
    span = tempo_span(intake)
    outside = OUTSIDE[Strictness(intake.tempo_strictness)].format("tempos")
    return f"{span[:1].upper()}{span[1:]}. {outside}" if span else ""


def _exclusivity(intake: Intake) -> str:
    is_any = intake.exclusivity_policy == ExclusivityPolicy.ANY
    return "" if is_any else f"{intake.get_exclusivity_policy_display()}."


def _required(intake: Intake) -> str:
    words = listed(REQUIRABLE[name] for name in intake.required_fields if name in REQUIRABLE)
    return f"{words[:1].upper()}{words[1:]}." if words else ""


def _limits(intake: Intake) -> str:
    at_once = f"{intake.most_open} at a time" if intake.most_open else ""
    weekly = f"{intake.most_weekly} a week" if intake.most_weekly else ""
    words = listed(filter(None, [at_once, weekly]))
    return f"At most {words} from one producer." if words else ""


def _questions(intake: Intake) -> str:
    number = len(current_questions(intake))
    return f"{count(number, 'question')} to answer." if number else ""
