"""Who opens which pages for axe-core, on data made once."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from django.urls import reverse

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from desk.bulk.forms import FORMS
from desk.bulk.orders import order
from desk.choices import BulkAct
from desk.models import Bulk, Proposal
from desk.outbox.service import propose
from desk.saved_views.access import shelf_of
from desk.saved_views.service import keep
from labels.choices import QuestionKind, Role, Status
from labels.models import Intake, Membership, Proof, Question, ReplyTemplate
from labels.reports.service import report
from labels.team.invitation_link import token_of as invitation_token
from labels.team.invitations import invite
from labels.tests.builders import make_label, make_question, make_record, make_user
from labels.verification.service import ask_back, give, token_of
from submissions.models import Submission
from submissions.tests.builders import make_draft
from trackflow.testing.cast import Cast
from trackflow.testing.desk_visits import url as at_desk
from trackflow.tests.access_table import ALLAUTH, KEYS
from workspace.blocks.service import block

SHOWN = [
    "accepted",
    "changes_requested",
    "in_review",
    "released",
    "rejected",
    "scheduled",
    "shortlisted",
    "signed",
    "submitted",
]
SET_UP = ("blocks", "embed", "leave", "team")
DECISIONS = ("accept", "extend", "reject", "request_changes")
PASSING: dict[str, Any] = {"details": {"reason": "genre", "welcome": "another"}, "note": "Not for us."}
ANSWERED: dict[str, Any] = {
    "sample": 20,
    "answered": 18,
    "in_time": 17,
    "lapsed": 1,
    "in_time_share": 85,
    "median_hours": 40,
    "p90_hours": 200,
}
ANONYMOUS = ("landing", "labels:directory", "admin:login")
SIGNED_IN = (
    "accounts:settings",
    "accounts:welcome",
    "catalog:profile",
    "catalog:track-create",
    "catalog:tracks",
    "insights:own",
    "labels:create",
    "labels:directory",
    "notifications:list",
    "submissions:create",
    "submissions:list",
)


@dataclass
class World:
    """A label with its team, a producer with demos in many states, a proposal and a draft."""

    cast: Cast = field(default_factory=Cast)
    demos: dict[str, Submission] = field(default_factory=dict)
    draft: Submission = field(init=False)
    bulk: Bulk = field(init=False)
    proof: Proof = field(init=False)
    invitation: str = field(init=False)

    def __post_init__(self) -> None:
        cast = self.cast
        make_record(make_label("Quay"), **ANSWERED)
        report(cast.label, reporter=cast.stranger, reason="ghosts", text="No answer.")
        cast.producer = make_producer(is_public=True, slug="mara-lindqvist", bio="Slow music.")
        self.demos.update((state, cast.demo(state)) for state in SHOWN)
        proposed = self.demos["submitted"]
        for is_team in (True, False):
            shelf = shelf_of(cast.manager, cast.label.slug)
            keep(shelf, name="Hot", query="is:shortlisted sort:due", is_team=is_team)
        propose(proposed, "reject", user=cast.reviewer, turn=proposed.turn, key=uuid4(), **PASSING)
        said = {"text": "Dear {artist}, no.", "reason": "genre", "welcome": "another"}
        ReplyTemplate.objects.create(label=cast.label, outcome="reject", name="Kind no", **said)
        for kind in QuestionKind:
            make_question(cast.label.intakes.get(), kind, is_required=True)
        rows = Submission.objects.at_desk(cast.manager, cast.label)
        offer = invite(cast.label, email="ada@example.com", role=Role.VIEWER, days=7, by=cast.manager)
        self.invitation = reverse("invitation", args=[offer.code, invitation_token(offer)])
        block(proposed, actor=cast.manager, why="Insults")
        self.bulk = order(BulkAct.SHORTLIST, rows, label=cast.label, user=cast.manager, key=uuid4())
        self.proof = asked_proof(cast.manager)
        cast.label.page_text = "# Us\n\n## Them\n\n> [shop](https://shop.example)"
        cast.label.save()
        self.draft = make_draft(label=cast.label, track=make_track(cast.producer, pitch=""))

    def pages(self) -> list[tuple[User | None, list[str]]]:
        """Return everybody with the addresses they open."""
        cast = self.cast
        return [
            (None, [*self._public(), self.invitation, *_allauth(0)]),
            (cast.producer, [*self._producer(), *_allauth(1)]),
            (cast.manager, list(self._desk())),
            (cast.owner, [reverse("desk:hand-over", args=[cast.label.slug])]),
            (cast.stranger, [self.invitation]),
            (cast.stranger, [reverse("labels:report", args=[cast.label.slug])]),
        ]

    def _public(self) -> Iterator[str]:
        yield from map(reverse, ANONYMOUS)
        for name in ("label", "embed"):
            yield reverse(f"labels:{name}", args=[self.cast.label.slug])
        yield reverse("labels:label", args=["quay"])
        yield reverse("catalog:producer", args=["mara-lindqvist"])
        yield reverse("proof-confirm", args=[self.proof.label.slug, token_of(self.proof)])
        yield "/nowhere/"

    def _producer(self) -> Iterator[str]:
        yield from map(reverse, SIGNED_IN)
        yield reverse("labels:report", args=[self.cast.label.slug])
        for name in ("track", "track-edit"):
            yield reverse(f"catalog:{name}", args=[self.draft.track.code])
        for name in ("edit", "delete"):
            yield reverse(f"submissions:{name}", args=[self.draft.reference])
        for name, state in (("resubmit", "changes_requested"), ("sign", "accepted"), ("decline", "accepted")):
            yield reverse(f"submissions:{name}", args=[self.demos[state].reference])
        for name in ("withdraw", "replace-link"):
            yield reverse(f"submissions:{name}", args=[self.demos["in_review"].reference])
        for demo in self.demos.values():
            yield reverse("submissions:submission", args=[demo.reference])

    def _desk(self) -> Iterator[str]:
        for name in ("queue", "outbox", "settings", "templates", "views", "bulks", *SET_UP):
            yield reverse(f"desk:{name}", args=[self.cast.label.slug])
        intake = self.cast.label.intakes.get()
        yield from self._set_up(intake, intake.questions.all()[0])
        yield reverse("labels:settings", args=[self.cast.label.slug])
        for slug in (self.cast.label.slug, self.proof.label.slug):
            yield reverse("desk:setup", args=[slug])
            yield reverse("desk:proof", args=[slug])
        yield reverse("insights:figures", args=[self.cast.label.slug])
        yield reverse("desk:bulk", args=[self.cast.label.slug, self.bulk.code])
        for act in FORMS:
            yield f"{reverse('desk:bulk-new', args=[self.cast.label.slug])}?act={act}&all=1&q="
        yield reverse("notifications:list")
        for demo in self.demos.values():
            yield at_desk("submission", demo)
        yield f"{at_desk('submission', self.demos['in_review'])}?q="
        template = ReplyTemplate.objects.get()
        yield reverse("desk:template-edit", args=[self.cast.label.slug, template.pk])
        yield f"{at_desk('act', self.demos['in_review'], 'reject')}?template={template.pk}"
        prepared = Proposal.objects.select_related("submission__label").earliest("pk")
        yield at_desk("proposal-change", prepared.submission)
        pick = f"?pick={prepared.submission.reference}.{prepared.imprint}"
        for name in ("desk:outbox-release", "desk:outbox-time"):
            yield reverse(name, args=[self.cast.label.slug]) + pick
        for decision in DECISIONS:
            yield at_desk("act", self.demos["in_review"], decision)
        yield at_desk("act", self.demos["signed"], "schedule")
        yield at_desk("block", self.demos["signed"])

    def _set_up(self, intake: Intake, question: Question) -> Iterator[str]:
        slug = self.cast.label.slug
        for name in ("intakes", "intake-new"):
            yield reverse(f"desk:{name}", args=[slug])
        for name in ("intake", "questions"):
            yield reverse(f"desk:{name}", args=[slug, intake.code])
        yield reverse("desk:question", args=[slug, intake.code, question.pk])


def asked_proof(manager: User) -> Proof:
    """Return the proof of a label that sets itself up, with an address to confirm and a question of ours."""
    label = make_label("Rivertone", status=Status.UNVERIFIED, website="https://rivertone.example/")
    Membership.objects.create(label=label, user=manager, role=Role.OWNER)
    address = "demos@rivertone.example"
    proof, _ = give(label, by=manager, link="https://bandcamp.com/x", address=address, said="Hello.")
    return ask_back(proof, by=make_user(is_staff=True), words="Where do you say so?")


def _allauth(who: int) -> Iterator[str]:
    """Yield allauth's pages that open for who is not (0) or who is (1) signed in."""
    for name, answers in ALLAUTH.items():
        if answers[who] == "2" and not name.endswith("_from_key"):
            yield reverse(name, kwargs=KEYS.get(name))
