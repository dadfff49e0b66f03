"""The pages that axe-core checks, by part of the site and by user, and their data."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django.urls import reverse

from accounts.models import User
from activity.choices import BulkAct
from catalog.tests.builders import make_producer, make_track
from desk.bulk.forms import FORMS
from desk.bulk.orders import order
from desk.models import Bulk, Proposal
from desk.outbox.service import propose
from desk.saved_views.access import view_access_of
from desk.saved_views.service import save_view
from kit.clock import at, now
from labels.choices import QuestionKind, Role
from labels.models import Intake, Proof, ReplyTemplate
from labels.reports.service import report
from labels.team.invitations import invite
from labels.team.invitations import token_of as invitation_token
from labels.tests.builders import make_label, make_question, make_record
from labels.tests.proofs import make_open_proof
from labels.verification.service import token_of
from notifications.unsubscribe.links import path_to_stop
from submissions.models import LabelList, SavedNote, Submission
from submissions.tests.builders import make_draft
from trackflow.testing.cast import Cast
from trackflow.testing.desk_client import url as at_desk
from trackflow.tests.access_table import ALLAUTH, KEYS
from trackflow.tests.crew_pages import crew_visits
from trackflow.tests.deal_pages import deal_visits
from trackflow.tests.import_pages import import_visits
from trackflow.tests.recording_pages import recording_visits
from trackflow.tests.release_pages import release_visits
from trackflow.tests.studio_pages import studio_visits
from trackflow.tests.tracklist_pages import tracklist_visits
from workspace.blocks.service import block

SHOWN_STATES = (
    *("accepted", "changes_requested", "countered", "in_review", "released", "rejected"),
    *("scheduled", "shortlisted", "signed", "submitted"),
)
SET_UP = ("workspace:blocks", "workspace:embed", "workspace:leave", "workspace:team")
DECISIONS = ("accept", "extend", "reject", "request_changes")
REJECTION: dict[str, Any] = {"details": {"reason": "genre", "welcome": "another"}, "note": "Not for us."}
RECORD: dict[str, Any] = {
    "sample": 20,
    "answered": 18,
    "in_time": 17,
    "lapsed": 1,
    "in_time_share": 85,
    "median_hours": 40,
    "p90_hours": 200,
}
ANONYMOUS = ("landing", "labels:directory", "admin:login", "help", "status", "receipt-check")
SIGNED_IN = (
    *("accounts:settings", "accounts:sessions", "activity:own", "notifications:settings"),
    *("privacy:your-data", "privacy:delete", "accounts:welcome", "catalog:profile"),
    *("catalog:track-create", "catalog:tracks", "insights:own", "labels:create"),
    *("labels:directory", "notifications:list", "home", "submissions:create"),
    *("submissions:label-lists", "submissions:list", "submissions:notes", "submissions:send"),
)

Visit = tuple[User | None, list[str]]
PARTS = (
    "visitor",
    "sign-in",
    "account",
    "producer",
    "producer's demos",
    "desk",
    "desk's demos",
    "deals",
    "releases",
    "recordings",
    "set-up",
    "studio",
    "studio imports",
    "studio crews",
    "tracklists",
)


@dataclass
class AxeData:
    """A label with its team, a producer with demos in many states, a proposal and a draft; `word` is in all titles."""

    word: str = ""
    cast: Cast = field(default_factory=Cast)
    demos: dict[str, Submission] = field(default_factory=dict)
    draft: Submission = field(init=False)
    late: Submission = field(init=False)
    bulk: Bulk = field(init=False)
    proof: Proof = field(init=False)
    invitation: str = field(init=False)
    made: dict[str, list[Visit]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cast = self.cast
        make_record(make_label("Quay"), **RECORD)
        report(cast.label, reporter=cast.stranger, reason="ghosts", text="No answer.")
        words = {"title": self.word, "mix": self.word[:80]} if self.word else {}
        artist = {"artist_name": self.word[:120]} if self.word else {}
        cast.producer = make_producer(is_public=True, slug="mara-lindqvist", bio="Slow music.", **artist)
        self.demos.update((state, cast.demo(state, **words)) for state in SHOWN_STATES)
        with at(now() - timedelta(days=20)):
            self.late = cast.demo("submitted")
        proposed = self.demos["shortlisted"]  # which the bulk action leaves alone
        for is_team in (True, False):
            access = view_access_of(cast.manager, cast.label.slug)
            save_view(access, name="Hot", query="is:shortlisted sort:due", is_team=is_team)
        propose(proposed, "reject", user=cast.reviewer, turn=proposed.turn, key=uuid4(), **REJECTION)
        fields = {"text": "Dear {artist}, no.", "reason": "genre", "welcome": "another"}
        ReplyTemplate.objects.create(label=cast.label, outcome="reject", name="Kind no", **fields)
        for kind in QuestionKind:
            make_question(cast.label.intakes.get(), kind, is_required=True)
        rows = Submission.objects.at_desk(cast.manager, cast.label)
        offer = invite(cast.label, email="ada@example.com", role=Role.VIEWER, days=7, by=cast.manager)
        self.invitation = reverse("invitation", args=[offer.code, invitation_token(offer)])
        block(proposed, actor=cast.manager, why="Insults")
        self.bulk = order(BulkAct.SHORTLIST, rows, label=cast.label, user=cast.manager, key=uuid4())
        self.proof = make_open_proof(cast.manager)
        cast.label.page_text = "# Us\n\n## Them\n\n> [shop](https://shop.example)"
        cast.label.save()
        self.draft = make_draft(label=cast.label, track=make_track(cast.producer, pitch="", **words))

    def pages(self, part: str) -> list[Visit]:
        """Return (user, URLs) of a part of the site (`PARTS`), whose rows are made once."""
        if part not in self.made:
            self.made[part] = self._made(part)
        return self.made[part]

    def _made(self, part: str) -> list[Visit]:
        cast, slug = self.cast, self.cast.label.slug
        visits: dict[str, list[tuple[User | None, Iterable[str]]]] = {
            "visitor": [(None, [*self._public(), self.invitation])],
            "sign-in": [(None, _allauth(0))],
            "account": [(cast.producer, _allauth(1))],
            "producer": [(cast.producer, self._producer())],
            "producer's demos": [(cast.producer, self._sent())],
            "desk": [(cast.manager, self._desk())],
            "desk's demos": [(cast.manager, self._received())],
            "deals": deal_visits(cast, self.demos, self.word) if part == "deals" else [],
            "releases": release_visits(cast, self.demos["signed"], self.word) if part == "releases" else [],
            "recordings": (
                recording_visits(cast, self.demos["signed"], self.word) if part == "recordings" else []
            ),
            "studio": studio_visits(cast, self.demos["signed"], self.word) if part == "studio" else [],
            "tracklists": tracklist_visits(cast, self.word) if part == "tracklists" else [],
            "studio imports": import_visits(cast, self.word) if part == "studio imports" else [],
            "studio crews": crew_visits(cast, self.word) if part == "studio crews" else [],
            "set-up": [
                (cast.manager, self._set_up()),
                (
                    cast.owner,
                    [reverse(name, args=[slug]) for name in ("workspace:hand-over", "activity:label")],
                ),
                (cast.admin, [reverse("activity:whole")]),
                (cast.stranger, [self.invitation, reverse("labels:report", args=[slug])]),
            ],
        }
        return [(user, list(paths)) for user, paths in visits[part]]

    def _public(self) -> Iterator[str]:
        yield from map(reverse, ANONYMOUS)
        for name in ("label", "embed"):
            yield reverse(f"labels:{name}", args=[self.cast.label.slug])
        yield reverse("labels:label", args=["quay"])
        yield reverse("catalog:producer", args=["mara-lindqvist"])
        yield path_to_stop(self.cast.producer.pk, None, None)
        yield reverse("proof-confirm", args=[self.proof.label.slug, token_of(self.proof)])
        yield "/nowhere/"

    def _producer(self) -> Iterator[str]:
        yield from map(reverse, SIGNED_IN)
        yield reverse("labels:report", args=[self.cast.label.slug])
        for name in ("track", "track-edit"):
            yield reverse(f"catalog:{name}", args=[self.draft.track.code])
        track, intake = self.draft.track.code, Intake.objects.get(label__slug="quay")
        yield f"{reverse('labels:directory')}?track={track}"
        yield f"{reverse('submissions:send')}?track={track}&to={intake.code}&find=on"
        yield f"{reverse('submissions:send')}?track={track}&to={intake.code}&go=on"
        yield f"{reverse('submissions:label-list-create')}?to={intake.code}"
        kept = {"producer": self.cast.producer, "name": self.word[:80] or "Dub labels"}
        yield reverse("submissions:label-list", args=[LabelList.objects.create(**kept).code])
        yield reverse("submissions:note", args=[SavedNote.objects.create(**kept, text="Dear {label}").code])

    def _sent(self) -> Iterator[str]:
        for name in ("edit", "delete"):
            yield reverse(f"submissions:{name}", args=[self.draft.reference])
        for name, state in (("resubmit", "changes_requested"), ("sign", "accepted"), ("decline", "accepted")):
            yield reverse(f"submissions:{name}", args=[self.demos[state].reference])
        yield reverse("submissions:nudge", args=[self.late.reference])
        yield self.late.get_absolute_url()
        for name in ("withdraw", "replace-link"):
            yield reverse(f"submissions:{name}", args=[self.demos["in_review"].reference])
        for demo in self.demos.values():
            yield reverse("submissions:submission", args=[demo.reference])
        yield reverse("submissions:receipt", args=[self.demos["signed"].reference])

    def _desk(self) -> Iterator[str]:
        slug = self.cast.label.slug
        for name in (
            "queue",
            "outbox",
            "settings",
            "views",
            "bulks",
            "export",
            *("filters", "query-help", "week", "keys", "log", "tags"),
        ):
            yield reverse(f"desk:{name}", args=[slug])
        yield f"{reverse('desk:queue', args=[slug])}?q=nothing-like-it"
        yield f"{reverse('desk:queue', args=[slug])}?q=-genre:techno"
        yield reverse("workspace:templates", args=[slug])
        yield reverse("insights:figures", args=[slug])
        yield reverse("desk:bulk", args=[slug, self.bulk.code])
        for act in FORMS:
            yield f"{reverse('desk:bulk-new', args=[slug])}?act={act}&all=1&q="
        yield reverse("notifications:list")
        template = ReplyTemplate.objects.get()
        yield reverse("workspace:template-edit", args=[slug, template.pk])
        prepared = Proposal.objects.select_related("submission__label").earliest("pk")
        yield at_desk("proposal-change", prepared.submission)
        pick = f"?pick={prepared.submission.reference}.{prepared.fingerprint}"
        for name in ("desk:outbox-send", "desk:outbox-time"):
            yield reverse(name, args=[slug]) + pick

    def _received(self) -> Iterator[str]:
        for demo in self.demos.values():
            yield at_desk("submission", demo)
        yield f"{at_desk('submission', self.demos['in_review'])}?q="
        yield at_desk("artist", self.demos["in_review"])
        picks = "&".join(
            f"pick={self.demos[state].reference}" for state in ("in_review", "rejected", "signed")
        )
        yield f"{reverse('desk:compare', args=[self.cast.label.slug])}?{picks}"
        template = ReplyTemplate.objects.get()
        yield f"{at_desk('act', self.demos['in_review'], 'reject')}?template={template.pk}"
        for decision in DECISIONS:
            yield at_desk("act", self.demos["in_review"], decision)
        yield at_desk("act", self.demos["signed"], "schedule")
        yield at_desk("propose", self.demos["in_review"], "reject")
        yield at_desk("receipt", self.demos["signed"])
        yield at_desk("submission-log", self.demos["in_review"])
        signed = self.demos["signed"]
        yield reverse("workspace:block", args=[signed.label.slug, signed.reference])

    def _set_up(self) -> Iterator[str]:
        slug = self.cast.label.slug
        intake = self.cast.label.intakes.get()
        for name in (*SET_UP, "workspace:intakes", "workspace:intake-new"):
            yield reverse(name, args=[slug])
        for name in ("intake", "questions"):
            yield reverse(f"workspace:{name}", args=[slug, intake.code])
        yield reverse("workspace:template-create", args=[slug, "reject"])
        yield reverse("notifications:label-settings", args=[slug])
        yield reverse("workspace:question", args=[slug, intake.code, intake.questions.all()[0].pk])
        yield reverse("labels:settings", args=[slug])
        for label in (slug, self.proof.label.slug):
            yield reverse("workspace:setup", args=[label])
            yield reverse("workspace:proof", args=[label])


def _allauth(who: int) -> Iterator[str]:
    """Yield allauth's pages for anonymous (0) or signed-in (1) visitors."""
    for name, answers in ALLAUTH.items():
        if answers[who] == "2" and not name.endswith("_from_key"):
            yield reverse(name, kwargs=KEYS.get(name))
