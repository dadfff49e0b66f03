"""A receipt as a page to print: the same history as the JSON, in words, with every link as a digest.

Both sides get the same page and may pass it on: it holds nothing that only the team may see, and no address,
password or email.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from catalog.tracks.summary import Fact
from kit.clock import now
from labels.choices import QuestionKind
from submissions import wording
from submissions.copy_view import CopyView, copy_view
from submissions.models import Event, Revision, Submission
from submissions.revisions import link_digest
from submissions.timeline import Entry, timeline

LEFT_OUT = frozenset({wording.NAMES["contact_email"]})
ADDRESS = re.compile(r"\S+://\S+")


@dataclass(frozen=True)
class PrintedReceipt:
    """The content of the printed receipt; `seal` is the last event's digest."""

    submission: Submission
    entries: list[Entry]
    revision: Revision
    revision_digest: str
    demo: CopyView
    links: list[Fact]
    issued_at: datetime

    @property
    def seal(self) -> str:
        return self.entries[-1].digest


def printed_receipt(submission: Submission) -> PrintedReceipt:
    """Return the receipt of a submission that was sent. Expects it with its label; two queries."""
    events = list(Event.objects.of(submission).with_people())
    revision = submission.revisions.select_related("event").order_by("number").last()
    if revision is None:
        raise ValueError(f"{submission.reference} was never sent")
    revision.submission = submission
    return PrintedReceipt(
        submission=submission,
        entries=timeline(submission, team=False, by_name=True, events=events),
        revision=revision,
        revision_digest=bytes(revision.digest).hex(),
        demo=_without_addresses(copy_view(revision, links=False)),
        links=_links(revision),
        issued_at=now(),
    )


def _links(revision: Revision) -> list[Fact]:
    """Return every link of the copy and the answers as the digest that events hold."""
    copied = [
        (words, revision.copy.get(name)) for name, words in wording.NAMES.items() if name in wording.LINKS
    ]
    answered = [
        (each["text"], each["value"]) for each in revision.answers if each["kind"] == QuestionKind.LINK
    ]
    return [Fact(name, link_digest(url), is_mono=True) for name, url in [*copied, *answered] if url]


def _without_addresses(demo: CopyView) -> CopyView:
    groups = [
        (name, [_with_digest(fact) for fact in facts if fact.name not in LEFT_OUT])
        for name, facts in demo.groups
    ]
    return replace(
        demo,
        groups=[(name, facts) for name, facts in groups if facts],
        people=[replace(person, email="") for person in demo.people],
        answers=[_with_digest(each) for each in demo.answers if each.kind != QuestionKind.LINK],
    )


def _with_digest(item: Any) -> Any:
    """Return a fact or an answer with its value as a digest if it is an address."""
    value = item.value.strip()
    return replace(item, value=link_digest(value)) if ADDRESS.fullmatch(value) else item
