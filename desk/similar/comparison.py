"""Two to four submissions compared line by line."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from desk.queue import listing
from desk.review.deadline_words import DeadlineWords, deadline_from, deadline_words
from desk.review.last_decision import DECISIVE, last_revisions, reason_of, welcome_of
from desk.scores.visibility import visible_score
from desk.tags.page import tags_on
from kit import codes
from labels.models import Label
from submissions import deadlines, timeline, wording
from submissions.copy_view import CopyView, copy_view
from submissions.models import Event, Submission
from submissions.models.submission import SubmissionQuerySet
from submissions.transition_table import REVISING

FEWEST, MOST = 2, 4
LETTERS = "ABCD"


class SelectionError(ValueError):
    """These submissions cannot be compared; the message says why."""


@dataclass(frozen=True)
class Side:
    """One of the submissions; `demo` has links only while the desk may see them."""

    letter: str
    submission: Submission
    demo: CopyView
    events: list[Event]
    deadline: DeadlineWords | None


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
        raise SelectionError(
            f"Pick two to four submissions to put side by side. You picked {len(references)}."
        )
    matching = listing.with_tags(rows.filter(reference__in=references))
    found = {each.reference: each for each in matching.select_related("intake", "team_assignee")}
    if len(found) < len(references):
        raise SelectionError("Not all of the submissions you picked are on this desk.")
    return [found[reference] for reference in references]


def sides_of(submissions: Sequence[Submission], label: Label) -> list[Side]:
    """Return the submissions with the values to compare. Four queries."""
    events: dict[int, list[Event]] = {each.pk: [] for each in submissions}
    rows = Event.objects.filter(submission__in=submissions).prefetch_related("actor", "acted_by")
    for event in rows.order_by("submission", "sequence"):
        events[event.submission_id].append(event)
    revisions, pauses, sides = last_revisions(events), label.pauses(), list[Side]()
    for letter, each in zip(LETTERS, submissions, strict=False):
        each.label, revision, own = label, revisions[each.pk], events[each.pk]
        revision.submission = each
        demo = copy_view(revision, links=each.shows_links_to_desk)
        sides.append(
            Side(letter, each, demo, own, deadline_words(deadline_from(deadlines.read(own, pauses))))
        )
    return sides


def sections_of(sides: Sequence[Side]) -> list[Section]:
    """Return the lines in groups; lines without any value are left out."""
    sections = [
        ("Where it stands", _state_lines(sides)),
        *((group, _facts(sides, group)) for group in _unique_names(_groups, sides)),
        ("People", [_line("Collaborators", sides, _people)]),
        ("Answers", [_answers(sides, question) for question in _unique_names(_questions, sides)]),
        (
            "What was said",
            [_line("The producer’s notes", sides, _notes), _line("Decisions", sides, _decisions)],
        ),
    ]
    filled = [
        (name, [line for line in lines if any(cell.text for cell in line.cells)]) for name, lines in sections
    ]
    return [(name, lines) for name, lines in filled if lines]


def _reference(typed: str) -> str:
    try:
        return codes.normalise("TF", typed)
    except ValueError:
        return typed.replace("\0", "")


def _line(name: str, sides: Sequence[Side], value_of: ValueOf, *, is_mono: bool = False) -> Line:
    return Line(name, [Cell(side.letter, value_of(side)) for side in sides], is_mono)


def _state_lines(sides: Sequence[Side]) -> list[Line]:
    return [
        _line("State", sides, lambda side: side.submission.words.desk_name),
        _line("Sent to", sides, lambda side: side.submission.intake.title),
        _line("Sent", sides, lambda side: _day(side.submission.submitted_at)),
        _line("Last move", sides, lambda side: _day(side.submission.moved_at)),
        _line("Clock", sides, lambda side: side.deadline.text if side.deadline else ""),
        _line("Looked after by", sides, lambda side: str(side.submission.team_assignee or "")),
        _line("Tags", sides, lambda side: ", ".join(tag.name for tag in tags_on(side.submission))),
        _line("The team’s score", sides, _score),
        _line("Revision", sides, lambda side: str(side.demo.number), is_mono=True),
    ]


def _score(side: Side) -> str:
    score = visible_score(side.submission)
    return score.words if score else ""


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
