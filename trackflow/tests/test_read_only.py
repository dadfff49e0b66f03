"""What a suspended and a closed label's desk still does: every address that takes a POST, one after the other."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver
from pytest_django import Settings

from accounts.models import User
from desk.choices import ExportFormat
from desk.models import SavedView, Tag
from desk.outbox import changes
from desk.outbox.held_decisions import hold
from desk.outbox.service import propose, send_back
from desk.saved_views.access import view_access_of
from desk.saved_views.service import make_default
from desk.tags import service as tags
from desk.tests.bulk.builders import ordered
from desk.tests.bulk.test_bulk_pages import hidden_fields, new_url
from desk.tests.team_settings.test_team_settings import said as criteria_said
from kit.clock import at, now
from labels import blocks, deliverable_templates, offer_templates, reply_templates
from labels.choices import Role
from labels.intakes.service import stamp_of
from labels.models import DeliverableTemplate, Label, Membership, OfferTemplate, ReplyTemplate
from labels.questions import service as questions
from labels.status import close, suspend
from labels.team.invitations import invite
from labels.tests.builders import make_intake, make_member, make_question
from recordings.tests.builders import make_recording, make_shelf
from submissions.conversation import service as conversation
from submissions.models import Submission
from submissions.permissions import Actor
from submissions.tests.builders import OFFER, TERMS, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import address
from workspace.tests.intakes.test_intakes import ALL_RULES, PLAIN, standing
from workspace.tests.team.test_factors import confirmed, give_factor

PASSING = {"reason": "genre", "welcome": "another", "note": "Thank you."}
TEMPLATE = {"name": "Full", "text": "We are full.", "reason": "calendar", "welcome": "another"}

REFUSED = [
    "assign",
    "block",
    "criteria",
    "deliverable-template-create",
    "deliverable-template-edit",
    "deliverable-template-retire",
    "deliverable-templates-begin",
    "embed",
    "hand-over",
    "intake",
    "intake-delete",
    "intake-new",
    "intake-pause",
    "invitation-resend",
    "invite",
    "master",
    "member-role",
    "memo",
    "messages",
    "messages-settle",
    "offer-template-create",
    "offer-template-edit",
    "offer-template-retire",
    "outbox-time",
    "propose",
    "proposal-change",
    "question",
    "question-add",
    "question-restore",
    "question-retire",
    "questions-order",
    "score",
    "settings",
    "team-factors",
    "tag",
    "tag-change",
    "tag-restore",
    "tag-retire",
    "tags",
    "template-create",
    "template-edit",
    "template-retire",
    "unblock",
    "view-delete",
    "view-rename",
    "view-share",
    "view-unshare",
    "views",
    "week-assign",
]
"""What the team writes for itself, and its set-up: 409 at a suspended and at a closed label."""

ANSWERS = ["act", "bulk-new", "deliverables", "listened", "outbox-send", "proposal-send"]
"""What writes an event: a suspended label answers nothing, a closed one what still lies there."""

TAKES_BACK = [
    "bulk-cancel",
    "export",
    "invitation-revoke",
    "keys",
    "leave",
    "member-remove",
    "messages-mute",
    "messages-read",
    "proposal-discard",
    "proposal-dismiss",
    "proposal-untime",
    "undo",
    "view-default",
    "view-no-default",
]
"""What only stops or takes back, what one read, and how one's own desk opens, exports and listens to keys: goes on."""

SILENT = ["here", "questions-preview"]
"""Changes no row but presence."""

NEVER = ["proof", "proof-resend"]
"""Taken from a label alone that is not yet verified."""


@dataclass(frozen=True)
class Press:
    """Who posts what where."""

    client: Client
    path: str
    said: dict[str, Any]

    def answer(self) -> Any:
        return self.client.post(self.path, self.said)


