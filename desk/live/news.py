"""What changed on a list since a page drew it: rows that look different, newcomers, and what no longer fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from accounts.models import User
from desk.live import presence
from desk.live.page_state import Watched
from desk.queue import listing
from desk.queue.row_etag import row_etag
from desk.search.rows import Rows
from kit.clock import now
from labels.models import Label
from submissions.models import Submission

SCORE = ("team_score", "team_score_spread", "team_score_count", "team_score_is_old")
DRAWN = ("reference", "version", "due_at", "team_assignee", *SCORE)


@dataclass(frozen=True)
class Standing:
    """What lies behind an answer, as of one moment: rows with little more than their stamps are made of."""

    seen: list[Submission]
    newcomers: list[Submission]
    fitting: frozenset[str]
    others: presence.Others


@dataclass(frozen=True)
class News:
    """What to tell a page. `changed` and `newcomers` are primary keys, `gone` the references that no longer fit.

    `arrived` counts what came since the list was drawn, `has_more` says that it is more than a page takes in.
    """

    changed: list[int]
    newcomers: list[int]
    gone: frozenset[str]
    others: presence.Others
    arrived: int
    has_more: bool
    etag: str


def news_of(user: User, label: Label, fitting: Rows, watched: Watched) -> News:
    """Return what changed for a page that watches a list; `fitting` is what its query finds. Four queries."""
    standing = _standing(user, label, fitting, watched)
    gone = frozenset(each.reference for each in standing.seen) - standing.fitting
    stamps = _stamps(standing, gone, label, now())
    newcomers = standing.newcomers[: watched.room]
    has_more = len(standing.newcomers) > watched.room
    return News(
        changed=[
            each.pk for each in standing.seen if watched.stamps[each.reference] != stamps[each.reference]
        ],
        newcomers=[each.pk for each in newcomers],
        gone=gone,
        others=standing.others,
        arrived=watched.arrived + len(newcomers),
        has_more=has_more,
        etag=_etag(watched, stamps, has_more),
    )


def _standing(user: User, label: Label, fitting: Rows, watched: Watched) -> Standing:
    references = list(watched.stamps)
    everything = Submission.objects.at_desk(user, label)
    seen = list(_drawn(everything.filter(reference__in=references), user))
    newcomers = list(_newcomers(fitting, watched, user)[: watched.room + 1]) if watched.since else []
    fits = fitting.filter(reference__in=references).order_by().values_list("reference", flat=True)
    others = presence.others_by_submission([each.pk for each in (*seen, *newcomers)], user)
    return Standing(seen, newcomers, frozenset(fits), others)


def _newcomers(fitting: Rows, watched: Watched, user: User) -> Rows:
    """Return what moved since and is not shown."""
    moved = fitting.filter(moved_at__gt=watched.since).exclude(reference__in=list(watched.stamps))
    return _drawn(moved, user).order_by("moved_at", "id")


def _drawn(rows: Rows, user: User) -> Rows:
    return listing.with_marks(rows, user).only(*DRAWN)


def _stamps(standing: Standing, gone: frozenset[str], label: Label, moment: datetime) -> dict[str, str]:
    def stamp(each: Submission) -> str:
        here = [other.pk for other in standing.others.get(each.pk, [])]
        return row_etag(each, label, moment, here=here, is_gone=each.reference in gone)

    return {each.reference: stamp(each) for each in (*standing.seen, *standing.newcomers)}


def _etag(watched: Watched, stamps: Mapping[str, str], has_more: bool) -> str:
    """Return the digest of all that an answer is made of: what the page holds, and how things stand."""
    parts = (sorted(watched.stamps.items()), watched.arrived, sorted(stamps.items()), has_more)
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
