"""Insights from scratch: every row made anew from events alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from insights import facts, records
from insights.models import SubmissionFacts
from labels.models import Label
from submissions.models import Submission

BATCH = 500


@dataclass
class Rebuilt:
    """How many submissions there are, and of how many the facts differed; how many records did."""

    submissions: int = 0
    differed: int = 0
    records: int = 0


def rebuild(labels: QuerySet[Label], progress: Callable[[int], object]) -> Rebuilt:
    """Make the facts of all submissions and the response records of labels anew; `progress` is told of every batch."""
    done = Rebuilt(differed=_without_history(labels))
    for batch in _batches(labels):
        done.differed += len(facts.write(batch))
        done.submissions += len(batch)
        progress(len(batch))
    done.records = sum(map(records.keep, labels))
    return done


def sent_to(labels: QuerySet[Label]) -> QuerySet[Submission]:
    """Return the submissions that must have a row of facts."""
    return Submission.objects.sent().filter(label__in=labels)


def _without_history(labels: QuerySet[Label]) -> int:
    strays = SubmissionFacts.objects.filter(label__in=labels).exclude(
        submission__in=Submission.objects.sent()
    )
    with transaction.atomic():
        facts.renew_versions(set(strays.values_list("label", flat=True)))
        return strays.delete()[0]


def _batches(labels: QuerySet[Label]) -> Iterator[list[int]]:
    last = 0
    sent = sent_to(labels).order_by("pk").values_list("pk", flat=True)
    while batch := list(sent.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]
