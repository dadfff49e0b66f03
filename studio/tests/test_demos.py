"""A finished project becomes a demo, and what labels answer comes back to it."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse
from django.utils.html import escape

from accounts.models import User
from catalog.choices import CollaboratorRole
from catalog.models import Collaborator, Track
from catalog.tests.builders import make_producer, make_track
from kit.clock import now
from labels.tests.builders import make_label
from studio.access import project_of
from studio.choices import Act, Level, State
from studio.errors import NotAllowed, NotPossible
from studio.handover.demo_events import write_down
from studio.handover.first_values import equal_shares, people_rows, role_of, track_values
from studio.handover.page import demo_panel
from studio.models import Project, StudioEvent
from studio.tasks import follow_demo
from studio.tests.builders import NO_PEOPLE, a_pack, a_project, act, track_forms
from submissions.models import Event, Submission
from submissions.tests.builders import make_submission
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
PRIVATE = "https://soundcloud.com/mara-lindqvist/night-shift/s-MjcQ5BtcRPp"
OLDER = "https://soundcloud.com/mara-lindqvist/night-shift-rough/s-AbcQ5BtcRPq"
BACKUP = "https://www.dropbox.com/scl/fi/q1w2e3r4t5y6u7i8o9p0a/night-shift.mp3?rlkey=a1b2c3d4e5f6g7h8i9j0k1l2m&dl=0"


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    """A finished project with links."""
    made = a_project(owner, title="Night Shift (Extended Mix)", artist="Mara", download_url=BACKUP)
    for url in ("https://example.com/notes", OLDER, PRIVATE):
        act(made, Act.ADD_LINK, owner, url=url)
    act(made, Act.SET_STATE, owner, state=State.FINISHED)
    return fresh(made)


def fresh(project: Project) -> Project:
    return Project.objects.with_shown().get(pk=project.pk)


def crew(project: Project, name: str, *parts: str, level: Level = Level.EDIT) -> User:
    person = make_producer(artist_name=name)
    act(project, Act.ADD_CREW, project.owner, person=person, level=level, parts=parts)
    return person


def address(project: Project) -> str:
    return reverse("studio:make-demo", args=[project.code])


def test_project_fills_in_title_mix_and_the_newest_links_to_music(project: Project) -> None:
    values = track_values(project, None)
    assert values == {
        "title": "Night Shift",
        "mix": "Extended Mix",
        "audio_url": PRIVATE,
        "backup_url": BACKUP,
    }


def test_track_that_is_there_keeps_what_it_says(project: Project, owner: User) -> None:
    track = make_track(owner, backup_url="")
    assert track_values(project, track) == {"backup_url": BACKUP}


def test_crew_is_offered_with_shares_of_100_percent(project: Project, owner: User) -> None:
    crew(project, "Vera", "Vocals")
    crew(project, "Mia", "Mixing")
    crew(project, "Reader", level=Level.VIEW)
    rows = people_rows(project, owner.profile)
    assert [(row["name"], row["role"], row["split"]) for row in rows] == [
        (owner.profile.artist_name, CollaboratorRole.PRIMARY, Decimal("33.34")),
        ("Vera", CollaboratorRole.VOCALIST, Decimal("33.33")),
        ("Mia", CollaboratorRole.MIXING, Decimal("33.33")),
    ]
    assert [row.get("email", "") for row in rows] == [owner.profile.contact_email, "", ""]


def test_crew_of_the_pack_is_offered_once(owner: User) -> None:
    pack = a_pack(owner)
    project, person = a_project(owner, pack=pack), make_producer(artist_name="Ana")
    for subject in (project, pack):
        act(subject, Act.ADD_CREW, owner, person=person, level=Level.EDIT)
    assert [row["name"] for row in people_rows(fresh(project), owner.profile)][1:] == ["Ana"]


def test_who_works_alone_is_offered_nobody(project: Project, owner: User) -> None:
    assert people_rows(project, owner.profile) == []


@pytest.mark.parametrize("number", [1, 2, 3, 6, 7, 20])
def test_shares_of_any_crew_add_up_to_100(number: int) -> None:
    assert sum(equal_shares(number)) == 100


@pytest.mark.parametrize(
    ("parts", "role"),
    [
        (["lead vocals"], "vocalist"),
        (["Lyrics"], "writer"),
        (["mix", "drums"], "mixing"),
        (["Mastering"], "mastering"),
        (["remix"], "remixer"),
        (["drums"], "producer"),
        ([], "producer"),
    ],
)
def test_parts_tell_the_role(parts: list[str], role: str) -> None:
    assert role_of(parts) == role


def posted(**fields: str) -> dict[str, str]:
    return {"demo-key": str(uuid4()), "demo-track": "", "title": "Night Shift", **NO_PEOPLE, **fields}


def person(row: int, name: str, role: str, split: str) -> dict[str, str]:
    return {
        f"people-{row}-{field}": value for field, value in (("name", name), ("role", role), ("split", split))
    }


def test_owner_makes_a_demo_and_goes_on_to_labels(project: Project, owner: User) -> None:
    crew(project, "Vera", "vocals")
    client = client_of(owner)
    page = client.get(address(project)).content.decode()
    assert 'value="Extended Mix"' in page
    assert PRIVATE in page
    assert 'value="50.00"' in page
    people = {
        "people-TOTAL_FORMS": "2",
        "people-INITIAL_FORMS": "2",
        **person(0, "Mara", "primary", "60"),
        **person(1, "Vera", "vocalist", "40"),
    }
    form = posted(mix="Extended Mix", audio_url=PRIVATE, **people)
    answer = client.post(address(project), form)
    track = Track.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"{reverse('submissions:send')}?track={track.code}"
    made = fresh(project)
    assert (made.track, made.title, made.shown_title) == (track, "", "Night Shift (Extended Mix)")
    assert [person.split for person in Collaborator.objects.all()] == [60, 40]
    assert client.get(answer.headers["Location"]).status_code == 200
    again = client.post(address(project), form)  # the same form once more
    assert again.headers["Location"] == answer.headers["Location"]
    assert Track.objects.count() == 1
    assert StudioEvent.objects.filter(act=Act.MAKE_DEMO).count() == 1


def test_owner_who_gives_wrong_shares_keeps_what_was_typed(project: Project, owner: User) -> None:
    people = {
        "people-TOTAL_FORMS": "1",
        "people-INITIAL_FORMS": "1",
        **person(0, "Vera", "vocalist", "40"),
    }
    answer = client_of(owner).post(address(project), posted(pitch="Typed with care", **people))
    assert answer.status_code == 422
    assert "add up to 40 percent" in answer.content.decode()
    assert "Typed with care" in answer.content.decode()
    assert fresh(project).track is None
    assert not Track.objects.exists()


def test_owner_uses_a_track_of_the_catalogue(project: Project, owner: User) -> None:
    track = make_track(owner, backup_url="")
    client = client_of(owner)
    assert track.code in client.get(address(project)).content.decode()
    page = client.get(address(project), {"track": track.code}).content.decode()
    assert escape(BACKUP) in page
    form = posted(**{"demo-track": track.code}, title=track.title, backup_url=BACKUP)
    assert client.post(address(project), form).status_code == 303
    assert fresh(project).track == Track.objects.get()
    assert Track.objects.get().backup_url == BACKUP


@pytest.mark.parametrize("whose", ["of somebody else", "of another project"])
def test_owner_cannot_use_a_track(project: Project, owner: User, whose: str) -> None:
    track = make_track(make_producer() if whose == "of somebody else" else owner)
    if whose == "of another project":
        act(a_project(owner, title="Other"), Act.LINK_TRACK, owner, track=track)
    client = client_of(owner)
    assert client.get(address(project), {"track": track.code}).status_code == 404
    assert client.post(address(project), posted(**{"demo-track": track.code})).status_code == 404


def test_two_tabs_make_one_demo(project: Project, owner: User) -> None:
    client = client_of(owner)
    assert client.post(address(project), posted()).status_code == 303
    late = client.post(address(project), posted(pitch="Typed in the other tab"))
    assert late.status_code == 409
    assert "linked to it meanwhile" in late.content.decode()
    assert "Typed in the other tab" in late.content.decode()
    assert Track.objects.count() == 1


def test_project_that_is_not_finished_becomes_no_demo(owner: User) -> None:
    project = a_project(owner)
    client = client_of(owner)
    assert client.get(address(project)).status_code == 302
    assert client.post(address(project), posted()).status_code == 409
    assert not Track.objects.exists()
    with pytest.raises(NotPossible, match="not finished"):
        act(project, Act.MAKE_DEMO, owner, forms=track_forms(owner))


def test_crew_may_not_make_it_a_demo(project: Project) -> None:
    editor = client_of(crew(project, "Vera"))
    assert editor.get(address(project)).status_code == 403
    assert editor.post(address(project), posted()).status_code == 403
    assert client_of(make_producer()).get(address(project)).status_code == 404


def demo_of(project: Project, state: str = "submitted", **more: Any) -> Submission:
    """Return a submission of the project's track, a new one that could be sent if it has none."""
    if project.track is None:
        act(project, Act.LINK_TRACK, project.owner, track=make_track(project.owner))
    track = fresh(project).track
    assert track
    return make_submission(state, track=track, **more)