@dataclass
class Desk:
    """A desk with one of everything, and its members signed in."""

    cast: Cast

    def __post_init__(self) -> None:
        cast = self.cast
        self.clients = {role.label: client_of(getattr(cast, role.label)) for role in Role}
        session = self.clients["owner"].session
        session["account_authentication_methods"] = [{"method": "password", "at": time.time()}]
        session.save()
        self.demo, self.new, self.prepared, self.back = (
            cast.demo(state) for state in ("in_review", "submitted", "in_review", "in_review")
        )
        asker = Actor.producer(self.demo.producer)
        self.asked, _ = conversation.write(self.demo, actor=asker, text="When?", key=uuid.uuid4())
        self.waiting = self.propose(self.prepared)
        changes.set_time(self.waiting, user=cast.manager, moment=now() + timedelta(days=1))
        self.waiting.refresh_from_db()
        self.returned = self.propose(self.back)
        said = {key: PASSING[key] for key in ("reason", "welcome")}
        by: dict[str, Any] = {"user": cast.manager, "turn": self.new.turn, "key": uuid.uuid4()}
        self.held = hold(self.new, "reject", details=said, seconds=60, **by)
        send_back(self.returned, because="Too late.", by=None)

    def propose(self, submission: Submission) -> Any:
        said = {key: PASSING[key] for key in ("reason", "welcome")}
        by: dict[str, Any] = {"user": self.cast.reviewer, "turn": submission.turn, "key": uuid.uuid4()}
        return propose(submission, "reject", note="No.", details=said, **by)

    def press(self, who: str, name: str, /, *args: Any, **said: Any) -> Press:
        return Press(self.clients[who], address(name, "harbour", *args), said)

    def presses(self) -> dict[str, Press]:
        return self.of_submission() | self.of_outbox() | self.of_set_up() | self.of_team() | self.of_views()

    def of_submission(self) -> dict[str, Press]:
        cast, demo = self.cast, self.demo
        fresh = {"turn": demo.turn, "key": uuid.uuid4()}
        tag = Tag.objects.create(label=cast.label, name="Dub", hue="teal")
        signed = cast.demo("signed")
        asked = {
            "act": "ask_for",
            "turn": signed.turn,
            "key": uuid.uuid4(),
            "name0": "Lyrics",
            "kind0": "text",
        }
        file = make_recording(make_shelf(label=cast.label))
        asked["own_due0"] = (now() + timedelta(days=9)).date()
        return {
            "deliverables": self.press("manager", "deliverables", signed.reference, **asked),
            "master": self.press(
                "manager", "master", signed.reference, act="match", recording=file.reference
            ),
            "act": self.press("manager", "act", demo.reference, "accept", **fresh, **OFFER),
            "propose": self.press("reviewer", "propose", demo.reference, "accept", **fresh, **OFFER),
            "assign": self.press("reviewer", "assign", demo.reference, assignee=cast.manager.pk),
            "week-assign": self.press("owner", "week-assign", pick=demo.reference, assignee=cast.owner.pk),
            "block": self.press("manager", "block", demo.reference, why="Spam"),
            "listened": self.press(
                "reviewer", "listened", demo.reference, key=uuid.uuid4(), seconds=9, total=90
            ),
            "here": self.press("viewer", "here", demo.reference),
            "memo": self.press("reviewer", "memo", demo.reference, text="Nice.", key=uuid.uuid4()),
            "messages": self.press("reviewer", "messages", demo.reference, text="Soon.", key=uuid.uuid4()),
            "messages-settle": self.press("reviewer", "messages-settle", demo.reference, key=uuid.uuid4()),
            "messages-mute": self.press("viewer", "messages-mute", demo.reference, is_muted="on"),
            "messages-read": self.press("viewer", "messages-read", demo.reference, up_to=self.asked.pk),
            "score": self.press("reviewer", "score", demo.reference, **{"revision": 1, "mark-overall": 4}),
            "tag": self.press("reviewer", "tag", demo.reference, add=tag.pk),
            "bulk-new": self.bulk(),
        }

    def bulk(self) -> Press:
        path = new_url(self.cast, "shortlist", self.demo)
        return Press(self.clients["manager"], path, hidden_fields(self.clients["manager"].get(path)))

    def of_outbox(self) -> dict[str, Press]:
        reference, key = self.prepared.reference, {"key": self.waiting.key}
        pick = f"{reference}.{self.waiting.fingerprint}"
        tomorrow = {"day": (now() + timedelta(days=2)).date().isoformat(), "at": "12:00"}
        words = {
            "turn": self.prepared.turn,
            "key": uuid.uuid4(),
            "fingerprint": self.waiting.fingerprint,
            **PASSING,
        }
        bulk = ordered(self.cast, rows=Submission.objects.filter(pk=self.demo.pk))
        return {
            "proposal-change": self.press("reviewer", "proposal-change", reference, **words),
            "proposal-send": self.press("manager", "proposal-send", reference, **key),
            "proposal-discard": self.press("reviewer", "proposal-discard", reference, **key),
            "proposal-untime": self.press("manager", "proposal-untime", reference, **key),
            "proposal-dismiss": self.press(
                "reviewer", "proposal-dismiss", self.back.reference, key=self.returned.key
            ),
            "outbox-time": self.press("manager", "outbox-time", pick=pick, **tomorrow),
            "outbox-send": self.press("manager", "outbox-send", pick=pick, key=uuid.uuid4()),
            "bulk-cancel": self.press("manager", "bulk-cancel", bulk.code),
            "undo": self.press("manager", "undo", self.new.reference, key=self.held.key),
        }

    def of_set_up(self) -> dict[str, Press]:
        cast, label, intake = self.cast, self.cast.label, standing(self.cast)
        call = make_intake(label, call_name="Summer")
        one, two, old = (make_question(intake, text=f"{n}?", position=n) for n in range(3))
        questions.retire(old)
        question = {"kind": one.kind, "text": "Other?", "stamp": questions.stamp_of(one)}
        stamp = stamp_of(type(intake).objects.get(pk=intake.pk))
        reply = ReplyTemplate.objects.create(label=label, outcome="reject", name="No", text="No.")
        single = OfferTemplate.objects.create(label=label, name="Single", terms=TERMS)
        offer = OFFER | {"name": "EP"}
        stems = DeliverableTemplate.objects.create(label=label, name="Stems", kind="link")
        needed = {"name": "Lyrics", "kind": "text", "days": 14}
        tag = Tag.objects.get(label=label)
        retired = tags.retire(
            tags.create(label, name="Old", hue="sky", actor=cast.manager), actor=cast.manager
        )
        block = blocks.block(label, make_submission(label=label).producer, actor=cast.manager)
        intakes = {
            "intake": self.press(
                "manager", "intake", intake.code, **{**PLAIN, "promise_days": 9, "stamp": stamp}
            ),
            "intake-new": self.press("manager", "intake-new", **ALL_RULES),
            "intake-pause": self.press("manager", "intake-pause", intake.code, stamp=stamp, message="Later."),
            "intake-delete": self.press("manager", "intake-delete", call.code),
            "question": self.press("manager", "question", intake.code, one.pk, **question),
            "question-add": self.press("manager", "question-add", intake.code, kind="short", text="New?"),
            "question-retire": self.press("manager", "question-retire", intake.code, two.pk),
            "question-restore": self.press("manager", "question-restore", intake.code, old.pk),
            "questions-order": self.press(
                "manager", "questions-order", intake.code, was=[one.pk, two.pk], order=[two.pk, one.pk]
            ),
            "questions-preview": self.press("manager", "questions-preview", intake.code, **question),
        }
        return intakes | {
            "criteria": self.press("manager", "criteria", **criteria_said(cast, ("added", "Mix"))),
            "settings": self.press(
                "manager", "settings", hides_scores="on", undo_seconds="0", untouched_days="14"
            ),
            "export": self.press("viewer", "export", columns=["title"], format=ExportFormat.COMMA),
            "keys": self.press("viewer", "keys"),
            "embed": self.press("manager", "embed", sites="good.example"),
            "deliverable-template-create": self.press("manager", "deliverable-template-create", **needed),
            "deliverable-template-edit": self.press(
                "manager",
                "deliverable-template-edit",
                stems.pk,
                **needed | {"name": "Stems, dry"},
                stamp=deliverable_templates.stamp_of(stems),
            ),
            "deliverable-template-retire": self.press("manager", "deliverable-template-retire", stems.pk),
            "deliverable-templates-begin": self.press("manager", "deliverable-templates-begin"),
            "offer-template-create": self.press("manager", "offer-template-create", **offer),
            "offer-template-edit": self.press(
                "manager", "offer-template-edit", single.pk, **offer, stamp=offer_templates.stamp_of(single)
            ),
            "offer-template-retire": self.press("manager", "offer-template-retire", single.pk),
            "template-create": self.press("manager", "template-create", "reject", **TEMPLATE),
            "template-edit": self.press(
                "manager", "template-edit", reply.pk, **TEMPLATE, stamp=reply_templates.stamp_of(reply)
            ),
            "template-retire": self.press("manager", "template-retire", reply.pk),
            "tags": self.press("manager", "tags", name="New", hue="pink"),
            "tag-change": self.press("manager", "tag-change", tag.pk, name="Dub techno", hue="sky"),
            "tag-retire": self.press("manager", "tag-retire", tag.pk),
            "tag-restore": self.press("manager", "tag-restore", retired.pk),
            "unblock": self.press("manager", "unblock", block.pk),
            "proof": self.press("manager", "proof", link="https://example.org"),
            "proof-resend": self.press("manager", "proof-resend"),
        }

    def of_team(self) -> dict[str, Press]:
        cast, viewer = self.cast, Membership.objects.get(user=self.cast.viewer)
        with at(now() - timedelta(hours=1)):
            offer = invite(cast.label, email="guest@example.com", role=Role.REVIEWER, days=7, by=cast.owner)
        boss = make_member(cast.label, Role.OWNER, "boss@example.com")
        give_factor(boss)
        to_factors = Press(confirmed(boss), address("team-factors", "harbour"), {"do": "require"})
        return {
            "team-factors": to_factors,
            "invite": self.press("manager", "invite", email="new@example.com", role=1, days=7),
            "invitation-resend": self.press("owner", "invitation-resend", offer.code),
            "invitation-revoke": self.press("owner", "invitation-revoke", offer.code),
            "member-role": self.press("owner", "member-role", viewer.pk, role=2),
            "member-remove": self.press("owner", "member-remove", viewer.pk),
            "leave": self.press("viewer", "leave"),
            "hand-over": self.press("owner", "hand-over", to=viewer.pk),
        }

    def of_views(self) -> dict[str, Press]:
        cast = self.cast
        own, team = (
            SavedView.objects.create(label=cast.label, owner=cast.reviewer, name=name, is_team=is_team)
            for name, is_team in (("Mine", False), ("Ours", True))
        )
        make_default(view_access_of(cast.manager, "harbour"), team)
        return {
            "views": self.press("reviewer", "views", name="New", q="is:new", is_team="on"),
            "view-rename": self.press("reviewer", "view-rename", team.pk, name="Other"),
            "view-delete": self.press("reviewer", "view-delete", team.pk),
            "view-unshare": self.press("reviewer", "view-unshare", team.pk),
            "view-share": self.press("reviewer", "view-share", own.pk),
            "view-default": self.press("viewer", "view-default", team.pk),
            "view-no-default": self.press("manager", "view-no-default"),
        }


