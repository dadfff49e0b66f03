"""What the page of a submission shows besides its own row, read in one query."""

from dataclasses import dataclass
from functools import cache

from accounts.models import User
from activity.models import Activity
from activity.sentences import NEWEST
from desk.models import Criterion, Mark, Memo, Proposal, Review, Tag
from kit.bundles import Bundle, keep_lists
from kit.statements import Statement, param
from labels.access import team_at
from labels.choices import ReplyPurpose
from labels.models import Block, ReplyTemplate
from submissions.conversation.rows import Talk, talk_from, talk_parts
from submissions.history_rows import event_rows, link_revisions, offer_rows, revision_rows
from submissions.models import Event, Offer, Revision, Submission


@dataclass(frozen=True)
class PageRows:
    """Rows about a submission in the order in which its page shows them; `team` are those who may see it."""

    events: list[Event]
    revisions: list[Revision]
    offers: list[Offer]
    team: list[User]
    memos: list[Memo]
    proposals: list[Proposal]
    reviews: list[Review]
    criteria: list[Criterion]
    tags: list[Tag]
    log: list[Activity]
    blocks: list[Block]
    message_templates: list[ReplyTemplate]
    talk: Talk


def page_rows_of(submission: Submission, reader: User) -> PageRows:
    """Return the rows, the ones that belong together joined. One query."""
    keys = {"submission": submission.pk, "label": submission.label_id, "producer": submission.producer_id}
    found = _bundle().read(**keys, reader=reader.pk)
    talk = talk_from(submission, reader.pk, found)
    del found["messages"], found["readings"]
    link_revisions(submission, found["events"], found["revisions"])
    link_revisions(submission, found["events"], found["offers"])
    marks = found.pop("marks")
    for review in found["reviews"]:
        keep_lists(review, marks=[mark for mark in marks if mark.review_id == review.pk])
    return PageRows(**found, talk=talk)


@cache
def _bundle() -> Bundle:
    submission, label, producer = param("submission"), param("label"), param("producer")
    blocks = Block.objects.known().filter(label=label, producer=producer)
    return Bundle(
        events=event_rows(),
        revisions=revision_rows(),
        offers=offer_rows(),
        team=Statement(team_at(label, producer)),
        memos=Statement(Memo.objects.of(submission)),
        proposals=Statement(Proposal.objects.open().of(submission).with_people().order_by("-is_held")),
        reviews=Statement(Review.objects.filter(submission=submission).with_people()),
        marks=Statement(Mark.objects.filter(review__submission=submission).in_order()),
        criteria=Statement(Criterion.objects.of(label)),
        tags=Statement(Tag.objects.of(label)),
        log=Statement(Activity.objects.of(submission)[: NEWEST + 1]),
        message_templates=Statement(ReplyTemplate.objects.of(label, ReplyPurpose.MESSAGE)),
        **talk_parts(Statement(blocks)),
    )