def follow(submission: Submission) -> None:
    """Do what the listener does, twice: jobs may run again."""
    for _ in range(2):
        for event in Event.objects.of(submission):
            follow_demo(event_id=event.pk)


def news(project: Project) -> list[tuple[str, str]]:
    rows = StudioEvent.objects.filter(project=project, act=Act.DEMO_MOVED).order_by("pk")
    return [(row.details["transition"], row.details["demo"]) for row in rows]


def test_answers_of_a_label_come_back_once_each_and_it_is_released(project: Project) -> None:
    submission = demo_of(project, "released")
    *earlier, out = Event.objects.of(submission)
    for event in earlier:
        follow_demo(event_id=event.pk)
    assert news(project) == [("accept", "accepted"), ("sign", "signed"), ("schedule", "scheduled")]
    assert fresh(project).state == State.FINISHED
    follow(submission)
    assert news(project)[3:] == [("release", "released")]
    last = StudioEvent.objects.latest("pk")
    assert (last.actor, last.details["before"], last.details["state"]) == (None, "finished", "released")
    assert (fresh(project).state, fresh(project).released_at) == (State.RELEASED, out.recorded_at)


@pytest.mark.parametrize(
    ("state", "told"),
    [
        ("rejected", []),
        ("withdrawn", []),
        ("in_review", []),
        ("declined", [("accept", "accepted"), ("decline", "declined")]),
        ("countered", [("accept", "accepted")]),
    ],
)
def test_crew_hears_of_offers_and_not_of_passes(
    project: Project, state: str, told: list[tuple[str, str]]
) -> None:
    follow(demo_of(project, state))
    assert news(project) == told


