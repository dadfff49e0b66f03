"""Next: each rule with its reason and what helps; a new project, the bin."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.tests.builders import make_label
from studio.choices import Act, Level
from studio.models import Pack, Project, StudioEvent
from studio.next_page.page import items_of
from studio.tests.builders import a_pack, a_project, act
from submissions.tests.builders import make_submission
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
NEW, BIN = "/studio/new/", "/studio/bin/"


def said(user: User) -> list[tuple[str, str, str, str]]:
    """Return each line of Next: project, rule, why, what to press."""
    return [
        (item.project.shown_title, item.rule.name.value, item.reason.why, item.reason.action)
        for item in items_of(user)
    ]


def with_steps(owner: User, title: str, done: int, of: int, **more: Any) -> Project:
    project = a_project(owner, title=title)
    act(
        project,
        Act.ADD_STEPS,
        owner,
        steps=[{"name": f"Step {number}", "weight": 10, **more} for number in range(1, of + 1)],
    )
    for number in range(1, done + 1):
        act(project, Act.COMPLETE_STEP, owner, step=number)
    return project


def test_owner_answers_a_crew_request_first() -> None:
    owner, other = make_producer(), make_producer(artist_name="Ida")
    project = a_project(owner)
    act(project, Act.SET_VISIBILITY, owner, visibility="public")
    act(project, Act.ASK_TO_JOIN, other, message="Hi", parts=["drums", "bass"])
    assert said(owner) == [("Night Shift", "request", "Ida asks to join: drums, bass.", "Answer the request")]
    request = project.requests.get()
    act(project, Act.REFUSE_REQUEST, owner, request=request.pk)
    assert [line[1] for line in said(owner)] == ["lately"]
    assert said(other) == []


def test_producer_replies_to_a_label() -> None:
    owner = make_producer()
    demo = make_submission(
        "changes_requested", track=make_track(owner, title="Glow"), label=make_label("Quay")
    )
    project = a_project(owner)
    act(project, Act.LINK_TRACK, owner, track=demo.track)
    [item] = items_of(owner)
    assert (item.rule.name, item.reason.action, item.reason.url) == (
        "reply",
        "Reply to Quay",
        demo.get_absolute_url(),
    )
    assert item.reason.why.startswith("Quay is waiting for you: ")


def test_crew_does_the_step_that_is_theirs_and_owner_waits() -> None:
    owner, drummer = make_producer(), make_producer(artist_name="Jonas")
    project = a_project(owner)
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Stems"}, {"name": "Drums", "assignee": drummer}])
    assert said(drummer)[0] == ("Night Shift", "my-step", "“Drums” is assigned to you.", "Open the step")
    assert said(owner)[0] == ("Night Shift", "others", "“Drums” is assigned to Jonas.", "Open the step")
    act(project, Act.COMPLETE_STEP, drummer, step=2)
    assert [line[1] for line in said(owner)] == ["lately"]


def test_owner_waits_for_somebody_without_an_account() -> None:
    owner = make_producer()
    with_steps(owner, "Tides", 0, 1, assignee_name="Ida")
    assert said(owner)[0][2] == "“Step 1” is assigned to Ida."


@pytest.mark.parametrize(("done", "rule"), [(7, "lately"), (8, "nearly"), (9, "nearly")])
def test_nearly_done_begins_at_eighty_per_cent(done: int, rule: str) -> None:
    owner = make_producer()
    with_steps(owner, "Tides", done, 10)
    [line] = said(owner)
    assert line[1] == rule
    if rule == "nearly":
        assert line[2] == f"{done}0% done. The next step is “Step {done + 1}”."


def test_owner_finishes_what_has_no_step_left_in_one_press() -> None:
    owner = make_producer()
    project = with_steps(owner, "Tides", 2, 2)
    [item] = items_of(owner)
    assert (item.reason.why, item.reason.action) == ("All steps are done.", "Move to Finished")
    answer = client_of(owner).post("/studio/", {"key": uuid4(), "move": item.reason.move})
    assert answer.status_code == 303
    assert Project.objects.get(pk=project.pk).state == "finished"
    assert said(owner) == []
    again = client_of(owner).post("/studio/", {"key": uuid4(), "move": item.reason.move})
    assert again.status_code == 409
    assert "It is already “Finished”." in again.content.decode()


def test_untouched_for_thirty_days_is_said_with_the_days() -> None:
    owner = make_producer()
    start = now()
    with at(start - timedelta(days=31)):
        a_project(owner, title="Old")
    with at(start - timedelta(days=29)):
        a_project(owner, title="Recent")
    assert said(owner) == [
        ("Old", "untouched", "Nobody has worked on it for 31 days.", "Pick it up again"),
        ("Recent", "lately", "Last worked on 29 days ago.", "Continue"),
    ]


def test_rules_come_in_their_order_and_a_project_once() -> None:
    owner, other = make_producer(), make_producer()
    a_project(owner, title="Lately")
    with_steps(owner, "Nearly", 9, 10, assignee_name="Ida")
    public = a_project(owner, title="Public")
    act(public, Act.SET_VISIBILITY, owner, visibility="public")
    act(public, Act.ASK_TO_JOIN, other)
    binned = a_project(owner, title="Binned")
    act(binned, Act.DISCARD, owner)
    assert [(title, rule) for title, rule, _, _ in said(owner)] == [
        ("Public", "request"),
        ("Nearly", "nearly"),
        ("Lately", "lately"),
    ]


def test_next_costs_at_most_eight_queries_whatever_there_is() -> None:
    owner, other = make_producer(), make_producer()
    client, counts = client_of(owner), []
    for number in range(5):
        demo = make_submission("accepted", track=make_track(owner), label=make_label(f"Label {number}"))
        sent = a_project(owner)
        act(sent, Act.LINK_TRACK, owner, track=demo.track)
        public = a_project(owner, title=f"Public {number}")
        act(public, Act.SET_VISIBILITY, owner, visibility="public")
        act(public, Act.ASK_TO_JOIN, other)
        with_steps(owner, f"Nearly {number}", 9, 10)
        client.get("/studio/")
        with CaptureQueriesContext(connection) as seen:
            assert client.get("/studio/").status_code == 200
        counts.append(len(seen))
    assert (counts[0], counts[-1]) == (8, 8)


def test_home_shows_the_first_five(settings: Any) -> None:
    owner = make_producer()
    for number in range(6):
        a_project(owner, title=f"Idea {number}")
    page = client_of(owner).get("/home/").content.decode()
    assert [f"Idea {number}" in page for number in range(6)] == [False, True, True, True, True, True]
    settings.STUDIO = False
    assert "Idea 5" not in client_of(owner).get("/home/").content.decode()


def test_producer_begins_a_project_with_steps_in_a_pack() -> None:
    owner, key = make_producer(), uuid4()
    pack = a_pack(owner)
    typed = {
        "key": key,
        "title": " Tides ",
        "year": "2026",
        "steps": "track",
        "pack": pack.code,
        "notes": "Dub",
    }
    client = client_of(owner)
    first = client.post(NEW, {**typed, "visibility": "public"})
    project = Project.objects.get()
    assert first["Location"] == client.post(NEW, {**typed, "visibility": "public"})["Location"]
    assert first["Location"] == f"/studio/{project.code}/"
    assert (project.title, project.year, project.pack, project.visibility) == ("Tides", 2026, pack, "public")
    assert [step.name for step in project.steps.all()][:2] == ["Sketch", "Arrangement"]
    assert StudioEvent.objects.filter(project=project).count() == 3


def test_wrong_new_project_keeps_what_was_typed() -> None:
    owner, other = make_producer(), make_producer()
    foreign = a_pack(other, title="Not mine")
    page = client_of(owner).get(f"{NEW}?title=Tides").content.decode()
    assert 'value="Tides"' in page
    assert "Not mine" not in page
    typed = {
        "key": uuid4(),
        "title": "",
        "notes": "Keep me",
        "year": "1",
        "pack": foreign.code,
        "visibility": "private",
    }
    answer = client_of(owner).post(NEW, typed)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"title", "year", "pack"}
    assert "Keep me" in answer.content.decode()
    assert not Project.objects.exists()


def test_owner_discards_and_restores_projects_and_packs() -> None:
    owner = make_producer()
    client, key = client_of(owner), {"key": uuid4()}
    project, pack = a_project(owner), a_pack(owner)
    for it, name in ((project, "Night Shift"), (pack, "Harbour")):
        shows = BIN if it is project else f"{BIN}?show=packs"
        assert client.post(f"/studio/{it.code}/discard/", {"key": uuid4()}).status_code == 303
        assert name in client.get(shows).content.decode()
    assert client.get("/studio/projects/").context["cards"] == []
    assert client.post(f"/studio/{project.code}/discard/", {"key": uuid4()}).status_code == 409
    for _ in range(2):
        assert client.post(f"/studio/{project.code}/restore/", key).status_code == 303
    assert client.post(f"/studio/{pack.code}/restore/", {"key": uuid4()}).status_code == 303
    assert Project.objects.current().count() == Pack.objects.current().count() == 1


def test_pack_with_projects_and_what_is_not_ones_own_stay_out_of_the_bin() -> None:
    owner, editor, stranger = make_producer(), make_producer(), make_producer()
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    answer = client_of(owner).post(f"/studio/{pack.code}/discard/", {"key": uuid4()})
    assert answer.status_code == 409
    assert "Remove its projects from the pack first." in answer.content.decode()
    assert client_of(owner).post(f"/studio/{pack.code}/discard/").status_code == 422
    assert client_of(editor).post(f"/studio/{project.code}/discard/", {"key": uuid4()}).status_code == 403
    assert client_of(stranger).post(f"/studio/{project.code}/discard/", {"key": uuid4()}).status_code == 404
    assert Project.objects.current().exists()
