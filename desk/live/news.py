"""What changed on a list since a page loaded it: changed rows, newcomers, and rows that no longer match."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from accounts.models import User
from desk.live import presence
from desk.live.page_state import PageState
from desk.queue import annotations
from desk.queue.row_etag import row_etag
from desk.search.rows import Rows
from kit.clock import now
from labels.models import Label
from submissions.models import Submission

SCORE_COLUMNS = ("team_score", "team_score_spread", "team_score_count", "team_score_is_old")
ETAG_COLUMNS = ("reference", "version", "due_at", "asked_at", "team_assignee", *SCORE_COLUMNS)


@dataclass(frozen=True)
class Snapshot:
    """The rows behind an answer, with the columns that their etags need; `seen` are those the page shows."""

    seen: list[Submission]
    newcomers: list[Submission]
    matching: frozenset[str]
    others: presence.Others


@dataclass(frozen=True)
class News:
    """The answer to a page. `changed` and `newcomers` are primary keys, `gone` references that no longer match.

    `arrived` counts the newcomers since the list was loaded; `has_more`: there are more than the page takes in.
    """

    changed: list[int]
    newcomers: list[int]
    gone: frozenset[str]
    others: presence.Others
    arrived: int
    has_more: bool
    etag: str


def news_of(
    user: User, label: Label, matching: Rows, page_state: PageState, *, newcomers_by: str = "moved_at"
) -> News:
    """Return what changed for a page; `matching` is what its query finds. Four queries.

    Newcomers are those whose time in this column is after the page’s.
    """
    snapshot = _snapshot(user, label, matching, page_state, newcomers_by)
    gone = frozenset(each.reference for each in snapshot.seen) - snapshot.matching
    etags = _row_etags(snapshot, gone, label, now())
    newcomers = snapshot.newcomers[: page_state.room]
    has_more = len(snapshot.newcomers) > page_state.room
    return News(
        changed=[
            each.pk for each in snapshot.seen if page_state.etags[each.reference] != etags[each.reference]
        ],
        newcomers=[each.pk for each in newcomers],
        gone=gone,
        others=snapshot.others,
        arrived=page_state.arrived + len(newcomers),
        has_more=has_more,
        etag=_etag(page_state, etags, has_more),
    )


def _snapshot(user: User, label: Label, matching: Rows, page_state: PageState, newcomers_by: str) -> Snapshot:
    references = list(page_state.etags)
    everything = Submission.objects.at_desk(user, label)
    seen = list(_with_etag_columns(everything.filter(reference__in=references), user))
    newcomers = (
        list(_newcomers(matching, page_state, user, newcomers_by)[: page_state.room + 1])
        if page_state.since
        else []
    )
    still_matching = matching.filter(reference__in=references).order_by().values_list("reference", flat=True)
    others = presence.others_by_submission([each.pk for each in (*seen, *newcomers)], user)
    return Snapshot(seen, newcomers, frozenset(still_matching), others)


def _newcomers(matching: Rows, page_state: PageState, user: User, column: str) -> Rows:
    """Return submissions that moved, or were asked about, since then and are not on the page."""
    moved = matching.filter(**{f"{column}__gt": page_state.since})
    return _with_etag_columns(moved.exclude(reference__in=list(page_state.etags)), user).order_by(
        column, "id"
    )


def _with_etag_columns(rows: Rows, user: User) -> Rows:
    return annotations.with_team_annotations(rows, user).only(*ETAG_COLUMNS)


def _row_etags(snapshot: Snapshot, gone: frozenset[str], label: Label, moment: datetime) -> dict[str, str]:
    def etag(each: Submission) -> str:
        here = [other.pk for other in snapshot.others.get(each.pk, [])]
        return row_etag(each, label, moment, here=here, is_gone=each.reference in gone)

    return {each.reference: etag(each) for each in (*snapshot.seen, *snapshot.newcomers)}


def _etag(page_state: PageState, etags: Mapping[str, str], has_more: bool) -> str:
    """Return a hash of the page's state and of the current rows."""
    parts = (sorted(page_state.etags.items()), page_state.arrived, sorted(etags.items()), has_more)
    return f'"{sha256(repr(parts).encode()).hexdigest()[:32]}"'
