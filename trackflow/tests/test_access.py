"""The access matrix: every address of the URLconf, asked and posted to by everybody.

A new address fails `test_every_address_is_listed` until `access_table.py` says who may do what there.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from http.cookies import SimpleCookie
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pytest_django import Settings

from accounts.models import User
from activity.choices import BulkAct
from catalog.tests.builders import make_producer, make_track
from desk.bulk.orders import order
from desk.models import SavedView, Tag
from kit.clock import at, now
from labels import blocks
from labels.choices import Role
from labels.models import DeliverableTemplate, Label, Membership, OfferTemplate, ReplyTemplate
from labels.team.invitations import invite, token_of
from labels.tests.builders import make_label, make_member, make_question, make_user
from notifications.unsubscribe import links as stop_links
from privacy.tests.builders import ready_export
from recordings.models import Shelf, Work
from recordings.tests.builders import make_recording, make_shelf
from recordings.tracklists.line import Line
from recordings.tracklists.service import save_tracklist
from releases.models import Series, StepTemplate
from releases.tests.builders import make_release
from studio.choices import Act, Level, Visibility
from studio.models import Pack, Project
from studio.tests.builders import a_pack, a_project, own_template
from studio.tests.builders import act as studio_act
from submissions.models import CoProducer, LabelList, SavedNote, Submission
from submissions.splits import links as share_links
from submissions.tests.builders import act, make_draft, make_submission, waiting_share
from trackflow.testing.clients import client_of
from trackflow.testing.sound import is_sound
from trackflow.tests.access_table import ADDRESSES, ALLAUTH, DELETABLE, KEYS, OPEN_ADMIN, PLAIN_ADMIN, ROLES

pytestmark = pytest.mark.django_db


def walk(patterns: list[Any], prefix: str = "") -> Iterator[str]:
    """Yield the full name of every address."""
    for each in patterns:
        if isinstance(each, URLResolver):
            space = f"{prefix}{each.namespace}:" if each.namespace else prefix
            yield from walk(each.url_patterns, space)
        elif isinstance(each, URLPattern):
            yield f"{prefix}{each.name or each.pattern}"


def names() -> list[str]:
    return sorted(set(walk(get_resolver().url_patterns)) - {"styleguide"})


def test_every_address_is_listed() -> None:
    known = set(ADDRESSES) | set(ALLAUTH)
    assert [name for name in names() if name not in known and not name.startswith("admin:")] == []
    assert known - set(names()) == set()


@dataclass
class Visitors:
    """Signed-in clients of every role, and the rows they try to reach."""

    people: dict[str, User | None]
    clients: dict[str, Client]
    places: dict[str, dict[str, Any]]

    def path(self, name: str, role: str) -> str:
        """Return the address as this role would type it; who is both asks for what is their own."""
        places = self.places["own" if role == "both" else "sent"]
        return reverse(name, kwargs={key: places[place] for key, place in ADDRESSES[name].places.items()})


@pytest.fixture(scope="module")
def everybody(module_db: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Visitors, datetime, Path]:
    """All roles with all rows, the moment at which they were made, and the shelf that there is."""
    moment, shelf = now(), tmp_path_factory.mktemp("shelf")
    with at(moment), pytest.MonkeyPatch.context() as patch:
        patch.setattr(settings, "SHELVES", [shelf])
        patch.setattr(settings, "LINK_CHECKS", False)
        return make_visitors(), moment, shelf


@pytest.fixture
def visitors(everybody: tuple[Visitors, datetime, Path], settings: Settings) -> Iterator[Visitors]:
    """All roles, at a pinned time: an invitation stays just sent on a slow machine. There is a shelf."""
    found, moment, shelf = everybody
    settings.SHELVES = [shelf]
    with at(moment):
        yield found


def make_visitors() -> Visitors:
    label = make_label()
    other = make_label(name="Quay")
    producer = make_producer()
    both = make_producer(email="both@example.com")
    Membership.objects.create(label=label, user=both, role=Role.REVIEWER)
    admin = make_user("admin@example.com", is_staff=True, is_superuser=True, makes_music=True)
    people = {
        "anonymous": None,
        "producer": producer,
        "other producer": make_producer(email="other@example.com"),
        **{role.label: make_member(label, role) for role in Role},
        "other owner": make_member(other, Role.OWNER),
        "both": both,
        "admin": admin,
    }
    manager = people["manager"]
    assert manager
    sent = make_submission("in_review", track=make_track(producer), label=label, manager=manager)
    own = make_submission("in_review", track=make_track(both), label=label, manager=manager)
    kept = {"sent": sent, "own": own}
    reply = ReplyTemplate.objects.create(label=label, outcome="reject", name="No", text="No.")
    view = SavedView.objects.create(label=label, owner=manager, name="Hot", is_team=True)
    numbers: dict[str, Any] = {
        "view": view.pk,
        "reply": reply.pk,
        "offer_template": OfferTemplate.objects.create(
            label=label, name="Single", terms={"deal": "licence"}
        ).pk,
        "line": DeliverableTemplate.objects.create(label=label, name="Stems").pk,
        "block": blocks.block(label, make_producer(), actor=manager).pk,
        "tag": Tag.objects.create(label=label, name="Dub", hue="teal").pk,
        "intake": label.intakes.get().code,
        "question": make_question(label.intakes.get()).pk,
        "member": label.memberships.get(role=Role.VIEWER).pk,
    }
    numbers |= release_places(label, manager, producer) | {"data_export": ready_export(producer).code}
    recording = make_recording(make_shelf(label=label))
    save_tracklist(recording, "manual", [Line("Nova", "Glue", 0)])
    numbers |= {"recording": recording.reference, "fact": "title", "work": Work.objects.get().reference}
    owner = people["owner"]
    assert owner
    offer = invite(label, email="guest@example.com", role=Role.REVIEWER, days=7, by=owner)
    invited = {"invitation": offer.code, "token": token_of(offer)}
    return Visitors(
        people,
        {role: client_of(user) for role, user in people.items()},
        {key: places(each) | numbers | invited | {"bulk": bulk_of(each)} for key, each in kept.items()},
    )


def release_places(label: Label, manager: User, producer: User) -> dict[str, Any]:
    """Return a scheduled release with a demo of the producer, a step of it, a series and a step template."""
    release = make_release("scheduled", label=label, manager=manager, owner=producer)
    template = StepTemplate.objects.create(label=label, name="Ours")
    return {
        "release": release.reference,
        "release_transition": "cancel",
        "step": 1,
        "series": Series.objects.create(label=label, name="Waves").code,
        "step_template": template.pk,
    }


def bulk_of(submission: Submission) -> str:
    """Return the code of a bulk action that the manager ordered for this one alone."""
    label = submission.label
    manager = label.memberships.get(role=Role.MANAGER).user
    rows = Submission.objects.filter(pk=submission.pk)
    return order(BulkAct.SHORTLIST, rows, label=label, user=manager, key=uuid4()).code


def places(submission: Submission) -> dict[str, Any]:
    draft = make_draft(track=make_track(submission.producer), label=submission.label)
    own = {"producer": submission.producer, "name": "Friends"}
    return {
        "label_list": LabelList.objects.create(**own).code,
        "saved_note": SavedNote.objects.create(**own, text="Hello").code,
        "slug": submission.label.slug,
        "reference": submission.reference,
        "draft": draft.reference,
        "code": submission.track.code,
        "transition": "accept",
        "outcome": "reject",
        "picture": "PI-0000-0000",
        "provider": "postmark",
        "host": "files.example.com",
        "token": "wrong",
        "position": 1,
        "share": share_token(submission),
        "stop": stop_links.path_to_stop(submission.producer_id, None, None).split("/")[2],
        "co_producer": co_producer_of(submission),
        **studio_places(submission.producer),
    }


def studio_places(producer: User) -> dict[str, Any]:
    """Return a private series of the producer with a line of its tracklist, and a project in it with a step."""
    pack = a_pack(producer, kind="series")
    project = a_project(producer, pack=pack)
    studio_act(project, Act.ADD_STEPS, producer, steps=[{"name": "Mix"}])
    studio_act(pack, Act.ADD_ENTRIES, producer, entries=[("Nova", "Tides")])
    link = studio_act(project, Act.ADD_LINK, producer, url="https://example.com/mix").details["link"]
    return {
        "project": project.code,
        "pack": pack.code,
        "project_step": 1,
        "entry": 1,
        "project_link": link,
        "own_template": own_template(producer).pk,
        **crew_places(producer, project, pack),
    }


def crew_places(producer: User, project: Project, pack: Pack) -> dict[str, Any]:
    """Return somebody in the crew of each, and a request to join the project that waits."""
    for subject in (project, pack):
        studio_act(subject, Act.ADD_CREW, producer, person=make_producer(), level=Level.VIEW)
    studio_act(project, Act.SET_VISIBILITY, producer, visibility=Visibility.PUBLIC)
    asked = studio_act(project, Act.ASK_TO_JOIN, make_producer()).details["request"]
    studio_act(project, Act.SET_VISIBILITY, producer, visibility=Visibility.PRIVATE)
    members = {"project_member": project.crew.get().pk, "pack_member": pack.crew.get().pk}
    return members | {"crew_request": asked}


def co_producer_of(submission: Submission) -> int:
    """Return the number of somebody who was invited to follow it."""
    person = {"name": "Jo", "email": "jo@example.com", "role": "vocalist"}
    return CoProducer.objects.create(submission=submission, number=1, **person).number


def share_token(submission: Submission) -> str:
    """Return the token of a share in another submission of this producer, which is signed."""
    manager = submission.label.memberships.get(role=Role.MANAGER).user
    signed = make_submission("signed", producer=submission.producer, label=submission.label, manager=manager)
    act(signed, "set_splits")
    share = waiting_share(signed)
    assert share
    return share_links.token_of(share)


def said(response: HttpResponse) -> str:
    """Return an answer's letter."""
    if response.status_code in (301, 302, 303):
        return "L" if response.headers["Location"].startswith(reverse(settings.LOGIN_URL)) else "3"
    return {200: "2", 400: "B", 403: "F", 404: "N", 405: "M", 409: "C", 422: "U"}[response.status_code]


