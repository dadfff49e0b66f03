"""How well an intake suits a track: the reasons in words, and the level they add up to.

What stops a track is said by `labels.rules.refusals` alone; `fit_order` repeats it as SQL, and a test holds the two
against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db.models import IntegerChoices

from catalog.choices import ReleaseStatus
from catalog.music.units import display_tempo
from catalog.tracks.copy import PROFILE_FIELDS, missing
from kit.routes import url_for
from labels.choices import AIPolicy, ExclusivityPolicy
from labels.directory.response_record import is_too_few, latest_record
from labels.models import Intake, Label
from labels.rules import Demo, Refusal, closed_sentence, refusals, tempo_span

AI_FITS = {
    AIPolicy.SOME: "Generative AI in some elements at most: yours fits",
    AIPolicy.NONE: "No generative AI, as in yours",
}
TASTE = ("genre", "tempo", "ai", "release_status")
"""Fields whose refusals nobody mends by an edit: the track is as it is."""

MOST_ANSWERED = 0.8
"""The share of answers from which on it speaks for a label."""


class Weight(StrEnum):
    """What a reason does: it speaks for the label, is good to know, wants a look, or stops the track."""

    GOOD = "good"
    NOTE = "note"
    CHECK = "check"
    STOP = "stop"


class Level(IntegerChoices):
    """How well an intake suits a track; a higher one comes first."""

    CLOSED = 0, "Closed"
    STOPPED = 1, "Cannot get it"
    CHECK = 2, "Check first"
    ANY_GENRE = 3, "Takes any genre"
    GENRE = 4, "Good fit"
    SUBGENRE = 5, "Best fit"


@dataclass(frozen=True)
class Reason:
    """A sentence, and where to do something about it."""

    weight: Weight
    sentence: str
    href: str = ""
    where: str = ""


@dataclass(frozen=True)
class Candidate:
    """A track that looks for a label: its copy, and what its producer has sent, by primary key of the label.

    `earlier` says what became of this track at a label. A label that wants it alone gives a reason of weight
    `alone` while the track is live elsewhere; None if it is not. `notices` hold for every label.
    """

    code: str
    title: str
    copied: Mapping[str, Any]
    open_counts: Mapping[int, int] = field(default_factory=dict)
    week_counts: Mapping[int, int] = field(default_factory=dict)
    blocked_by: frozenset[int] = frozenset()
    earlier: Mapping[int, Reason] = field(default_factory=dict)
    alone: Weight | None = None
    notices: tuple[Reason, ...] = ()

    @property
    def edit_url(self) -> str:
        return url_for("catalog:track-edit", self.code)

    @property
    def lacking(self) -> list[str]:
        """What every label needs and the track does not have, in words."""
        return list(missing(dict(self.copied)).values())

    @property
    def lacks_profile(self) -> bool:
        return bool(missing(dict(self.copied)).keys() & set(PROFILE_FIELDS))

    def demo_for(self, intake: Intake, at: datetime) -> Demo:
        """Return the demo that this intake's rules check."""
        label = intake.label_id
        return Demo(
            copied=dict(self.copied),
            open_count=self.open_counts.get(label, 0),
            week_count=self.week_counts.get(label, 0),
            access_code=intake.access_code,
            is_closed=not intake.is_open(at) or label in self.blocked_by,
        )


@dataclass(frozen=True)
class Fit:
    """An intake, its level and the reasons, those that stop the track first."""

    intake: Intake
    level: Level
    reasons: list[Reason]

    @property
    def is_stopped(self) -> bool:
        return self.level <= Level.STOPPED

    @property
    def is_alone(self) -> bool:
        """Whether this intake takes only what nobody else has."""
        return self.intake.exclusivity_policy == ExclusivityPolicy.EXCLUSIVE


