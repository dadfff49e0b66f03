"""Rows of the queue, ready to print: a row in the template costs next to nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType

from catalog.music.keys import UNKNOWN_KEY
from desk.live.presence import Others
from desk.queue.artist_counts import artist_counts_of, artist_words
from desk.queue.row_etag import row_etag
from desk.review.deadline_words import Deadline, DeadlineWords, deadline_words, deadlines_of
from desk.scores.visibility import Score, visible_score
from desk.tags.page import TagWord, tags_on
from kit.clock import now
from kit.routes import url_for
from kit.templatetags.icons import icon_href
from labels.access import Desk
from labels.models import Label
from submissions.choices import State
from submissions.models import Submission
from submissions.state_machine import STATES
from submissions.wording import genre_names, span

CLOSE = timedelta(days=300)
ONLY_ONE = "1 demo"
NO_OTHERS: Others = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the queue.

    `is_gone`: it no longer matches the query, and stays until the list is reloaded. `here` names who else has it
    open. `artist_words` are “24 demos, 1 signed”, "" where this is their only one; `etag` is a hash of everything
    the row shows.
    """

    reference: str
    version: int
    state: str
    title: str
    artist: str
    artist_words: str
    artist_sent: int
    sound: str
    release: str
    sent: str
    age: str
    clock: DeadlineWords | None
    assignee: str
    tags: tuple[TagWord, ...]
    score: Score | None
    queue: str
    suffix: str
    is_proposed: bool
    is_asked: bool
    has_dead_link: bool
    is_current: bool
    is_gone: bool
    here: str
    etag: str

    @property
    def word(self) -> str:
        return STATES[self.state].desk_name

    @property
    def url(self) -> str:
        return f"{self.queue}{self.reference}/{self.suffix}"

    @property
    def artist_url(self) -> str:
        return f"{self.queue}artists/{self.reference}/"

    @property
    def here_icon(self) -> str:
        return icon_href("eye")


@dataclass(frozen=True, slots=True)
class _ListValues:
    """Values that all rows of a list share."""

    label: Label
    genres: Mapping[str, str]
    clocks: Mapping[int, Deadline]
    moment: datetime
    queue: str
    suffix: str
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
    others: Others = NO_OTHERS,
) -> list[Row]:
    """Return rows of submissions that `listing.with_list_annotations` returned; `suffix` is the list's query string.

    `current` is the reference of the open submission, `gone` are those that no longer match, `others` tells who
    else has which one open. One query; a second one where the label was ever suspended.
    """
    values = _ListValues(
        label=desk.label,
        genres=genre_names(slug for each in submissions for slug in (each.genre, each.subgenre)),
        clocks=deadlines_of(submissions, desk.label),
        moment=now(),
        queue=url_for("desk:queue", desk.label.slug),
        suffix=suffix,
        current=current,
        gone=frozenset(gone),
        others=others,
    )
    return [_row(each, values) for each in submissions]


def _row(each: Submission, values: _ListValues) -> Row:
    return Row(
        reference=each.reference,
        version=each.version,
        state=each.state,
        title=each.shown_title,
        artist=each.artist or "(redacted)",
        artist_words=_artist_words(each),
        artist_sent=artist_counts_of(each)["sent"],
        sound=_music_words(each, values.genres),
        release=" · ".join(release_words(each, values.moment.astimezone(values.label.zone).date())),
        **_sent_words(each.submitted_at, values.moment),
        clock=deadline_words(values.clocks[each.pk], values.moment),
        assignee=getattr(each, "assignee_name", None) or "",
        tags=tuple(tags_on(each)),
        score=visible_score(each),
        queue=values.queue,
        suffix=values.suffix,
        is_proposed=getattr(each, "is_proposed", False),
        is_asked=each.asked_at is not None,
        has_dead_link=bool(each.dead_links),
        is_current=each.reference == values.current,
        is_gone=each.reference in values.gone,
        here=", ".join(map(str, values.others.get(each.pk, ()))),
        etag=_etag(each, values),
    )


def _artist_words(each: Submission) -> str:
    words = artist_words(each)
    return "" if words == ONLY_ONE else words


def _sent_words(sent: datetime | None, moment: datetime) -> dict[str, str]:
    if sent is None:
        return {"sent": "", "age": ""}
    return {"sent": sent.isoformat(timespec="seconds"), "age": span(moment - sent)}


def release_words(submission: Submission, today: date | None = None) -> list[str]:
    """Return the release date and the catalogue number, as far as they are set; no year close to `today`."""
    day, words = submission.release_on, []
    if day:
        is_close = today and abs(day - today) < CLOSE
        out = "released" if submission.state == State.RELEASED else "out"
        words.append(f"{out} {day:%-d %b}" if is_close else f"{out} {day:%-d %b %Y}")
    return [*words, submission.catalogue_number] if submission.catalogue_number else words


def _etag(each: Submission, values: _ListValues) -> str:
    here, is_gone = values.others.get(each.pk, ()), each.reference in values.gone
    return row_etag(each, values.label, values.moment, here=[other.pk for other in here], is_gone=is_gone)


def _music_words(submission: Submission, genres: Mapping[str, str]) -> str:
    key = "no key" if submission.key == UNKNOWN_KEY else submission.key
    return " · ".join(part for part in (_genre(submission, genres), _tempo(submission), key) if part)


def _genre(submission: Submission, genres: Mapping[str, str]) -> str:
    return genres.get(submission.subgenre) or genres.get(submission.genre, "")


def _tempo(submission: Submission) -> str:
    return f"{submission.tempo:f}".rstrip("0").rstrip(".") if submission.tempo else ""
