"""What an intake's rules, saved or only typed, would have done to the demos of the last 30 days."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q

from accounts.models import User
from catalog.models import Genre
from kit.clock import now
from labels.intakes.rule_words import count, listed
from labels.models import Intake, Label
from labels.rules import REQUIRABLE, Demo, Refusal, refusals
from submissions.models import Event, Revision, Submission
from submissions.transition_table import UNDECIDED

SPAN = timedelta(days=30)
WEEK = timedelta(days=7)
MOST_DEMOS = 500
OpenPeriod = tuple[datetime, datetime | None]


@dataclass(frozen=True)
class SentDemo:
    """A demo: when it was sent, by whom, and when it was undecided."""

    pk: int
    producer: int
    at: datetime
    open_periods: list[OpenPeriod] = field(default_factory=list)

    def was_open(self, moment: datetime) -> bool:
        return any(start < moment and (end is None or moment < end) for start, end in self.open_periods)


@dataclass(frozen=True)
class RecentDemos:
    """The demos of the last 30 days: frozen copies by submission, and per producer all that count for limits.

    `is_capped` if there were more than `MOST_DEMOS`; the latest are kept.
    """

    copies: Mapping[int, dict[str, Any]]
    sent: Mapping[int, list[SentDemo]]
    is_capped: bool

    def __len__(self) -> int:
        return len(self.copies)


def recent_demos_of(user: User, label: Label) -> RecentDemos:
    """Return the demos that rules are tried on, without the reader's own and redacted ones. Four queries."""
    since = now() - SPAN
    recent = Submission.objects.at_desk(user, label).filter(submitted_at__gt=since)
    rows = list(recent.order_by("-submitted_at", "-pk").values_list("pk", "producer")[: MOST_DEMOS + 1])
    kept = rows[:MOST_DEMOS]
    copies = _copies([pk for pk, _ in kept])
    sent = _sent_by_producer(label, {producer for _, producer in kept}, since)
    return RecentDemos(copies, sent, is_capped=len(rows) > MOST_DEMOS)


def _copies(submissions: list[int]) -> dict[int, dict[str, Any]]:
    last = Revision.objects.filter(submission__in=submissions).order_by("submission", "-number")
    rows = last.distinct("submission").values_list("submission", "copy", "redacted_at")
    return {pk: _rule_input(copy) for pk, copy, redacted_at in rows if redacted_at is None}


def _rule_input(copy: Mapping[str, Any]) -> dict[str, Any]:
    """Return a frozen copy as the rules take it: tempo as a number, missing fields empty."""
    tempo = copy.get("tempo")
    return defaultdict(str, copy) | {"tempo": Decimal(tempo) if tempo else None}


def _sent_by_producer(label: Label, producers: Iterable[int], since: datetime) -> dict[int, list[SentDemo]]:
    counts = Q(submitted_at__gt=since - WEEK) | Q(moved_at__gt=since) | Q(state__in=UNDECIDED)
    rows = Submission.objects.filter(counts, label=label, producer__in=producers, submitted_at__isnull=False)
    found: dict[int, list[SentDemo]] = defaultdict(list)
    first = rows.order_by("submitted_at", "pk").values_list("pk", "producer", "submitted_at")
    everything = [SentDemo(pk, producer, at) for pk, producer, at in first if at]
    periods = _open_periods([each.pk for each in everything])
    for each in everything:
        each.open_periods.extend(periods.get(each.pk, []))
        found[each.producer].append(each)
    return found


def _open_periods(submissions: list[int]) -> dict[int, list[OpenPeriod]]:
    """Return when each submission was undecided."""
    moves = Event.objects.filter(submission__in=submissions).exclude(from_state=F("to_state"))
    periods: dict[int, list[OpenPeriod]] = defaultdict(list)
    for pk, at, state in moves.order_by("submission", "sequence").values_list(
        "submission", "recorded_at", "to_state"
    ):
        is_open = bool(periods[pk]) and periods[pk][-1][1] is None
        if state in UNDECIDED and not is_open:
            periods[pk].append((at, None))
        elif state not in UNDECIDED and is_open:
            periods[pk][-1] = (periods[pk][-1][0], at)
    return periods