def fit_of(intake: Intake, candidate: Candidate, at: datetime) -> Fit:
    """Return the fit of an intake with prefetched genres; what the track lacks for every label is left out.

    A label that blocked the producer looks closed.
    """
    if candidate.demo_for(intake, at).is_closed:
        return Fit(
            intake,
            Level.CLOSED,
            [*_earlier(intake, candidate), Reason(Weight.STOP, closed_sentence(intake))],
        )
    lacking = missing(dict(candidate.copied))
    found = [each for each in refusals(intake, candidate.demo_for(intake, at)) if each.field not in lacking]
    against = [*_earlier(intake, candidate), *(_against(each, candidate) for each in found)]
    refused = {each.field for each in found}
    if candidate.alone and "exclusivity" not in refused:
        against += _alone(intake, candidate.alone)
    against.sort(key=lambda each: each.weight != Weight.STOP)
    return Fit(
        intake, _level(intake, candidate, against), [*against, *_in_favour(intake, candidate, refused)]
    )


def best_fit(label: Label, candidate: Candidate, at: datetime) -> Fit | None:
    """Return the fit of the label's most suitable open intake, or else of its first; None without any.

    The label comes from `labels.directory.queries.directory`.
    """
    fits = [fit_of(intake, candidate, at) for intake in label.intakes.all() if not intake.access_code]
    return max(fits, key=lambda fit: fit.level, default=None)


def _level(intake: Intake, candidate: Candidate, against: list[Reason]) -> Level:
    weights = {each.weight for each in against}
    wanted = {genre.slug for genre in intake.genres.all()}
    if Weight.STOP in weights:
        return Level.STOPPED
    if Weight.CHECK in weights:
        return Level.CHECK
    if candidate.copied["subgenre"] in wanted:
        return Level.SUBGENRE
    return Level.GENRE if candidate.copied["genre"] in wanted else Level.ANY_GENRE


def _against(refusal: Refusal, candidate: Candidate) -> Reason:
    weight = Weight.CHECK if refusal.is_gentle else Weight.STOP
    if refusal.field in ("intake", *TASTE):
        return Reason(weight, refusal.sentence)
    if refusal.field in PROFILE_FIELDS:
        href = f"{url_for('catalog:profile')}#id_{refusal.field}"
        return Reason(weight, refusal.sentence, href, "Edit your profile")
    return Reason(weight, refusal.sentence, f"{candidate.edit_url}#id_{refusal.field}", "Edit the track")


def _earlier(intake: Intake, candidate: Candidate) -> list[Reason]:
    found = candidate.earlier.get(intake.label_id)
    return [found] if found else []


def _alone(intake: Intake, weight: Weight) -> list[Reason]:
    if intake.exclusivity_policy != ExclusivityPolicy.EXCLUSIVE:
        return []
    sentence = f"{intake.label} takes only demos sent to nobody else; another label has this track now."
    return [Reason(weight, sentence)]


def _in_favour(intake: Intake, candidate: Candidate, refused: set[str]) -> list[Reason]:
    copied = candidate.copied
    said = [_about_genre(intake, copied)]
    if copied["tempo"] and tempo_span(intake) and "tempo" not in refused:
        said.append(f"Looks for {tempo_span(intake)}: yours has {display_tempo(copied['tempo'])}")
    if copied["ai"] and intake.ai_policy != AIPolicy.ANY and "ai" not in refused:
        said.append(AI_FITS[AIPolicy(intake.ai_policy)])
    if intake.unreleased_only and copied["release_status"] == ReleaseStatus.UNRELEASED:
        said.append("Unreleased music only, as yours is")
    return [*(Reason(Weight.GOOD, sentence) for sentence in said if sentence), *_about_answers(intake.label)]


def _about_answers(label: Label) -> list[Reason]:
    record = latest_record(label)
    if record is None or is_too_few(record):
        return []
    weight = Weight.GOOD if record.answered >= MOST_ANSWERED * record.sample else Weight.NOTE
    return [Reason(weight, f"Answered {record.answered} of {record.sample} demos")]


def _about_genre(intake: Intake, copied: Mapping[str, Any]) -> str:
    names = {genre.slug: genre.name for genre in intake.genres.all()}
    named = names.get(copied["subgenre"]) or names.get(copied["genre"])
    return f"Takes {named}" if named else "" if names else "Takes any genre"
