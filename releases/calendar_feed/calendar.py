"""A label's releases and a member's steps as iCalendar (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, timedelta

from accounts.models import User
from labels.models import Label
from releases.choices import State
from releases.models import Release, ReleaseStep
from releases.transition_table import WORKED_ON

PAST_DAYS = 180
MOST = 1000
LONGEST_LINE = 75
"""Bytes of a line, after which it is folded."""

ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def calendar_of(label: Label, user: User, *, today: date, base: str) -> str:
    """Return the calendar: release days, and the member's open steps with a due date.

    `base` is the server's address, for links. Two queries.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Trackflow//Releases//EN", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{_text(f'{label.name}: releases')}")
    for release in _releases(label, today):
        lines += _release_event(release, base)
    for step in _steps(label, user):
        lines += _step_event(step, base)
    return "".join(f"{folded}\r\n" for line in [*lines, "END:VCALENDAR"] for folded in _folded(line))


def _releases(label: Label, today: date) -> Iterator[Release]:
    rows = Release.objects.of(label).exclude(state=State.CANCELLED).select_related("label")
    rows = rows.filter(release_on__gte=today - timedelta(days=PAST_DAYS)).order_by("release_on", "id")
    yield from rows[:MOST]


def _steps(label: Label, user: User) -> Iterator[ReleaseStep]:
    own = ReleaseStep.objects.assigned_to(user).exclude(due_on=None)
    here = own.filter(release__label=label, release__state__in=sorted(WORKED_ON))
    yield from here.select_related("release__label")[:MOST]


def _release_event(release: Release, base: str) -> list[str]:
    assert release.release_on
    number = f" ({release.catalogue_number})" if release.catalogue_number else ""
    by = f"{release.artist}: " if release.artist else ""
    summary = f"{by}{release.shown_title}{number}"
    return _event(release, release.reference, release.release_on, summary, base)


def _step_event(step: ReleaseStep, base: str) -> list[str]:
    assert step.due_on
    uid = f"{step.release.reference}-{step.number}"
    summary = f"{step.name} – {step.release.shown_title}"
    return _event(step.release, uid, step.due_on, summary, base, anchor=f"#step-{step.number}")


def _event(release: Release, uid: str, day: date, summary: str, base: str, *, anchor: str = "") -> list[str]:
    changed = release.moved_at or release.created_at
    last = day if day == date.max else day + timedelta(days=1)
    return [
        "BEGIN:VEVENT",
        f"UID:{uid}@trackflow",
        f"DTSTAMP:{changed.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"SEQUENCE:{release.version}",
        f"DTSTART;VALUE=DATE:{day:%Y%m%d}",
        f"DTEND;VALUE=DATE:{last:%Y%m%d}",
        f"SUMMARY:{_text(summary)}",
        f"URL:{base}/desk/{release.label.slug}/releases/{release.reference}/{anchor}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _text(words: str) -> str:
    return words.translate(ESCAPES)


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces that are short enough; a character is never cut in two."""
    piece, size = "", 0
    for character in line:
        width = len(character.encode())
        if size + width > LONGEST_LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + character, size + width
    yield piece
