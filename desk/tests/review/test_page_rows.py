"""What a submission's page reads in one statement, as JSON, is what Django would have loaded."""

import uuid
from collections.abc import Sequence
from typing import Any

import pytest
from django.db.models import Model
from django.http import QueryDict

from activity.models import Activity
from desk.models import Criterion, Mark, Memo, Proposal, Review, Tag
from desk.page_rows import page_rows_of
from desk.queue.annotations import with_list_annotations
from desk.search.query import Query
from desk.search.rows import filter_rows
from kit.pages import AroundStatement
from labels.models import Block, ReplyTemplate
from submissions.models import Event, Message, MessageReading, Submission
from submissions.producer_pages.listing import COLUMNS, Own
from submissions.tests.builders import act
from submissions.tests.conversation.talk import answers, asks
from trackflow.testing.cast import Cast

pytestmark = pytest.mark.django_db


def values_of(row: Model) -> dict[str, Any]:
    """Return all loaded values of a row and of the rows joined to it."""
    own = {name: plain(value) for name, value in vars(row).items() if name[0] != "_"}
    forward = [each.name for each in row._meta.concrete_fields if each.name in row._state.fields_cache]
    joined = {name: values_of(each) for name in forward if (each := getattr(row, name)) is not None}
    return own | joined


def plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def assert_same(found: Sequence[Model], expected: Any) -> None:
    assert [values_of(each) for each in found] == [values_of(each) for each in expected]
    assert found


@pytest.fixture
def demo(cast: Cast) -> Submission:
    """With something in every list."""
    demo = cast.demo("in_review", pitch='Wasn’t 3.50 €: “ü” \\ "x"')
    act(demo, "replace_link")
    Memo.objects.create(submission=demo, author=cast.reviewer, text="Good\nand loud", key=uuid.uuid4())
    for number in range(2):
        Criterion.objects.create(label=cast.label, name=f"C{number}", position=number)
    revision = demo.revisions.get(number=2)
    for member in (cast.reviewer, cast.manager):
        review = Review.objects.create(submission=demo, revision=revision, member=member, comment="ok")
        for criterion in Criterion.objects.all():
            Mark.objects.create(review=review, criterion=criterion, value=3)
    Proposal.objects.create(
        submission=demo, transition="accept", turn=demo.turn, key=uuid.uuid4(), prepared_by=cast.reviewer
    )
    Tag.objects.create(label=cast.label, name="loud", hue="red")
    kind, what = Activity.Kind.TAGGED, {"tag": "loud", "n": [1, {"x": None}]}
    Activity.objects.create(label=cast.label, submission=demo, actor=cast.manager, kind=kind, details=what)
    ReplyTemplate.objects.create(label=cast.label, outcome="message", name="Soon", text="Soon.")
    asks(demo, "Ünd “now”?\n1:24")
    answers(demo, cast.reviewer)
    Block.objects.create(label=cast.label, producer=demo.producer, blocked_by=cast.owner)
    return Submission.objects.select_related("label").get(pk=demo.pk)


def test_page_reads_the_same(cast: Cast, demo: Submission, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        rows = page_rows_of(demo, cast.reviewer)
    assert_same(rows.events, Event.objects.of(demo).with_people())
    assert [each.pk for each in rows.revisions] == [each.pk for each in demo.revisions.order_by("number")]
    assert [each.event for each in rows.revisions] == [
        each.event for each in demo.revisions.order_by("number")
    ]
    assert_same(rows.memos, Memo.objects.of(demo))
    assert_same(rows.proposals, Proposal.objects.open().of(demo).with_people())
    assert_same(rows.criteria, Criterion.objects.of(cast.label))
    assert_same(rows.tags, Tag.objects.of(cast.label))
    assert_same(rows.log, Activity.objects.of(demo))
    assert [each.pk for each in rows.blocks] == [Block.objects.get().pk]
    assert_same(rows.talk.messages, Message.objects.of(demo))
    assert_same([rows.talk.reading], MessageReading.objects.filter(person=cast.reviewer))
    assert_same(rows.message_templates, ReplyTemplate.objects.all())
    team = [cast.manager, cast.owner, cast.reviewer, cast.viewer]
    assert rows.team == sorted([*team, cast.insider], key=lambda each: (each.name, each.email))


def test_marks_come_with_their_scores(cast: Cast, demo: Submission, django_assert_num_queries: Any) -> None:
    rows, expected = page_rows_of(demo, cast.reviewer), list(Review.objects.of(demo))
    assert rows.reviews == expected
    with django_assert_num_queries(0):
        marks = [[(mark.criterion, mark.value) for mark in each.marks.all()] for each in rows.reviews]
    assert marks == [[(mark.criterion, mark.value) for mark in each.marks.all()] for each in expected]


def test_board_reads_the_same(cast: Cast) -> None:
    for state in ("accepted", "submitted", "rejected", "draft"):
        cast.demo(state)
    own, searched = Own(cast.producer), Own(cast.producer, "TF-")  # a search for what all have
    counts, found = own.board()
    expected_counts, expected = searched.board()
    for word in COLUMNS:
        assert_same(list(found[word]), expected[word])
    assert counts == expected_counts == own.by_state() == searched.by_state()


def test_rows_around_a_demo_are_read_the_same(cast: Cast) -> None:
    for number in range(3):
        cast.demo("submitted", title=f"Night Bus {number}", tempo="123.50")
    rows = with_list_annotations(
        filter_rows(Submission.objects.at_desk(cast.manager, cast.label), Query(), cast.manager, cast.label),
        cast.manager,
    ).defer("team_search")
    order = ("due_order", "id")
    first, *others = rows.order_by(*order)
    statement = AroundStatement(rows, order=order, above=5, below=5)
    before, after = statement.read(first, QueryDict())
    assert len(before) == 0
    assert_same([each.object for each in after.items], others)
