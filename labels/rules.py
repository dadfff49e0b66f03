"""Why an intake refuses a demo. Pure, so that form, preview and door agree."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from catalog.choices import AIUse, Exclusivity, ReleaseStatus
from catalog.models import Genre
from catalog.music.units import other_counts
from catalog.tracks.copy import missing
from labels.choices import AIPolicy, ExclusivityPolicy, Strictness
from labels.models import Intake

REQUIRABLE = {
    "tempo": "tempo",
    "key": "musical key",
    "duration": "length",
    "isrc": "ISRC",
    "country": "country",
    "bio": "short bio",
    "language": "language",
    "explicit": "answer about explicit lyrics",
    "sample_use": "answer about samples",
    "vocal_use": "answer about vocals",
    "pitch": "pitch",
    "references": "“for fans of”",
    "release_window": "target release window",
    "backup_url": "backup link",
}
"""Fields that an intake may require besides the starred ones, in words."""


@dataclass(frozen=True)
class Demo:
    """The facts about a demo; `copied` is the result of `catalog.tracks.copy.copy_of`.

    `is_closed`: the intake takes nothing from this producer now, since it is closed or they are blocked.
    """

    copied: dict[str, Any]
    open_count: int = 0
    week_count: int = 0
    access_code: str = ""
    is_resubmission: bool = False
    is_closed: bool = False


@dataclass(frozen=True)
class Refusal:
    """A sentence about one field; `is_gentle` makes it a warning."""

    field: str
    sentence: str
    is_gentle: bool = False


def refusals(intake: Intake, demo: Demo, *, genres: Collection[Genre] | None = None) -> list[Refusal]:
    """Return every refusal and warning for this demo.

    `genres` replace the intake's own, for rules that are not saved yet.
    """
    wanted = {each.slug for each in (intake.genres.all() if genres is None else genres)}
    found = [*_incomplete(intake, demo), *_taste(intake, demo, wanted), *_policies(intake, demo)]
    return found if demo.is_resubmission else [*_limits(intake, demo), *found]


def closed_sentence(intake: Intake) -> str:
    """Return the sentence that the intake is closed; the one reason that it gives holds for everybody."""
    closed = f"{intake.label} is not taking demos here at the moment."
    behind = "It answers the demos it has first, and opens again by itself." if intake.label.is_behind else ""
    return " ".join(filter(None, (closed, behind, intake.message)))


def tempo_span(intake: Intake) -> str:
    """Return the wanted tempo in words, "" for any: `118 to 124 BPM`, `at most 140 BPM`."""
    low, high = intake.tempo_from, intake.tempo_to
    if low is None:
        return "" if high is None else f"at most {_number(high)} BPM"
    return f"at least {_number(low)} BPM" if high is None else f"{_number(low)} to {_number(high)} BPM"


def _incomplete(intake: Intake, demo: Demo) -> list[Refusal]:
    lacking = missing(demo.copied)
    lacking |= {n: REQUIRABLE[n] for n in intake.required_fields if n in REQUIRABLE and not demo.copied[n]}
    return [Refusal(name, f"Your {words} is missing.") for name, words in lacking.items()]


def _taste(intake: Intake, demo: Demo, wanted: set[str]) -> list[Refusal]:
    found, genre = [], demo.copied["genre"]
    if genre and wanted and not wanted & {genre, demo.copied["subgenre"]}:
        gentle = intake.genre_strictness == Strictness.WARN
        found.append(Refusal("genre", f"{intake.label} is not looking for this genre.", gentle))
    if demo.copied["tempo"] and not _within(intake, demo.copied["tempo"]):
        gentle = intake.tempo_strictness == Strictness.WARN
        sentence = f"{intake.label} is looking for {tempo_span(intake)}.{_other_count(intake, demo)}"
        found.append(Refusal("tempo", sentence, gentle))
    return found


def _policies(intake: Intake, demo: Demo) -> list[Refusal]:
    found, copied = [], demo.copied
    ai_refused = {AIPolicy.NONE: {AIUse.PARTIALLY, AIUse.YES}, AIPolicy.SOME: {AIUse.YES}}
    if copied["ai"] in ai_refused.get(AIPolicy(intake.ai_policy), set()):
        found.append(Refusal("ai", f"{intake.label} says: {intake.get_ai_policy_display()}."))
    unwanted = {
        ExclusivityPolicy.NO_OFFERS: {Exclusivity.OFFER_HELD},
        ExclusivityPolicy.EXCLUSIVE: {Exclusivity.OFFER_HELD, Exclusivity.SENT_ELSEWHERE},
    }
    if copied["exclusivity"] in unwanted.get(ExclusivityPolicy(intake.exclusivity_policy), set()):
        policy = intake.get_exclusivity_policy_display()
        found.append(Refusal("exclusivity", f"{intake.label} says: {policy}."))
    if intake.unreleased_only and copied["release_status"] not in ("", ReleaseStatus.UNRELEASED):
        found.append(Refusal("release_status", f"{intake.label} takes unreleased music only."))
    return found


def _limits(intake: Intake, demo: Demo) -> list[Refusal]:
    found = [Refusal("intake", closed_sentence(intake))] if demo.is_closed else []
    if intake.access_code and demo.access_code.strip().casefold() != intake.access_code.casefold():
        found.append(Refusal("access_code", "Enter the access code of this call."))
    if intake.most_open and demo.open_count >= intake.most_open:
        sentence = f"{intake.label} takes at most {intake.most_open} open submissions from one producer."
        found.append(Refusal("intake", f"{sentence} You have {demo.open_count} there."))
    if intake.most_weekly and demo.week_count >= intake.most_weekly:
        sentence = f"{intake.label} takes at most {intake.most_weekly} submissions a week from one producer."
        found.append(Refusal("intake", f"{sentence} You sent {demo.week_count} in the last seven days."))
    return found


def _within(intake: Intake, tempo: Decimal) -> bool:
    low, high = intake.tempo_from, intake.tempo_to
    return (low is None or tempo >= low) and (high is None or tempo <= high)


def _other_count(intake: Intake, demo: Demo) -> str:
    """Offer the double or the half of the tempo, if that lies between the two the intake looks for."""
    if intake.tempo_from is None or intake.tempo_to is None:
        return ""
    fitting = next((each for each in other_counts(demo.copied["tempo"]) if _within(intake, each)), None)
    return f" Yours counts as {_number(fitting)} too: write that if it fits." if fitting else ""


def _number(tempo: Decimal) -> str:
    return f"{tempo.normalize():f}"
