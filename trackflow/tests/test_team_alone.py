"""What the team keeps to itself: no page, mail, export or receipt of a producer says a word of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import uuid4

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.test import Client
from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from desk.assignment import service as assignment
from desk.conversation.service import write as write_to_producer
from desk.memos import service as memos
from desk.models import Criterion, SavedView
from desk.outbox import service as outbox
from desk.scores import service as scores
from desk.scores import service as scores_service
from desk.tags import service as tags
from labels.choices import Role
from labels.models import Label, Membership, ReplyTemplate
from labels.tests.builders import make_label, make_member
from submissions.conversation import service as conversation
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import act, make_draft, make_submission
from trackflow.tests.access_table import ADDRESSES
from workspace.blocks.service import block

SECRET = "quarkvogel"
"""Stands in all that the team writes, and nowhere else."""


@dataclass
class House:
    """A label at work on two demos: a producer's, and one of somebody who is a member too."""

    label: Label
    manager: User
    reviewer: User
    producer: User
    both: User
    sent: Submission
    own: Submission


@pytest.fixture
def house(committed_db: str, run_jobs: Callable[[], None]) -> House:
    label = make_label("Harbour")
    manager, reviewer = make_member(label, Role.MANAGER), make_member(label, Role.REVIEWER)
    User.objects.filter(pk=reviewer.pk).update(name=f"{SECRET} Rita")
    reviewer.refresh_from_db()
    producer, both = make_producer(), make_producer(email="both@example.com")
    Membership.objects.create(label=label, user=both, role=Role.MANAGER)
    Criterion.objects.create(label=label, name=f"{SECRET} groove")
    sent, own = (
        make_submission("in_review", label=label, manager=manager, track=make_track(person, title=title))
        for person, title in ((producer, "Sent"), (both, "Ownsong"))
    )
    found = House(label, manager, reviewer, producer, both, sent, own)
    for submission in (sent, own):
        work_on(found, submission)
    run_jobs()
    return found


def work_on(house: House, submission: Submission) -> None:
    """Do to a demo whatever a team does among themselves."""
    marks = dict.fromkeys(scores_service.saved_criteria_of(house.label), 4)
    scores.give(submission, house.reviewer, marks, f"{SECRET} comment", 1)
    words = f"{SECRET} memo for @{house.manager.name}"
    memos.write(submission, author=house.reviewer, text=words, key=uuid4())
    tags.add_named(submission, name=f"{SECRET} tag", hue="teal", actor=house.reviewer)
    assignment.assign(submission, house.reviewer, actor=house.manager)
    outbox.propose(
        submission,
        "reject",
        user=house.reviewer,
        turn=submission.turn,
        key=uuid4(),
        note=f"{SECRET} note",
        details={"reason": "genre", "welcome": "another"},
    )
    conversation.write(submission, actor=Actor.producer(submission.producer), text="Soon?", key=uuid4())
    conversation.settle(submission, actor=Actor.member(house.reviewer), key=uuid4())
    write_to_producer(submission, actor=Actor.member(house.reviewer), text="Soon.", key=uuid4())
    block(submission, actor=house.manager, why=f"{SECRET} block")
    name = f"{SECRET} {submission.pk}"
    ReplyTemplate.objects.create(label=house.label, outcome="reject", name=name, text=SECRET)
    SavedView.objects.create(label=house.label, owner=house.manager, name=name, is_team=True)


def pages(house: House, person: User, submission: Submission, *, at_desk: bool) -> Iterator[tuple[str, str]]:
    """Yield all that somebody may open, with what it says; with `at_desk` the label's desk alone."""
    client = Client()
    client.force_login(person)
    draft = make_draft(track=make_track(submission.producer), label=house.label)
    places = {
        "slug": house.label.slug,
        "reference": submission.reference,
        "draft": draft.reference,
        "code": submission.track.code,
        "transition": "accept",
        "outcome": "reject",
    }
    for name, address in ADDRESSES.items():
        if (
            name.startswith(("desk:", "workspace:")) != at_desk
            or not set(address.places.values()) <= places.keys()
        ):
            continue
        path = reverse(name, kwargs={key: places[place] for key, place in address.places.items()})
        answer = client.get(path)
        said = answer.getvalue().decode() if answer.streaming else answer.content.decode()
        yield path, said if answer.status_code == 200 else ""


def test_no_page_file_or_receipt_of_a_producer_says_a_word_of_it(house: House) -> None:
    for person, submission in ((house.producer, house.sent), (house.both, house.own)):
        said = dict(pages(house, person, submission, at_desk=False))
        assert sum(map(bool, said.values())) >= 20
        assert submission.reference in "".join(said.values())
        assert [path for path, words in said.items() if SECRET in words.lower()] == []


def test_member_finds_nothing_of_their_own_demo_at_the_desk(house: House) -> None:
    said = dict(pages(house, house.both, house.own, at_desk=True))
    queue = reverse("desk:queue", args=[house.label.slug])
    assert "Sent" in said[queue]
    mine = ("Ownsong", house.own.reference)
    assert [path for path, words in said.items() if any(word in words for word in mine)] == []


def test_colleagues_find_all_of_it(house: House) -> None:
    """The control: it is there for whoever it is for."""
    said = dict(pages(house, house.manager, house.sent, at_desk=True))
    path = reverse("desk:submission", args=[house.label.slug, house.sent.reference])
    assert f"{SECRET} Rita (reviewer) marked the question as answered" in said[path]
    for what in ("comment", "memo", "tag", "note", "groove", "Rita", "block"):
        assert f"{SECRET} {what}" in said[path], what


def test_no_mail_to_a_producer_says_a_word_of_it(
    house: House, run_jobs: Callable[[], None], mailoutbox: list[EmailMessage]
) -> None:
    for submission in (house.sent, house.own):
        fresh = Submission.objects.get(pk=submission.pk)
        act(fresh, "request_changes", manager=house.manager)
    run_jobs()
    theirs = [mail for mail in mailoutbox if set(mail.to) & {house.producer.email, house.both.email}]
    assert {address for mail in theirs for address in mail.to} == {house.producer.email, house.both.email}
    assert sum("Soon." in str(mail.body) for mail in theirs) == 2
    for mail in theirs:
        assert SECRET not in words_of(mail).lower(), mail.subject


def words_of(mail: EmailMessage) -> str:
    """Return all that a mail says, headers and HTML included."""
    parts = [content for content, _ in mail.alternatives] if isinstance(mail, EmailMultiAlternatives) else []
    return "\n".join([mail.message().as_string(), str(mail.body), *map(str, parts)])
