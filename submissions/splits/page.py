"""What pages say of a submission's splits."""

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from catalog.choices import CollaboratorRole
from submissions.choices import ShareAnswer, SplitsState
from submissions.models import Share, SplitSheet, Submission
from submissions.splits.sheets import current_sheet


@dataclass(frozen=True)
class Line:
    """A share in words, and why it was objected to."""

    share: Share
    name: str
    role: str
    percentage: str
    answer: str
    note: str = ""

    @property
    def address(self) -> str:
        return str(self.share.said.get("email", ""))


@dataclass(frozen=True)
class SheetPage:
    """The last sheet with its lines, None without one; the state of the splits in words."""

    sheet: SplitSheet | None
    lines: list[Line]
    word: str
    status: str

    @property
    def is_settled(self) -> bool:
        return self.word in (SplitsState.CONFIRMED, SplitsState.OVERRIDDEN)

    @property
    def shares(self) -> list[dict[str, str]]:
        return list(self.sheet.shares) if self.sheet else []

    @property
    def total(self) -> Decimal:
        return sum((Decimal(each["percentage"]) for each in self.shares), Decimal())

    @property
    def unreachable(self) -> list[Line]:
        """Whoever has no address and has not confirmed: nobody can ask them."""
        return [
            line for line in self.lines if not line.address and line.share.answer != ShareAnswer.CONFIRMED
        ]


def sheet_page(submission: Submission) -> SheetPage:
    """Return the splits of a submission for a page. Two queries."""
    sheet = current_sheet(submission)
    shares = list(sheet.lines.select_related("answered")) if sheet else []
    for share in shares:
        share.sheet = sheet  # type: ignore[assignment]  # there is one
    word = submission.splits
    return SheetPage(sheet, [line_of(share) for share in shares], word, status_words(word))


def sheets_of(submission: Submission) -> list[SheetPage]:
    """Return all sheets in order, each with its shares and answers. One query, none without splits."""
    if not submission.splits:
        return []
    rows = Share.objects.filter(sheet__submission=submission).select_related("sheet__event", "answered")
    by_sheet = groupby(rows.order_by("sheet__number", "position"), key=lambda share: share.sheet)
    return [SheetPage(sheet, [line_of(share) for share in shares], "", "") for sheet, shares in by_sheet]


def line_of(share: Share) -> Line:
    """Return a share in words; “removed” once its sheet is redacted."""
    said, answered = share.said, share.answered
    return Line(
        share,
        name=said.get("name", "(removed)"),
        role=dict(CollaboratorRole.choices).get(said.get("role", ""), ""),
        percentage=said.get("percentage", ""),
        answer=_answer_words(share),
        note=answered.note if answered and share.answer == ShareAnswer.OBJECTED else "",
    )


def _answer_words(share: Share) -> str:
    if share.answer:
        return ShareAnswer(share.answer).label
    return "Not answered yet" if share.address else "No address"


def status_words(word: str) -> str:
    """Return the state of the splits in words."""
    return str(SplitsState(word).label) if word else "Not set yet"
