"""A submission as the queue lists it: all in words, so that drawing a row costs next to nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from types import MappingProxyType

from django.templatetags.static import static
from django.urls import reverse

from catalog.music.keys import UNKNOWN_KEY
from desk.live.presence import Others
from desk.queue.row_etag import row_etag
from desk.review.deadline_words import Deadline, DeadlineWords, deadline_words, deadlines_of
from desk.scores.visibility import Score, visible_score
from desk.tags.page import ON_ROW, TagWord, tags_on
from kit.clock import now
from labels.access import Desk
from labels.models import Label
from submissions.choices import ActorRole, Transition
from submissions.models import Submission
from submissions.permissions import ROLES
from submissions.refusals import refusal_for
from submissions.state_table import STATES
from submissions.transition_table import RULES
from submissions.wording import genre_names, span

NOBODY: Others = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the queue; `open_url` is "" for who or what does not start a review.

    `is_gone`: it no longer fits what the list is narrowed to, and stays until the list is drawn anew. `here`
    names who else has it open. `stamp` is another one as soon as the row would look different.
    """

    submission: Submission
    reference: str
    version: int
    turn: int
    state: str
    word: str
    icon: str
    title: str
    artist: str
    sound: str
    sent: str
    age: str
    clock: DeadlineWords | None
    assignee: str
    url: str
    open_url: str
    is_proposed: bool
    has_dead_link: bool
    is_current: bool
    is_gone: bool
    here: str
    stamp: str

    @property
    def tags(self) -> list[TagWord]:
        return tags_on(self.submission)[:ON_ROW]

    @property
    def more_tags(self) -> list[str]:
        """The names of the tags for which there is no room."""
        return [tag.name for tag in tags_on(self.submission)[ON_ROW:]]

    @property
    def score(self) -> Score | None:
        return visible_score(self.submission)

    @property
    def here_icon(self) -> str:
        return icon_href("eye")


@dataclass(frozen=True, slots=True)
class _Setting:
    """What all rows of a list share."""

    label: Label
    genres: Mapping[str, str]
    clocks: Mapping[int, Deadline]
    moment: datetime
    queue: str
    suffix: str
    role: ActorRole | None
    current: str
    gone: frozenset[str]
    others: Others


def rows_of(
    submissions: Sequence[Submission],
    desk: Desk,
    *,
    suffix: str = "",
    current: str = "",
    gone: Iterable[str] = (),
    others: Others = NOBODY,
) -> list[Row]:
    """Return rows of submissions that `desk.queue.listing.listed` fetched; `suffix` is the list's own "?q=…".

    `current` is the reference the pane shows, `gone` those that no longer fit, `others` who else has which of
    them open. One query; another one where the label was ever suspended.
    """
    setting = _Setting(
        label=desk.label,
        genres=genre_names(slug for each in submissions for slug in (each.genre, each.subgenre)),
        clocks=deadlines_of(submissions, desk.label),
        moment=now(),
        queue=reverse("desk:queue", args=[desk.label.slug]),
        suffix=suffix,
        role=ROLES.get(desk.role),
        current=current,
        gone=frozenset(gone),
        others=others,
    )
    return [_row(each, setting) for each in submissions]


def _row(each: Submission, setting: _Setting) -> Row:
    url = f"{setting.queue}{each.reference}/"  # what reverse() returns, at a fraction of its cost
    return Row(
        submission=each,
        reference=each.reference,
        version=each.version,
        turn=each.turn,
        state=each.state,
        word=STATES[each.state].desk_name,
        icon=icon_href(each.state),
        title=each.shown_title,
        artist=each.artist or "(redacted)",
        sound=_sound(each, setting.genres),
        sent=each.submitted_at.isoformat(timespec="seconds") if each.submitted_at else "",
        age=span(setting.moment - each.submitted_at) if each.submitted_at else "",
        clock=deadline_words(setting.clocks[each.pk], setting.moment),
        assignee=getattr(each, "assignee_name", None) or "",
        url=url + setting.suffix,
        open_url=_open_url(each, url, setting),
        is_proposed=getattr(each, "is_proposed", False),
        has_dead_link=bool(each.dead_links),
        is_current=each.reference == setting.current,
        is_gone=each.reference in setting.gone,
        here=", ".join(map(str, setting.others.get(each.pk, ()))),
        stamp=_stamp(each, setting),
    )


def _open_url(each: Submission, url: str, setting: _Setting) -> str:
    each.label = setting.label
    opens = refusal_for(each, RULES[Transition.START_REVIEW], setting.role) is None
    return f"{url}open/{setting.suffix}" if opens else ""


def _stamp(each: Submission, setting: _Setting) -> str:
    here, is_gone = setting.others.get(each.pk, ()), each.reference in setting.gone
    return row_etag(each, setting.label, setting.moment, here=[other.pk for other in here], is_gone=is_gone)


@cache
def icon_href(name: str) -> str:
    """Return where an icon's drawing lies."""
    return f"{static('icons.svg')}#i-{name}"


def _sound(submission: Submission, genres: Mapping[str, str]) -> str:
    key = "no key" if submission.key == UNKNOWN_KEY else submission.key
    return " · ".join(part for part in (_genre(submission, genres), _tempo(submission), key) if part)


def _genre(submission: Submission, genres: Mapping[str, str]) -> str:
    return genres.get(submission.subgenre) or genres.get(submission.genre, "")


def _tempo(submission: Submission) -> str:
    return f"{submission.tempo:f}".rstrip("0").rstrip(".") if submission.tempo else ""