def asked(client: Client, method: str, path: str) -> str:
    """Return the letter of the answer, which is no sound; the request's changes are rolled back, the session too."""
    signed_in = {name: cookie.value for name, cookie in client.cookies.items()}
    with transaction.atomic():
        response = getattr(client, method)(path)
        assert not is_sound(response), path
        answer = said(response)
        transaction.set_rollback(True)
    client.cookies = SimpleCookie(signed_in)
    return answer


@pytest.mark.parametrize("method", ["get", "post"])
def test_everybody_is_answered_as_the_table_says(visitors: Visitors, method: str) -> None:
    found = {
        name: "".join(asked(visitors.clients[role], method, visitors.path(name, role)) for role in ROLES)
        for name in ADDRESSES
    }
    assert found == {name: getattr(address, method) for name, address in ADDRESSES.items()}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    ("app", "setting", "off"), [("recordings", "SHELVES", []), ("studio", "STUDIO", False)]
)
def test_no_page_of_an_app_is_there_while_its_setting_is_off(
    visitors: Visitors, settings: Settings, method: str, app: str, setting: str, off: object
) -> None:
    setattr(settings, setting, off)
    under = [name for name in ADDRESSES if visitors.path(name, "owner").startswith(f"/{app}/")]
    assert [name for name in ADDRESSES if name.startswith(f"{app}:")] == under != []
    found = {
        name: "".join(asked(visitors.clients[role], method, visitors.path(name, role)) for role in ROLES)
        for name in under
    }
    assert found == dict.fromkeys(under, "N" * len(ROLES))


