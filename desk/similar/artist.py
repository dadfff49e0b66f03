"""Everything that one account sent to a label, with what became of it there."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min, prefetch_related_objects
from django.http import QueryDict

from catalog.music.countries import COUNTRIES
from desk.context import DeskContext
from desk.models import Memo
from desk.queue.artist_counts import artist_words
from desk.review.last_decision import last_decisions, reason_of
from desk.scores.visibility import Score, visible_score, with_score_visibility
from kit import pages
from kit.pages import Page
from labels.models import Block
from recordings.graph.page import SupportRow
from recordings.graph.support import support_of
from submissions import timeline
from submissions.choices import Transition
from submissions.copy_view import copy_view
from submissions.models import Event, Revision, Submission
from submissions.models.submission_rows import SubmissionQuerySet

ROWS = 25
"""Demos of a page."""

MOST_NAMES = 500
"""Demos that are looked for among what was played."""

ORDER = ("-submitted_at", "-id")


@dataclass(frozen=True)
class ArtistDemo:
    """One demo: the last decision on it, its score as this member sees it, its memos, and how often it was played."""

    submission: Submission
    decision: Event | None
    who: str
    what: str
    reason: str
    score: Score | None
    memos: list[Memo]
    plays: int
    players: int

    @property
    def is_heard_elsewhere(self) -> bool:
        """Whether who decided says so; it is counted among no plays."""
        return bool(self.decision and self.decision.payload.get("heard_elsewhere"))


@dataclass(frozen=True)
class Contact:
    """How to reach an artist, as their latest demo that was not redacted says it; no link where the desk shows none."""

    email: str
    place: str
    pages: list[tuple[str, str]]


@dataclass(frozen=True)
class Artist:
    """An account as this label knows it; the first of the names is the latest."""

    names: list[str]
    words: str
    first_sent: datetime | None
    plays: int
    contact: Contact | None
    block: Block | None
    page: Page[Submission]
    demos: list[ArtistDemo]
    support: list[SupportRow]

    @property
    def name(self) -> str:
        return self.names[0] if self.names else "(redacted)"


def artist_of(context: DeskContext, query: QueryDict) -> Artist:
    """Return the artist of a submission with a page of their demos, the latest first.

    Nine queries, five more with shelves.
    """
    submission, label = context.submission, context.desk.label
    theirs = Submission.objects.at_desk(context.user, label).filter(producer=submission.producer_id)
    page = pages.page(with_score_visibility(theirs, context.user), query, order=ORDER, size=ROWS)
    names = list(theirs.values("artist").annotate(first=Min("submitted_at")).order_by("-first"))
    return Artist(
        names=[each["artist"] for each in names if each["artist"]],
        words=artist_words(submission),
        first_sent=min((each["first"] for each in names), default=None),
        plays=_plays().filter(submission__in=theirs.values("pk")).count(),
        contact=_contact(theirs),
        block=Block.objects.known_of(label=label.pk, producer=submission.producer_id),
        page=page,
        demos=_demos(page.items, context),
        support=support_of(context.user, lambda: _digests_of(theirs)),
    )


def _digests_of(theirs: SubmissionQuerySet) -> Iterable[str]:
    """Return by what works are known, of the latest demos. One query."""
    return theirs.exclude(team_name="").order_by(*ORDER).values_list("team_name", flat=True)[:MOST_NAMES]


def _plays() -> Any:
    return Event.objects.filter(transition=Transition.LISTENED)


def _contact(theirs: SubmissionQuerySet) -> Contact | None:
    kept = Revision.objects.filter(submission__in=theirs.values("pk")).exclude(copy={})
    last = kept.select_related("submission").order_by("-submission__submitted_at", "-number").first()
    if last is None:
        return None
    shown = copy_view(last, links=last.submission.shows_links_to_desk)
    place = [last.copy.get("city", ""), dict(COUNTRIES).get(last.copy.get("country", ""), "")]
    return Contact(
        email=last.copy.get("contact_email", ""),
        place=", ".join(filter(None, place)),
        pages=[(page.name, page.href) for page in shown.pages],
    )


def _demos(submissions: list[Submission], context: DeskContext) -> list[ArtistDemo]:
    """Return the demos of a page. Four queries."""
    numbers = [each.pk for each in submissions]
    decisions = last_decisions(numbers)
    prefetch_related_objects(
        list(decisions.values()), "actor", "acted_by"
    )  # joined, all accounts would be read
    memos: Mapping[int, list[Memo]] = defaultdict(list)
    for memo in Memo.objects.filter(submission__in=numbers).select_related("author").order_by("-id"):
        memos[memo.submission_id].append(memo)
    counted = _plays().filter(submission__in=numbers).values_list("submission")
    plays = {
        pk: (count, who) for pk, count, who in counted.annotate(Count("pk"), Count("actor", distinct=True))
    }
    demos = []
    for each in submissions:
        each.label = context.desk.label
        demos.append(_demo(each, decisions.get(each.pk), memos[each.pk], *plays.get(each.pk, (0, 0))))
    return demos


def _demo(
    submission: Submission, decision: Event | None, memos: list[Memo], plays: int, players: int
) -> ArtistDemo:
    return ArtistDemo(
        submission=submission,
        decision=decision,
        who=timeline.who(decision, submission, team=True) if decision else "",
        what=timeline.what(decision) if decision else "",
        reason=reason_of(decision),
        score=visible_score(submission),
        memos=memos,
        plays=plays,
        players=players,
    )
