"""A receipt as a page to print: the same history as the JSON, in words, fingerprints under “Proof”.

Both sides get the same page and may pass it on: it holds nothing that only the team may see, and of the track only what
the JSON opens.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from kit.clock import now
from submissions import revisions, wording
from submissions.models import Event, Revision, Submission
from submissions.receipts.service import is_open, opened_fields
from submissions.splits.page import SheetPage, sheets_of
from submissions.timeline import Entry, timeline


@dataclass(frozen=True)
class OpenField:
    """A field of the track that the receipt opens; a link's value is its digest. Salt and digest in hex."""

    name: str
    value: str
    is_link: bool
    salt: str
    digest: str


@dataclass(frozen=True)
class PrintedReceipt:
    """The content of the printed receipt; `seal` is the last event's digest."""

    submission: Submission
    entries: list[Entry]
    revision: Revision
    fields: list[OpenField]
    issued_at: datetime
    sheets: list[SheetPage]

    @property
    def seal(self) -> str:
        return self.entries[-1].digest

    @property
    def revision_digest(self) -> str:
        return bytes(self.revision.digest).hex()


def printed_receipt(submission: Submission) -> PrintedReceipt:
    """Return the receipt of a submission that was sent. Expects it with its label; three queries."""
    events = list(Event.objects.of(submission).with_people())
    revision = submission.revisions.select_related("event").order_by("number").last()
    if revision is None:
        raise ValueError(f"{submission.reference} was never sent")
    entries = timeline(submission, team=False, by_name=True, events=events)
    return PrintedReceipt(
        submission=submission,
        entries=[_with_open_changes(entry) for entry in entries],
        revision=revision,
        fields=_open_fields(revision),
        issued_at=now(),
        sheets=sheets_of(submission),
    )


def _open_fields(revision: Revision) -> list[OpenField]:
    opened = opened_fields(revision)
    if not opened:
        return []
    salts, digests = revisions.field_salts(revision), revisions.field_digests(revision)
    return [
        OpenField(*_words(name, value), salt=salts[name].hex(), digest=digests[name])
        for name, value in opened.items()
    ]


def _words(name: str, value: str | dict[str, str]) -> tuple[str, str, bool]:
    """Return name, value and whether it is a link; an answer is named by its question."""
    if isinstance(value, dict):
        return value["text"], value["value"], True
    return wording.NAMES[name], value, name in revisions.LINKS


def _with_open_changes(entry: Entry) -> Entry:
    """Return an entry whose changes show the opened fields; of the others only the names."""
    changes = list(zip(entry.event.private.get("diff", []), entry.changes, strict=True))
    others = [shown.label for change, shown in changes if not is_open(change)]
    lines = [*entry.lines, ("Also changed", ", ".join(others))] if others else entry.lines
    return replace(entry, lines=lines, changes=[shown for change, shown in changes if is_open(change)])