@pytest.fixture(autouse=True)
def shelves(settings: Settings, tmp_path: Path) -> None:
    settings.SHELVES = [tmp_path]


@pytest.fixture
def presses(cast: Cast) -> dict[str, Press]:
    return Desk(cast).presses()


OURS = (
    "accounts",
    "catalog",
    "labels",
    "submissions",
    "notifications",
    "activity",
    "desk",
    "releases",
    "recordings",
    "procrastinate",
)
UNWATCHED = {"desk_presence", "accounts_ratecount"}  # who looks, and how often something was tried


def rows() -> dict[str, Any]:
    """Return a digest of every table of ours, and of the jobs that wait."""
    tables = {model._meta.db_table for model in apps.get_models() if model._meta.app_label in OURS}
    found = {}
    with connection.cursor() as cursor:
        for table in sorted(tables - UNWATCHED):
            cursor.execute(f"SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table} AS t")
            found[table] = cursor.fetchone()
    return found


def outcomes(presses: dict[str, Press]) -> dict[str, tuple[int, bool, str]]:
    """Return what each press is answered, whether it changed anything, and what the page says; nothing stays."""
    found, before = {}, rows()
    for name, press in presses.items():
        with transaction.atomic():
            answer = press.answer()
            found[name] = (answer.status_code, rows() != before, answer.content.decode())
            transaction.set_rollback(True)
    return found