def test_answer_to_a_track_that_no_project_made_changes_nothing(owner: User) -> None:
    submission = make_submission("accepted", track=make_track(owner))
    follow(submission)
    assert not StudioEvent.objects.exists()


def test_answer_reaches_a_project_in_the_bin(project: Project, owner: User) -> None:
    submission = demo_of(project, "released")
    act(project, Act.DISCARD, owner)
    follow(submission)
    assert fresh(project).state == State.RELEASED


def test_nobody_writes_an_answer_by_hand(project: Project, owner: User) -> None:
    event = Event.objects.of(demo_of(project, "accepted")).last()
    with pytest.raises(NotAllowed, match="by hand"):
        act(project, Act.DEMO_MOVED, owner, event=event)
    assert news(project) == []


def test_database_refuses_an_answer_that_no_label_gave(project: Project) -> None:
    event = Event.objects.of(demo_of(project, "accepted")).last()
    assert event
    written = write_down(event)
    assert written
    forged = {**written.details, "transition": "release", "demo": "released"}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO studio_studioevent (project_id, act, at, key, details) VALUES (%s, %s, %s, %s, %s::jsonb)",
            [project.pk, "demo_moved", now(), uuid4(), str(forged).replace("'", '"')],
        )


def test_owner_sees_labels_and_states_furthest_first(project: Project, owner: User) -> None:
    for state in ("rejected", "accepted", "submitted"):
        demo_of(fresh(project), state, label=make_label(f"Label {state}"))
    panel = demo_panel(project_of(owner, project.code))
    assert [each.state for each in panel.sent] == ["accepted", "submitted", "rejected"]
    assert (panel.can_send, panel.can_make, panel.sentence) == (True, False, "")


def test_crew_sees_how_far_the_demo_is_and_no_label(project: Project) -> None:
    viewer = crew(project, "Vera", level=Level.VIEW)
    assert not demo_panel(project_of(viewer, project.code)).is_shown
    demo_of(project, "rejected", label=make_label("Harbour"))
    assert demo_panel(project_of(viewer, project.code)).sentence == "It was sent to labels as a demo."
    demo_of(fresh(project), "signed", label=make_label("Quay"))
    panel = demo_panel(project_of(viewer, project.code))
    assert (panel.sentence, panel.sent) == ("It is signed to a label.", [])


def test_stranger_sees_nothing_of_the_demo(project: Project, owner: User) -> None:
    act(project, Act.SET_VISIBILITY, owner, visibility="public")
    demo_of(project, "released")
    assert not demo_panel(project_of(make_producer(), project.code)).is_shown