def test_accounts_pages_are_open_or_closed_as_listed(visitors: Visitors) -> None:
    who = (visitors.clients["anonymous"], visitors.clients["producer"])
    paths = {name: reverse(name, kwargs=KEYS.get(name)) for name in ALLAUTH}
    found = {name: "".join(asked(client, "get", path) for client in who) for name, path in paths.items()}
    assert found == ALLAUTH


def test_office_is_for_staff_alone(visitors: Visitors) -> None:
    for name in names():
        if not name.startswith("admin:") or name in OPEN_ADMIN or "<" in name or "(?P" in name:
            continue
        plain = name.endswith(("changelist", "_add")) or name in PLAIN_ADMIN
        path = reverse(name, kwargs=None if plain else admin_keys(name))
        assert asked(visitors.clients["anonymous"], "get", path) in ("L", "3"), name
        for role in ("producer", "owner", "both"):
            assert asked(visitors.clients[role], "get", path) in ("3", "F"), (name, role)
        assert asked(visitors.clients["admin"], "get", path) in ("2", "3", "F", "N", "B"), name


def admin_keys(name: str) -> dict[str, Any]:
    if name == "admin:app_list":
        return {"app_label": "labels"}
    if name == "admin:view_on_site":
        return {"content_type_id": 1, "object_id": 1}
    if name.endswith("_act"):
        return {"pk": 1, "transition": "shortlist"}
    if name.endswith("_step"):
        return {"pk": 1, "step": "verify"}
    return {"pk": 1} if name.endswith(("_redact", "_ask_back")) else {"object_id": "1"}


def test_nothing_that_history_hangs_on_is_deleted_in_the_office(visitors: Visitors) -> None:
    deletions = {n for n in names() if n.startswith("admin:") and n.endswith("_delete")} - DELETABLE
    answers = {
        name: asked(visitors.clients["admin"], "post", reverse(name, kwargs={"object_id": "1"}))
        for name in deletions
    }
    assert set(answers.values()) <= {"F", "3"}, answers


def test_shelf_with_recordings_is_not_deleted_in_the_office(visitors: Visitors) -> None:
    shelf = Shelf.objects.get()
    path = reverse("admin:recordings_shelf_delete", kwargs={"object_id": shelf.pk})
    response = client_of(visitors.people["admin"]).post(path, {"post": "yes"})
    assert response.status_code in (200, 403)
    assert list(Shelf.objects.all()) == [shelf]