def walk(patterns: list[Any], above: frozenset[str] = frozenset()) -> Iterator[tuple[URLPattern, set[str]]]:
    """Yield every address with the names of what stands in it."""
    for each in patterns:
        names = above | each.pattern.converters.keys()
        if isinstance(each, URLResolver):
            yield from walk(each.url_patterns, names)
        else:
            yield each, set(names)


def takes_posts(pattern: URLPattern, names: set[str], stranger: User) -> bool:
    """Whether a view refuses the method, or else the stranger."""
    request = RequestFactory().post("/")
    request.user = stranger
    try:
        answer = pattern.callback(request, **dict.fromkeys(names, "nowhere"))
    except Http404:
        return True
    assert answer.status_code == 405, pattern.name
    return False


def test_every_address_that_takes_a_post_is_listed(cast: Cast) -> None:
    """A new address fails here until one of the lists above has it."""
    found = {
        str(pattern.name)
        for pattern, names in walk(
            [
                each
                for each in get_resolver().url_patterns
                if getattr(each, "namespace", "") in ("desk", "workspace")
            ]
        )
        if takes_posts(pattern, names, cast.stranger)
    }
    assert found == {*REFUSED, *ANSWERS, *TAKES_BACK, *SILENT, *NEVER}


def test_every_press_works_where_nothing_stands_in_its_way(presses: dict[str, Press]) -> None:
    """Else a refusal below would say nothing."""
    found = outcomes(presses)
    changing = {name for name, (status, changed, _) in found.items() if changed and status in (204, 303)}
    fills_an_empty_list = "deliverable-templates-begin"
    assert changing == {*REFUSED, *ANSWERS, *TAKES_BACK} - {fills_an_empty_list}
    assert {found[name][:2] for name in SILENT} == {(200, False)}
    assert {found[name][:2] for name in NEVER} == {(409, False)}


