"""Insights from scratch: every row made anew from events alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from insights import facts, records, release_facts
from insights.models import SubmissionFacts
from labels.models import Label
from releases.models import Release
from submissions.models import Submission

BATCH = 500


@dataclass
class Rebuilt:
    """How many submissions and releases there are, and of how many the facts differed; how many records did."""

    submissions: int = 0
    differed: int = 0
    records: int = 0
    releases: int = 0
    releases_differed: int = 0


def rebuild(labels: QuerySet[Label], progress: Callable[[int], object]) -> Rebuilt:
    """Make all facts and the response records of labels anew; `progress` is told of every batch of submissions."""
    done = Rebuilt(differed=_without_history(labels))
    for batch in _in_batches(sent_to(labels)):
        done.differed += len(facts.write(batch))
        done.submissions += len(batch)
        progress(len(batch))
    for batch in _in_batches(Release.objects.filter(label__in=labels)):
        done.releases_differed += len(release_facts.write(batch))
        done.releases += len(batch)
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


def _in_batches(rows: QuerySet[Any]) -> Iterator[list[int]]:
    last, pks = 0, rows.order_by("pk").values_list("pk", flat=True)
    while batch := list(pks.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]
