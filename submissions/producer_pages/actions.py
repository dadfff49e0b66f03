"""What a producer may do with a submission that was sent, and what the label will see of it."""

from dataclasses import dataclass

from django.urls import reverse

from submissions.choices import ActorRole
from submissions.models import Submission
from submissions.refusals import refusal_for
from submissions.rule import ProducerWords, Rule
from submissions.transition_table import RULES


@dataclass(frozen=True)
class Choice:
    """Something that the producer does with one submission, in the words of its row."""

    rule: Rule
    words: ProducerWords
    effect: str
    href: str


def choices_of(submission: Submission) -> list[Choice]:
    """Return what the producer may do now, the expected first."""
    return [
        choice(submission, rule) for rule in RULES.values() if rule.producer and is_open(submission, rule)
    ]


def choice(submission: Submission, rule: Rule) -> Choice:
    """Return a row of the producer's side as one can choose it."""
    assert rule.producer
    href = reverse(f"submissions:{rule.url_name}", args=[submission.reference])
    return Choice(rule, rule.producer, rule.producer.effect.format(label=submission.label), href)


def is_open(submission: Submission, rule: Rule) -> bool:
    """Whether the door would let the producer do this now."""
    return refusal_for(submission, rule, ActorRole.PRODUCER) is None