def suspend_for_money(label: Label) -> Label:
    return suspend(label, reason="Asked for money.")


@pytest.mark.parametrize("stop", [suspend_for_money, close])
def test_stopped_label_is_read_only_but_for_what_is_listed(
    stop: Callable[[Label], Label], presses: dict[str, Press]
) -> None:
    stop(Label.objects.get(slug="harbour"))
    word = "Harbour is suspended" if stop is suspend_for_money else "Harbour is closed"
    found = outcomes(presses)
    wrong = {name: found[name][:2] for name in (*REFUSED, *NEVER) if found[name][:2] != (409, False)}
    assert wrong == {}
    assert [name for name in REFUSED if word not in found[name][2]] == []
    assert [name for name in TAKES_BACK if not found[name][1]] == []
    assert {found[name][:2] for name in SILENT} == {(200, False)}
    answered = {name for name in ANSWERS if found[name][1]}
    assert answered == (set() if stop is suspend_for_money else set(ANSWERS))


def test_suspended_label_answers_409_where_it_would_answer_demos(presses: dict[str, Press]) -> None:
    suspend_for_money(Label.objects.get(slug="harbour"))
    found = outcomes({name: presses[name] for name in ANSWERS})
    statuses = {name: status for name, (status, _, _) in found.items()}
    assert statuses == dict.fromkeys(ANSWERS, 409)


@pytest.mark.parametrize("act", ["tag", "assign", "propose"])
def test_closed_label_orders_in_bulk_what_answers_and_nothing_else(cast: Cast, act: str) -> None:
    demo = cast.demo()
    close(Label.objects.get(slug="harbour"))
    page = client_of(cast.manager).get(new_url(cast, act, demo))
    assert "Harbour is closed" in page.content.decode()
    assert (
        "Harbour is closed" not in client_of(cast.manager).get(new_url(cast, "reject", demo)).content.decode()
    )