RULE_OF = {
    "genre": "genres",
    "tempo": "tempo",
    "ai": "ai_policy",
    "exclusivity": "exclusivity_policy",
    "release_status": "unreleased_only",
}
"""The rule behind a refusal of each field; an empty field is refused by `required_fields`."""
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
    """What one rule would have done; `is_known` is False while its typed value is invalid."""

    refused: int = 0
    warned: int = 0
    total: int = 0
    detail: str = ""
    is_known: bool = True

    @property
    def sentence(self) -> str:
        if not self.is_known:
            return "Correct this to see its effect."
        if not self.total:
            return ""
        verb = "shown a warning" if self.warned and not self.refused else "been refused"
        number = self.refused or self.warned or "None"
        return f"{number} of last month’s {count(self.total, 'demo')} would have {verb}{self.detail}."


@dataclass(frozen=True)
class Effects:
    """The effect of each rule by name, and of all together."""

    by_rule: Mapping[str, Effect]
    total: Effect
    is_capped: bool


def effects_of(
    intake: Intake, genres: Collection[Genre], past: RecentDemos, *, wrong: Collection[str] = ()
) -> Effects:
    """Return what an intake's rules do to recent demos; `wrong` are fields with an invalid value."""
    hits, lacking = _hits(intake, genres, past)
    by_rule = {rule: _effect(rule, hits, lacking, past, wrong) for rule in FIELDS}
    known = [pair for rule, pair in hits.items() if by_rule[rule].is_known]
    refused = {pk for hard, _ in known for pk in hard}
    warned = {pk for _, gentle in known for pk in gentle}
    return Effects(by_rule, Effect(len(refused), len(warned - refused), len(past)), past.is_capped)


RuleHits = dict[str, tuple[set[int], set[int]]]


def _hits(intake: Intake, genres: Collection[Genre], past: RecentDemos) -> tuple[RuleHits, Counter[str]]:
    """Return the demos each rule refuses or warns, and how many lack each required field."""
    hits: RuleHits = {rule: (set(), set()) for rule in FIELDS}
    lacking: Counter[str] = Counter()
    for pk, copied in past.copies.items():
        for rule, refusal in _refusals(intake, genres, copied):
            hits[rule][refusal.is_gentle].add(pk)
            if rule == "required_fields":
                lacking[refusal.field] += 1
    for rule, counted in (("most_open", _count_open), ("most_weekly", _count_week)):
        if limit := getattr(intake, rule):
            hits[rule][0].update(_over_limit(limit, past, counted))
    return hits, lacking


def _refusals(
    intake: Intake, genres: Collection[Genre], copied: dict[str, Any]
) -> Iterator[tuple[str, Refusal]]:
    # as a resubmission: limits and the access code, checked only at first, are no part of the copy
    for refusal in refusals(intake, Demo(copied, is_resubmission=True), genres=genres):
        if copied[refusal.field]:
            yield RULE_OF[refusal.field], refusal
        elif refusal.field in intake.required_fields:
            yield "required_fields", refusal


def _over_limit(
    limit: int, past: RecentDemos, counted: Callable[[SentDemo, list[SentDemo]], int]
) -> Iterator[int]:
    """Yield the demos that a limit would have stopped; stopped ones do not count towards it."""
    for sent in past.sent.values():
        taken: list[SentDemo] = []
        for each in sent:
            if each.pk in past.copies and counted(each, taken) >= limit:
                yield each.pk
            else:
                taken.append(each)


def _count_open(sent: SentDemo, taken: list[SentDemo]) -> int:
    return sum(each.was_open(sent.at) for each in taken)


def _count_week(sent: SentDemo, taken: list[SentDemo]) -> int:
    return sum(each.at > sent.at - WEEK for each in taken)


def _effect(
    rule: str, hits: RuleHits, lacking: Counter[str], past: RecentDemos, wrong: Collection[str]
) -> Effect:
    if set(FIELDS[rule]) & set(wrong):
        return Effect(is_known=False)
    refused, warned = hits[rule]
    return Effect(
        len(refused), len(warned), len(past), _lacking_words(lacking) if rule == "required_fields" else ""
    )


def _lacking_words(lacking: Counter[str]) -> str:
    parts = [f"{number} without {REQUIRABLE[name]}" for name, number in lacking.most_common()]
    return f": {listed(parts)}" if len(parts) > 1 else ""
