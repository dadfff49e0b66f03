"""The transitions that a producer may choose, and what the label will see."""

from dataclasses import dataclass

from django.urls import reverse

from submissions.choices import ActorRole
from submissions.models import Submission
from submissions.permissions import refusal_for
from submissions.state_machine import ProducerWords, Rule
from submissions.transition_table import RULES


@dataclass(frozen=True)
class Choice:
    """A transition of one submission, with the producer's words for it."""

    rule: Rule
    words: ProducerWords
    effect: str
    href: str


def choices_of(submission: Submission) -> list[Choice]:
    """Return what the producer may do now, in the order of the transition table."""
    return [
        choice(submission, rule) for rule in RULES.values() if rule.producer and is_open(submission, rule)
    ]


def choice(submission: Submission, rule: Rule) -> Choice:
    """Return a rule as a choice for its producer."""
    assert rule.producer
    href = reverse(f"submissions:{rule.url_name}", args=[submission.reference])
    return Choice(rule, rule.producer, rule.producer.effect.format(label=submission.label), href)


def is_open(submission: Submission, rule: Rule) -> bool:
    """Whether the door would let the producer do this now."""
    return refusal_for(submission, rule, ActorRole.PRODUCER) is None
