"""Two to four submissions compared line by line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from desk.context import DeskContext
from desk.models import Proposal, Review
from desk.queue.annotations import with_tags
from desk.queue.listing import Listing
from desk.review.actions import Action, actions_of
from desk.review.deadline_words import DeadlineWords, deadline_from, deadline_words
from desk.review.last_decision import DECISIVE, last_revisions, reason_of, welcome_of
from desk.scores.visibility import MemberScore, Score, scores_by_member, visible_score
from desk.tags.page import tags_on
from kit import codes
from labels.access import Desk
from submissions import deadlines, timeline, wording
from submissions.copy_view import CopyView, copy_view
from submissions.models import Event, Submission
from submissions.models.submission_rows import SubmissionQuerySet
from submissions.transition_table import REVISING

FEWEST, MOST = 2, 4
LETTERS = "ABCD"


class SelectionError(ValueError):
    """These submissions cannot be compared; the message says why."""


@dataclass(frozen=True)
class DeskReader:
    """Who compares, at which desk, and the list they came from."""

    user: User
    desk: Desk
    listing: Listing | None = None


@dataclass(frozen=True)
class Side:
    """One of the submissions; `demo` has links only while the desk may see them, `scores` are those the reader sees."""

    letter: str
    submission: Submission
    demo: CopyView
    events: list[Event]
    deadline: DeadlineWords | None
    team: Score | None
    scores: list[MemberScore]
    actions: list[Action]


@dataclass(frozen=True)
class Cell:
    letter: str
    text: str
    href: str = ""


@dataclass(frozen=True)
class Line:
    """One value of each side; `differs` when they are not all equal."""

    name: str
    cells: list[Cell]
    is_mono: bool = False

    @property
    def differs(self) -> bool:
        return len({cell.text for cell in self.cells}) > 1


Section = tuple[str, list[Line]]
ValueOf = Callable[[Side], str]


def selected(rows: SubmissionQuerySet, typed: Iterable[str]) -> list[Submission]:
    """Return the submissions of a desk with these references, in this order; raises SelectionError."""
    references = list(dict.fromkeys(map(_reference, typed)))
    if not FEWEST <= len(references) <= MOST:
        raise SelectionError(f"Select two to four demos to compare. You selected {len(references)}.")
    matching = with_tags(rows.filter(reference__in=references))
    found = {each.reference: each for each in matching.select_related("intake", "team_assignee")}
    if len(found) < len(references):
        raise SelectionError("Some of the selected demos are not on this desk.")
    return [found[reference] for reference in references]


def sides_of(submissions: Sequence[Submission], reader: DeskReader) -> list[Side]:
    """Return the submissions with the values to compare. Seven queries at most, whatever their number."""
    events: dict[int, list[Event]] = {each.pk: [] for each in submissions}
    rows = Event.objects.filter(submission__in=submissions).prefetch_related("actor", "acted_by")
    for event in rows.order_by("submission", "sequence"):
        events[event.submission_id].append(event)
    revisions, pauses = last_revisions(events), reader.desk.label.pauses()
    reviews = list(Review.objects.of(*submissions))
    waiting = Proposal.objects.open().filter(submission__in=submissions)
    proposals = {each.submission_id: each for each in waiting}
    sides = list[Side]()
    for letter, each in zip(LETTERS, submissions, strict=False):
        each.label, revision, own = reader.desk.label, revisions[each.pk], events[each.pk]
        revision.submission = each
        sides.append(
            Side(
                letter,
                each,
                copy_view(revision, links=each.shows_links_to_desk),
                own,
                deadline_words(deadline_from(deadlines.read(own, pauses))),
                visible_score(each),
                scores_by_member(each, reader.user, [one for one in reviews if one.submission_id == each.pk]),
                _actions(each, own, proposals.get(each.pk), reader, submissions),
            )
        )
    return sides


def _actions(
    submission: Submission,
    events: Sequence[Event],
    proposal: Proposal | None,
    reader: DeskReader,
    compared: Sequence[Submission],
) -> list[Action]:
    """Return what the reader can do; each action leads back to the comparison. No query."""
    picks = tuple(each.reference for each in compared)
    context = DeskContext(reader.user, reader.desk, submission, reader.listing, compared=picks)
    vars(context)["proposal"] = proposal  # read for all sides at once
    actions = actions_of(context, happened={event.transition for event in events})
    for form in filter(None, (action.form for action in actions)):
        form.auto_id = False  # one form for each side, and ids are unique
    return actions


def sections_of(sides: Sequence[Side]) -> tuple[list[Section], list[Line]]:
    """Return the lines that differ, in groups, and those that are the same on all sides; none without any value."""
    sections = [
        ("Status", _state_lines(sides)),
        *((group, _facts(sides, group)) for group in _unique_names(_groups, sides)),
        ("People", [_line("Collaborators", sides, _people)]),
        ("Answers", [_answers(sides, question) for question in _unique_names(_questions, sides)]),
        ("Words", [_line("The producer’s notes", sides, _notes), _line("Decisions", sides, _decisions)]),
    ]
    filled = [
        (name, [line for line in lines if any(cell.text for cell in line.cells)]) for name, lines in sections
    ]
    differing = [(name, [line for line in lines if line.differs]) for name, lines in filled]
    same = [line for _, lines in filled for line in lines if not line.differs]
    return [(name, lines) for name, lines in differing if lines], same


def _reference(typed: str) -> str:
    try:
        return codes.normalise("TF", typed)
    except ValueError:
        return typed.replace("\0", "")


def _line(name: str, sides: Sequence[Side], value_of: ValueOf, *, is_mono: bool = False) -> Line:
    return Line(name, [Cell(side.letter, value_of(side)) for side in sides], is_mono)


def _state_lines(sides: Sequence[Side]) -> list[Line]:
    return [
        _line("Sent to", sides, lambda side: side.submission.intake.title),
        _line("Sent", sides, lambda side: _day(side.submission.submitted_at)),
        _line("Last move", sides, lambda side: _day(side.submission.moved_at)),
        _line("Answer", sides, lambda side: side.deadline.text if side.deadline else ""),
        _line("Assigned to", sides, lambda side: str(side.submission.team_assignee or "")),
        _line("Tags", sides, lambda side: ", ".join(tag.name for tag in tags_on(side.submission))),
        _line("Revision", sides, lambda side: str(side.demo.number), is_mono=True),
    ]


def _facts(sides: Sequence[Side], group: str) -> list[Line]:
    by_side = [
        (side.letter, {fact.name: fact for fact in dict(side.demo.groups).get(group, [])}) for side in sides
    ]
    facts = {name: fact for _, own in by_side for name, fact in own.items()}
    return [
        Line(
            name,
            [Cell(letter, own[name].value if name in own else "") for letter, own in by_side],
            fact.is_mono,
        )
        for name, fact in facts.items()
    ]


def _answers(sides: Sequence[Side], question: str) -> Line:
    cells = []
    for side in sides:
        answer = next((each for each in side.demo.answers if each.question == question), None)
        cells.append(Cell(side.letter, answer.value if answer else "", answer.href if answer else ""))
    return Line(question, cells)


def _groups(side: Side) -> list[str]:
    return [name for name, _ in side.demo.groups]


def _questions(side: Side) -> list[str]:
    return [answer.question for answer in side.demo.answers]


def _unique_names(names: Callable[[Side], list[str]], sides: Sequence[Side]) -> list[str]:
    """Return each name once, in the order of the sides."""
    return list(dict.fromkeys(name for side in sides for name in names(side)))


def _people(side: Side) -> str:
    return "\n".join(f"{each.name} ({each.role})" for each in side.demo.people)


def _notes(side: Side) -> str:
    return "\n\n".join(each.note for each in side.events if each.note and each.transition in REVISING)


def _decisions(side: Side) -> str:
    return "\n\n".join(
        _decision(each, side.submission) for each in side.events if each.transition in DECISIVE
    )


def _decision(event: Event, submission: Submission) -> str:
    who, what = timeline.who(event, submission, team=True), timeline.what(event)
    parts = [f"{who} {what}, {_day(event.recorded_at)}", reason_of(event), welcome_of(event), event.note]
    return "\n".join(filter(None, parts))


def _day(when: datetime | None) -> str:
    return wording.moment(when) if when else ""
