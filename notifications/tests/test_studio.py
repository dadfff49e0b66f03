"""People are told of requests to join, crews and steps: once, only what still holds, in plain words."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from notifications.choices import DeliveryStatus, NoticeKind, Side, Way
from notifications.mail import build
from notifications.models import Delivery, KindChoice, Notice
from notifications.tasks import forget_studio, tell_studio
from studio.choices import Act, Level, Visibility
from studio.forget import REMOVED
from studio.models import Pack, Project, StudioEvent
from studio.tests.builders import a_pack, a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer(artist_name="Mara Lind")


@pytest.fixture
def drummer(db: None) -> User:
    return make_producer(artist_name="Ola Beat")


@pytest.fixture
def project(owner: User) -> Project:
    project = a_project(owner)
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    return project


def tell(event: StudioEvent) -> None:
    tell_studio(event_id=event.pk)


def done(subject: Project | Pack, name: Act, user: User, **details: Any) -> StudioEvent:
    """Do something to a project or pack, and run its job twice."""
    event = act(subject, name, user, **details)
    for _ in range(2):
        tell(event)
    return event


def told() -> list[tuple[str, str, str, str]]:
    """Return whom was told what, of which kind, and where it leads."""
    return [
        (str(each.person.profile.artist_name), each.what, each.kind, each.path)
        for each in Notice.objects.select_related("person__profile").order_by("pk")
        if each.person
    ]


def test_owner_hears_who_asks_and_who_asked_hears_the_answer(
    owner: User, drummer: User, project: Project
) -> None:
    request = done(project, Act.ASK_TO_JOIN, drummer, message="I drum.").details["request"]
    done(project, Act.REFUSE_REQUEST, owner, request=request)
    done(project, Act.REOPEN_REQUEST, owner, request=request)
    done(project, Act.ACCEPT_REQUEST, owner, request=request, level=Level.VIEW)
    page = f"/studio/{project.code}/"
    answers = NoticeKind.CREW_ANSWERS
    assert told() == [
        ("Mara Lind", "asks to join your project", NoticeKind.CREW_REQUESTS, "/studio/requests/"),
        ("Ola Beat", "declined your request to join", answers, "/studio/requests/?show=own"),
        ("Ola Beat", "accepted your request to join", answers, page),
    ]


@pytest.mark.parametrize("kind", ["project", "pack"])
def test_person_hears_that_they_were_added_and_removed(
    owner: User, drummer: User, project: Project, kind: str
) -> None:
    subject = project if kind == "project" else a_pack(owner)
    done(subject, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    done(subject, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)  # another level is no news
    done(subject, Act.REMOVE_CREW, owner, person=drummer.pk)
    assert told() == [
        ("Ola Beat", f"added you to the crew of a {kind}", NoticeKind.CREW, f"/studio/{subject.code}/"),
        ("Ola Beat", "removed you from the crew", NoticeKind.CREW, "/studio/"),
    ]


def test_owner_hears_that_somebody_left(owner: User, drummer: User, project: Project) -> None:
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    done(project, Act.LEAVE, drummer)
    assert told() == [("Mara Lind", "left the crew", NoticeKind.CREW, f"/studio/{project.code}/")]


def test_person_hears_of_steps_assigned_to_them(owner: User, drummer: User, project: Project) -> None:
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    steps = [{"name": "Drums", "assignee": drummer}, {"name": "Fills", "assignee": drummer}, {"name": "Mix"}]
    done(project, Act.ADD_STEPS, owner, steps=steps)
    done(project, Act.CHANGE_STEP, owner, step=3, assignee=drummer)
    done(project, Act.CHANGE_STEP, owner, step=3, note="Louder")
    done(project, Act.CHANGE_STEP, owner, step=3, assignee=owner)  # nobody hears of what they do themselves
    assert [each[:3] for each in told() if each[0] == "Ola Beat"] == [
        ("Ola Beat", "assigned 2 steps to you", NoticeKind.PROJECT_STEPS),
        ("Ola Beat", "assigned “Mix” to you", NoticeKind.PROJECT_STEPS),
    ]
    assert {each.person for each in Delivery.objects.all()} == {drummer}


def test_late_job_tells_nothing_that_is_no_longer_so(owner: User, drummer: User, project: Project) -> None:
    asked = act(project, Act.ASK_TO_JOIN, drummer)
    act(project, Act.WITHDRAW_REQUEST, drummer)
    added = act(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    steps = act(project, Act.ADD_STEPS, owner, steps=[{"name": "Drums", "assignee": drummer}])
    act(project, Act.CHANGE_STEP, owner, step=1, assignee=None)
    act(project, Act.REMOVE_CREW, owner, person=drummer.pk)
    for event in (asked, added, steps):
        tell(event)
    assert told() == []


def test_removed_person_who_is_back_is_not_told(owner: User, drummer: User, project: Project) -> None:
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    removed = act(project, Act.REMOVE_CREW, owner, person=drummer.pk)
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    tell(removed)
    assert told() == []


def test_refused_person_is_not_told_what_a_private_project_is_called_now(
    owner: User, drummer: User, project: Project
) -> None:
    request = act(project, Act.ASK_TO_JOIN, drummer).details["request"]
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PRIVATE)
    act(project, Act.EDIT, owner, title="Secret Tides")
    done(project, Act.REFUSE_REQUEST, owner, request=request)
    assert Notice.objects.get().title == "a project that is private now"
    assert "Secret Tides" not in mailed(drummer)


def test_person_who_left_is_told_of_no_step(owner: User, drummer: User, project: Project) -> None:
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    steps = act(project, Act.ADD_STEPS, owner, steps=[{"name": "Drums", "assignee": drummer}])
    project.crew.all().delete()
    tell(steps)
    assert told() == []


def test_other_acts_tell_nobody(owner: User, project: Project) -> None:
    done(project, Act.EDIT, owner, notes="Louder")
    assert not Notice.objects.exists()


def mailed(person: User) -> str:
    delivery = Delivery.objects.with_subject().select_related("person").get(person=person, channel="email")
    message = build(delivery)
    return f"{message.subject}\n{message.body}"


def test_mail_says_who_did_what_in_plain_words(owner: User, drummer: User, project: Project) -> None:
    done(project, Act.ASK_TO_JOIN, drummer, message="I drum.")
    text = mailed(owner)
    assert text.startswith("Ola Beat asks to join your project: Night Shift\n")
    assert "Ola Beat asks to join your project.\n" in text
    assert "/studio/requests/" in text
    assert "Requests to join" in text  # what the link at the end turns off


def test_nobody_is_named_by_their_address(owner: User, project: Project, client: Client) -> None:
    stranger = User.objects.create_user("secret@example.com", makes_music=True)
    done(project, Act.ASK_TO_JOIN, stranger)
    page = client_of(owner).get("/notifications/").content.decode()
    assert "Somebody" in page
    assert "secret@example.com" not in page + mailed(owner)


def test_kind_that_is_off_sends_nothing(owner: User, drummer: User, project: Project) -> None:
    KindChoice.objects.create(person=owner, side=Side.PRODUCER, kind="crew_requests", way=Way.OFF)
    done(project, Act.ASK_TO_JOIN, drummer)
    assert {each.outcome for each in Delivery.objects.all()} == {DeliveryStatus.OFF}


def test_titles_and_steps_of_somebody_anonymised_are_taken_out_of_notices(
    owner: User, drummer: User, project: Project
) -> None:
    pack, others = a_pack(owner, title="Secret pack"), a_project(drummer, title="Kept")
    done(project, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    done(pack, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    done(project, Act.ADD_STEPS, owner, steps=[{"name": "Secret step", "assignee": drummer}])
    two = [{"name": name, "assignee": drummer} for name in ("Mix", "Master")]
    done(project, Act.ADD_STEPS, owner, steps=two)
    act(others, Act.ADD_CREW, drummer, person=owner, level=Level.EDIT)
    done(others, Act.LEAVE, owner)
    for _ in range(2):
        forget_studio(user_id=owner.pk)
    assert list(Notice.objects.order_by("pk").values_list("title", "what")) == [
        (REMOVED, "added you to the crew of a project"),
        (REMOVED, "added you to the crew of a pack"),
        (REMOVED, "assigned a step to you"),
        (REMOVED, "assigned 2 steps to you"),
        ("Kept", "left the crew"),
    ]


def test_notice_of_a_project_whose_track_was_emptied_has_a_title(
    owner: User, drummer: User, project: Project
) -> None:
    track = make_track(owner)
    act(project, Act.LINK_TRACK, owner, track=track)
    type(track).objects.filter(pk=track.pk).update(title="")
    done(project, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    assert Notice.objects.get().title == "(untitled)"


@pytest.mark.parametrize("is_on", [True, False])
def test_notification_leads_to_the_studio_only_while_it_is_on(
    owner: User, drummer: User, project: Project, settings: Settings, is_on: bool
) -> None:
    done(project, Act.ASK_TO_JOIN, drummer)
    done(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    settings.STUDIO = is_on
    for person, path in ((owner, "/studio/requests/"), (drummer, f"/studio/{project.code}/")):
        page = client_of(person).get("/notifications/").content.decode()
        assert "Night Shift" in page
        assert (f'href="{path}' in page) == is_on
