"""The transitions that a producer may choose, and what the label will see."""

from dataclasses import dataclass

from django.urls import reverse

from kit.clock import now
from submissions import deadlines
from submissions.choices import ActorRole
from submissions.deadlines import Deadlines
from submissions.models import Event, Submission
from submissions.permissions import refusal_for
from submissions.state_machine import DeadlineChange, ProducerWords, Rule
from submissions.transition_table import RULES


@dataclass(frozen=True)
class Choice:
    """A transition of one submission, with the producer's words for it."""

    rule: Rule
    words: ProducerWords
    effect: str
    href: str


def choices_of(submission: Submission, clock: Deadlines) -> list[Choice]:
    """Return what the producer may do now, in the order of the transition table."""
    listed = [rule for rule in RULES.values() if rule.producer and not rule.producer.is_apart]
    rules = [rule for rule in listed if is_open(submission, rule, clock)]
    return [choice(submission, rule) for rule in rules]


def open_choices(submission: Submission) -> list[Choice]:
    """Return the same from the submission alone. One query."""
    return choices_of(submission, deadlines.read(Event.objects.of(submission), submission.label.pauses()))


def choice(submission: Submission, rule: Rule) -> Choice:
    """Return a rule as a choice for its producer."""
    assert rule.producer
    href = reverse(f"submissions:{rule.url_name}", args=[submission.reference])
    return Choice(rule, rule.producer, rule.producer.effect.format(label=submission.label), href)


def is_open(submission: Submission, rule: Rule, clock: Deadlines | None = None) -> bool:
    """Whether the door would let the producer do this now; without the clock, a reminder costs one query."""
    if refusal_for(submission, rule, ActorRole.PRODUCER):
        return False
    if rule.clock != DeadlineChange.REMINDS:
        return True
    clock = clock or deadlines.read(Event.objects.of(submission), submission.label.pauses())
    return not deadlines.nudge_refusal(clock, now())
