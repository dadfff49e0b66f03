"""Earlier demos at a label with the same link, ISRC, or artist and title, found by fingerprints."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, Window

from catalog.choices import VersionType
from catalog.links.link import canonical_identity
from catalog.links.players import read_link
from desk.context import DeskContext
from desk.review import last_decision
from kit.folding import fold, plain_signs
from kit.statements import Statement, param
from submissions import copy_view, timeline
from submissions.copy_view import Change
from submissions.models import Event, Revision, Submission
from submissions.models.submission_rows import SubmissionQuerySet

OTHER_RECORDINGS = frozenset({VersionType.REMIX, VersionType.BOOTLEG, VersionType.MASHUP})
"""Versions whose mix name tells them apart; an extended or a second version is the same track."""

_REMIX = re.compile(r"\b(?:remix|rmx|rework|refix|flip|bootleg|mashup)\b", re.IGNORECASE)
_ORIGINAL = re.compile(r"[(\[]\s*original(?:\s+mix)?\s*[)\]]|\s-\s+original\s+mix\s*$", re.IGNORECASE)
_GUESTS = r"(?:feat|ft|featuring)\b\.?"
_FEATURING = re.compile(
    rf"[(\[]\s*{_GUESTS}[^()\[\]]*[)\]]|(?<=\S)\s+(?<!\d\s){_GUESTS}\s[^()\[\]]*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """SHA-256 in hex of a demo's canonical link and of its artist and title; "" for a missing one."""

    link: str
    name: str


def fingerprints_of(copied: Mapping[str, Any]) -> Fingerprints:
    """Return the fingerprints of a revision's copy; both empty for a redacted one."""
    link = read_link(copied.get("audio_url", ""))
    return Fingerprints(_digest(canonical_identity(link) if link else ""), _digest(name_of(copied)))


def name_of(copied: Mapping[str, Any]) -> str:
    """Return artist and title normalised, "" if one of them is missing.

    Accents, case, punctuation, guests ("feat.") and "(Original Mix)" make no difference; a remix does.
    """
    artist, title = plain(copied.get("artist_name", "")), plain(copied.get("title", ""))
    if not artist or not title:
        return ""
    return "\n".join([artist, title, plain(copied.get("mix", "")) if _is_remix(copied) else ""])


def plain(text: str) -> str:
    """Return a name in lower case without accents, punctuation, symbols and guests."""
    bare = _FEATURING.sub(" ", _ORIGINAL.sub(" ", plain_signs(text)))
    folded = fold(bare.replace("&", " and ")).casefold()
    name = " ".join("".join(sign if _is_letter(sign) else " " for sign in folded).split())
    return name or text.casefold().strip()


def _is_letter(sign: str) -> bool:
    """Whether it is a letter, a digit or a vowel sign, which many scripts write as a mark."""
    return unicodedata.category(sign)[0] in "LMN"


def update_fingerprints(submissions: Iterable[int]) -> int:
    """Write the fingerprints of these submissions' last revisions; return how many changed. Three queries."""
    with transaction.atomic():
        # locked, so that an older revision is not written last
        rows = (
            Submission.objects.select_for_update(no_key=True, of=("self",))
            .filter(pk__in=submissions)
            .order_by("pk")
        )
        found = list(rows.only("pk", "team_link", "team_name"))
        copies = last_copies(each.pk for each in found)
        changed = [each for each in found if _update(each, fingerprints_of(copies.get(each.pk, {})))]
        Submission.objects.bulk_update(changed, ["team_link", "team_name"])
    return len(changed)


