"""The mail of a digest: its notifications by label and kind, and the fingerprint of each event that it tells."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.core.mail import EmailMultiAlternatives
from django.template.defaultfilters import truncatechars
from django.utils import timezone

from notifications.digests.reminder_lines import is_of_label, summaries_of
from notifications.kind_table import KINDS
from notifications.kinds import kind_of
from notifications.mail import LONGEST_NAME, one_line
from notifications.models import Delivery, Digest
from notifications.sentences import sentence_of
from notifications.team_mail import mail_to_address
from notifications.unsubscribe import links

ORDER = {key: place for place, key in enumerate(KINDS)}


OWN = "Yours alone"
"""Above what no label has to do with."""


@dataclass(frozen=True)
class Line:
    """One notification in a digest; `artist` only for a team. Without `who` it is what several come to."""

    who: str
    what: str
    title: str
    artist: str
    path: str


@dataclass(frozen=True)
class Proof:
    """The fingerprint of an event, and the page whose history shows it."""

    reference: str
    title: str
    sequence: int
    digest: str
    path: str


@dataclass(frozen=True)
class Section:
    """The lines of one kind at one label."""

    label: str
    kind: str
    lines: Sequence[Line]


def build(digest: Digest, deliveries: Sequence[Delivery]) -> EmailMultiAlternatives:
    """Return the mail, in its person's time zone; expects each delivery `with_subject`."""
    stop_path = links.digest_path(digest)
    with timezone.override(digest.person.zone):
        context = {
            "count": len(deliveries),
            "day": digest.day,
            "sections": sections_of(deliveries),
            "proofs": [_proof(each) for each in deliveries if each.event],
            **links.footer(stop_path, "daily digest"),
        }
        name, to = f"digest-{digest.pk}", digest.person.email
        message = mail_to_address("digest", _subject(deliveries), context, to=to, name=name)
        message.extra_headers.update(links.headers(stop_path))
        return message


def sections_of(deliveries: Sequence[Delivery]) -> list[Section]:
    """Return what is told by label, then by kind in the order of the table."""
    keyed = sorted(deliveries, key=_place)
    return [
        Section(one_line(label), name, _lines(list(rows)))
        for (label, _, _, name), rows in groupby(keyed, _place)
    ]


def _lines(deliveries: Sequence[Delivery]) -> list[Line]:
    """Return the notifications of one kind at one label, reminders of its answers in sum."""
    summed = [
        Line("", one_line(each.titles), each.words, "", each.path)
        for each in summaries_of(filter(is_of_label, deliveries))
    ]
    return summed + [line_of(each) for each in deliveries if not is_of_label(each)]


def line_of(delivery: Delivery) -> Line:
    """Return a notification as a line."""
    sentence, submission = sentence_of(delivery), delivery.submission
    artist = one_line(submission.artist) if submission and delivery.is_to_team else ""
    return Line(
        one_line(sentence.who),
        one_line(sentence.what),
        one_line(sentence.title),
        artist,
        sentence.path,
    )


def _place(delivery: Delivery) -> tuple[str, int, int, str]:
    kind = kind_of(delivery)
    label = delivery.label
    return (label.name if label else OWN), delivery.label_id or 0, ORDER[kind.side, kind.key], kind.name


def _proof(delivery: Delivery) -> Proof:
    event = delivery.event
    assert event
    title = truncatechars(one_line(event.submission.shown_title), LONGEST_NAME)
    path = sentence_of(delivery).path
    return Proof(event.submission.reference, title, event.sequence, event.digest_hex, path)


def _subject(deliveries: Sequence[Delivery]) -> str:
    """Return what is due first, if anything is, and how much there is besides."""
    place = _places(deliveries)
    reminders = [each for each in deliveries if is_of_label(each)]
    others = len(deliveries) - len(reminders)
    updates = f"{others} update{'s' * (others != 1)} from {place}"
    if not reminders:
        return updates
    due = ", ".join(each.words for each in summaries_of(reminders))
    return f"{due}, and {updates}" if others else f"{due}: {place}"


def _places(deliveries: Sequence[Delivery]) -> str:
    """Return whom a digest is from, in words."""
    labels = {each.label_id: one_line(each.label.name) for each in deliveries if each.label}
    names = [truncatechars(name, LONGEST_NAME) for name in labels.values()]
    said = names if len(names) < 2 else [f"{len(names)} labels"]
    if any(each.label is None for each in deliveries):
        said = [*said, "Trackflow"]
    return " and ".join(said)
