"""What rules, saved or only typed, would have done to the demos of the last thirty days."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.models import Genre
from labels.intakes.rule_words import count, listed
from labels.models import Intake
from labels.rules import REQUIRABLE, Demo, Refusal, refusals
from workspace.intakes.past_demos import WEEK, Past, Sent

RULE_OF = {
    "genre": "genres",
    "tempo": "tempo",
    "ai": "ai_policy",
    "exclusivity": "exclusivity_policy",
    "release_status": "unreleased_only",
}
"""Which rule speaks through a refusal of which field; what is empty speaks for `required_fields`."""
LIMITS = ("most_open", "most_weekly")
FIELDS = {
    "genres": ("genres", "genre_strictness"),
    "tempo": ("tempo_from", "tempo_to", "tempo_strictness"),
    **{
        name: (name,)
        for name in ("required_fields", "ai_policy", "exclusivity_policy", "unreleased_only", *LIMITS)
    },
}
"""The form's fields behind each rule."""


@dataclass(frozen=True)
class Effect:
    """What one rule would have done; `is_known` is false while what was typed for it is wrong."""

    refused: int = 0
    warned: int = 0
    total: int = 0
    detail: str = ""
    is_known: bool = True

    @property
    def sentence(self) -> str:
        if not self.is_known:
            return "Its effect shows once this is right."
        if not self.total:
            return ""
        verb = "warned" if self.warned and not self.refused else "refused"
        number = self.refused or self.warned or "None"
        return f"{number} of last month’s {count(self.total, 'demo')} would have been {verb}{self.detail}."


@dataclass(frozen=True)
class Effects:
    """The effect of each rule by its name, and of all together."""

    by_rule: Mapping[str, Effect]
    total: Effect
    is_capped: bool


def effects_of(
    intake: Intake, genres: Collection[Genre], past: Past, *, wrong: Collection[str] = ()
) -> Effects:
    """Return what an intake's rules do to the past; `wrong` are fields whose typed value is no use."""
    hits, lacking = _hits(intake, genres, past)
    by_rule = {rule: _effect(rule, hits, lacking, past, wrong) for rule in FIELDS}
    known = [pair for rule, pair in hits.items() if by_rule[rule].is_known]
    refused = {pk for hard, _ in known for pk in hard}
    warned = {pk for _, gentle in known for pk in gentle}
    return Effects(by_rule, Effect(len(refused), len(warned - refused), len(past)), past.is_capped)


Hits = dict[str, tuple[set[int], set[int]]]


def _hits(intake: Intake, genres: Collection[Genre], past: Past) -> tuple[Hits, Counter[str]]:
    """Return which demos each rule refuses and warns, and how many lack which field."""
    hits: Hits = {rule: (set(), set()) for rule in FIELDS}
    lacking: Counter[str] = Counter()
    for pk, copied in past.copies.items():
        for rule, refusal in _against(intake, genres, copied):
            hits[rule][refusal.is_gentle].add(pk)
            if rule == "required_fields":
                lacking[refusal.field] += 1
    for rule, counted in (("most_open", _count_open), ("most_weekly", _count_week)):
        if limit := getattr(intake, rule):
            hits[rule][0].update(_beyond(limit, past, counted))
    return hits, lacking


def _against(
    intake: Intake, genres: Collection[Genre], copied: dict[str, Any]
) -> Iterator[tuple[str, Refusal]]:
    # what a first sending alone is held against, limits and code, is no matter of the copy
    for refusal in refusals(intake, Demo(copied, is_resubmission=True), genres=genres):
        if copied[refusal.field]:
            yield RULE_OF[refusal.field], refusal
        elif refusal.field in intake.required_fields:
            yield "required_fields", refusal


def _beyond(limit: int, past: Past, counted: Callable[[Sent, list[Sent]], int]) -> Iterator[int]:
    """Yield the demos that a limit would have stopped, had those it stopped before not come either."""
    for sent in past.sent.values():
        taken: list[Sent] = []
        for each in sent:
            if each.pk in past.copies and counted(each, taken) >= limit:
                yield each.pk
            else:
                taken.append(each)


def _count_open(sent: Sent, taken: list[Sent]) -> int:
    return sum(each.lay_open(sent.at) for each in taken)


def _count_week(sent: Sent, taken: list[Sent]) -> int:
    return sum(each.at > sent.at - WEEK for each in taken)


def _effect(rule: str, hits: Hits, lacking: Counter[str], past: Past, wrong: Collection[str]) -> Effect:
    if set(FIELDS[rule]) & set(wrong):
        return Effect(is_known=False)
    refused, warned = hits[rule]
    return Effect(
        len(refused), len(warned), len(past), _lacking_words(lacking) if rule == "required_fields" else ""
    )


def _lacking_words(lacking: Counter[str]) -> str:
    parts = [f"{number} without {REQUIRABLE[name]}" for name, number in lacking.most_common()]
    return f": {listed(parts)}" if len(parts) > 1 else ""