def last_copies(submissions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the copy of each submission's last revision. One query."""
    revisions = Revision.objects.filter(submission__in=list(submissions))
    last = revisions.order_by("submission", "-number").distinct("submission")
    return dict(last.values_list("submission", "copy"))


def _update(submission: Submission, new: Fingerprints) -> bool:
    """Set the fingerprints on the row; return whether that changed it."""
    before = Fingerprints(submission.team_link, submission.team_name)
    submission.team_link, submission.team_name = new.link, new.name
    return before != new


def _is_remix(copied: Mapping[str, Any]) -> bool:
    is_named = _REMIX.search(copied.get("mix", "")) is not None
    return is_named or copied.get("version_type") in OTHER_RECORDINGS


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest() if text else ""


MOST = 3
"""How many are shown; of the rest only the count."""


@dataclass(frozen=True)
class EarlierDemo:
    """An earlier submission: what it shares with this one, the decision, and what changed since."""

    submission: Submission
    shares: str
    decision: Event | None
    who: str
    what: str
    reason: str
    welcome: str
    changes: list[Change]


@dataclass(frozen=True)
class EarlierDemos:
    """The latest earlier submissions; `more` counts the rest."""

    rows: list[EarlierDemo]
    more: int

    @property
    def others(self) -> int:
        """How many there are besides the first."""
        return len(self.rows) - 1 + self.more


def earlier_demos_of(context: DeskContext, revision: Revision) -> EarlierDemos:
    """Return the earlier demos like a submission, by its last revision. One query, or three."""
    prints = fingerprints_of(revision.copy)
    submission, marks = context.submission, marks_of(context.submission, prints)
    place = {"moment": submission.submitted_at, "pk": submission.pk}
    desk = {"user": context.user.pk, "label": context.desk.label.pk}
    found = _earlier_like(frozenset(marks)).all(**desk, **place, **marks)
    if not found:
        return EarlierDemos([], 0)
    numbers = [each.pk for each in found]
    events, copies = (
        last_decision.last_decisions(numbers, "actor", "acted_by"),
        last_decision.last_revisions(numbers),
    )
    rows = [_earlier(each, context, prints, events.get(each.pk), copies[each.pk], revision) for each in found]
    return EarlierDemos(rows, found[0].total - len(found))  # type: ignore[attr-defined]  # annotated


@cache
def _earlier_like(columns: frozenset[str]) -> Statement[Submission]:
    """Return the statement for those that share one of these columns, the latest first, each with their `total`."""
    moment, pk = param("moment"), param("pk")
    came_before = Q(submitted_at__lt=moment) | Q(submitted_at=moment, pk__lt=pk)
    alike = similar_at(param("user"), param("label"), {column: param(column) for column in columns})
    earlier = alike.filter(came_before).exclude(title="")
    # the count keeps the planner from scanning the whole desk by date
    return Statement(earlier.annotate(total=Window(Count("pk"))).order_by("-submitted_at", "-pk")[:MOST])


def marks_of(submission: Submission, prints: Fingerprints) -> dict[str, Any]:
    """Return by column what other demos may share with a submission."""
    marks = {"isrc": submission.isrc, "team_link": prints.link, "team_name": prints.name}
    return {"track": submission.track_id, **{column: value for column, value in marks.items() if value}}


def similar_at(user: Any, label: Any, marks: Mapping[str, Any]) -> SubmissionQuerySet:
    """Return submissions on a desk that share one of the marks, the one itself included.

    Each part of the condition repeats the condition of its partial index.
    """
    alike = Q()
    for column, value in sorted(marks.items()):
        is_given = Q() if column == "track" else ~Q(**{column: ""})
        alike |= is_given & Q(**{column: value})
    return Submission.objects.at_desk(user, label).filter(alike)


def _earlier(
    earlier: Submission,
    context: DeskContext,
    prints: Fingerprints,
    decision: Event | None,
    then: Revision,
    today: Revision,
) -> EarlierDemo:
    earlier.label = context.desk.label
    return EarlierDemo(
        submission=earlier,
        shares=_shared_words(earlier, context.submission, prints),
        decision=decision,
        who=timeline.who(decision, earlier, team=True) if decision else "",
        what=timeline.what(decision) if decision else "",
        reason=last_decision.reason_of(decision),
        welcome=last_decision.welcome_of(decision),
        changes=copy_view.compare_revisions(then, today, links=False),
    )


def _shared_words(earlier: Submission, submission: Submission, prints: Fingerprints) -> str:
    """Return in words what the two have in common."""
    marks = {
        "track": earlier.track_id == submission.track_id,
        "link": bool(prints.link) and earlier.team_link == prints.link,
        "ISRC": bool(submission.isrc) and earlier.isrc == submission.isrc,
        "artist and title": bool(prints.name) and earlier.team_name == prints.name,
    }
    return ", ".join(name for name, is_same in marks.items() if is_same)
