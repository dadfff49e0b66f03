"""The project page: what each level sees of it, facts, state, links, pack, track; and what is refused."""

from html import unescape
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from studio.choices import Act, Level, State, Visibility
from studio.errors import NotAllowed
from studio.models import Project, ProjectLink, StudioEvent
from studio.tests.builders import a_pack, a_project, act
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner, notes="Brighter hats", artist="Nova")


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def url(project: Project, place: str = "") -> str:
    return f"/studio/{project.code}/{place}"


def text_of(answer: Any) -> str:
    return unescape(" ".join(answer.content.decode().split()))


def send(client: Client, project: Project, place: str, **data: Any) -> Any:
    return client.post(url(project, place), {"key": uuid4(), **data})


def fresh(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def test_owner_sees_facts_steps_links_and_activity(client: Client, project: Project, owner: User) -> None:
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix", "note": "Sidechain"}])
    act(project, Act.ADD_LINK, owner, url="https://example.com/mix", message="Rough mix")
    page = text_of(client.get(url(project)))
    for words in ("Night Shift", "Nova", "Brighter hats", "Planned", "Sidechain", "Rough mix"):
        assert words in page
    assert "<strong>You</strong> added a link" in page
    assert "<strong>You</strong> created the project" in page


def test_stranger_sees_of_a_public_project_only_what_is_public(project: Project, owner: User) -> None:
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix", "note": "Sidechain", "assignee": owner}])
    act(project, Act.ADD_LINK, owner, url="https://example.com/mix", message="Rough mix")
    act(project, Act.EDIT, owner, download_url="https://example.com/download")
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    page = text_of(client_of(make_producer()).get(url(project)))
    assert "Night Shift" in page
    assert "Mix" in page
    for words in ("Brighter hats", "Sidechain", "Rough mix", "example.com", "Activity", "Edit project"):
        assert words not in page


def test_stranger_sees_no_link_of_a_project_that_is_released(project: Project, owner: User) -> None:
    links = {"download_url": "https://example.com/download", "video_url": "https://example.com/video"}
    act(project, Act.EDIT, owner, **links)
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    act(project, Act.SET_STATE, owner, state=State.RELEASED)
    page = text_of(client_of(make_producer()).get(url(project)))
    assert "Released" in page
    assert "example.com" not in page
    assert all(link in text_of(client_of(owner).get(url(project))) for link in links.values())
    assert "even after the release" in text_of(client_of(owner).get(url(project, "edit/")))


def test_viewer_of_the_crew_sees_all_and_changes_nothing(project: Project, owner: User) -> None:
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}])
    viewer = make_producer()
    act(project, Act.ADD_CREW, owner, person=viewer, level=Level.VIEW)
    client = client_of(viewer)
    page = text_of(client.get(url(project)))
    assert "Brighter hats" in page
    assert "gave you view access" in page
    assert "Complete" not in page
    for place in ("state/", "links/", "steps/", "steps/1/act/", "steps/order/", "edit/", "cover/", "place/"):
        answer = send(client, project, place, act="complete_step")
        assert answer.status_code == 403, place
    assert client.get(url(project, "edit/")).status_code == 403


def test_owner_changes_the_facts(client: Client, project: Project) -> None:
    form = client.get(url(project, "edit/")).context["facts_form"]
    data = {
        "title": "Day Shift",
        "artist": "Nova",
        "year": "2027",
        "notes": "",
        "stamp": form["stamp"].initial,
    }
    answer = send(client, project, "edit/", **data)
    assert answer.status_code == 303
    changed = fresh(project)
    assert (changed.title, changed.year, changed.notes) == ("Day Shift", 2027, "")


def test_wrong_facts_are_said_beside_their_fields_and_kept(client: Client, project: Project) -> None:
    answer = send(client, project, "edit/", title="", year="12", album="Tides", download_url="ftp://x")
    assert answer.status_code == 422
    assert set(answer.context["facts_form"].errors) == {"title", "year"}
    assert 'value="Tides"' in text_of(answer)
    answer = send(client, project, "edit/", title="T", download_url="ftp://x")
    assert (answer.status_code, set(answer.context["facts_form"].errors)) == (422, {"download_url"})
    assert fresh(project).title == "Night Shift"


def test_who_saves_an_older_page_is_told_what_was_saved_meanwhile(
    client: Client, project: Project, owner: User
) -> None:
    stamp = client.get(url(project, "edit/")).context["facts_form"]["stamp"].initial
    act(project, Act.EDIT, owner, title="Meanwhile")
    data = {"title": "Day Shift", "artist": "Nova", "notes": "Brighter hats", "stamp": stamp}
    answer = send(client, project, "edit/", **data)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "Title: Meanwhile" in page
    assert "Key:" not in page
    assert 'value="Day Shift"' in page
    assert fresh(project).title == "Meanwhile"
    again = answer.context["facts_form"]["stamp"].value()
    assert send(client, project, "edit/", **{**data, "stamp": again}).status_code == 303
    assert fresh(project).title == "Day Shift"


def test_same_form_sent_twice_is_no_conflict_with_itself(client: Client, project: Project) -> None:
    form = client.get(url(project, "edit/")).context["facts_form"]
    data = {"key": uuid4(), "title": "Day Shift", "stamp": form["stamp"].initial}
    before = StudioEvent.objects.count()
    assert [client.post(url(project, "edit/"), data).status_code for _ in range(2)] == [303, 303]
    assert StudioEvent.objects.count() == before + 1


def test_owner_moves_the_project_to_another_state(client: Client, project: Project) -> None:
    assert send(client, project, "state/", state="finished").status_code == 303
    assert fresh(project).state == State.FINISHED
    answer = send(client, project, "state/", state="finished")
    assert answer.status_code == 409
    assert "It is already “Finished”." in text_of(answer)
    assert send(client, project, "state/", state="lost").status_code == 422


def test_project_that_somebody_moved_meanwhile_is_not_moved(client: Client, project: Project) -> None:
    send(client, project, "state/", state="finished", seen="planned")
    answer = send(client, project, "state/", state="in_progress", seen="planned")
    assert answer.status_code == 409
    assert "Somebody moved it to “Finished” meanwhile." in text_of(answer)
    assert fresh(project).state == State.FINISHED


def test_links_are_added_and_removed(client: Client, project: Project) -> None:
    assert send(client, project, "links/", url="https://example.com/x", message="Stems").status_code == 303
    answer = send(client, project, "links/", url="example", message="Rough mix")
    assert answer.status_code == 422
    assert 'value="Rough mix"' in text_of(answer)
    link = ProjectLink.objects.get()
    assert send(client, project, f"links/{link.pk}/remove/").status_code == 303
    answer = send(client, project, f"links/{link.pk}/remove/")
    assert answer.status_code == 409
    assert "This link has been deleted." in text_of(answer)


def test_project_is_put_in_a_pack_and_taken_out(client: Client, project: Project, owner: User) -> None:
    pack, others = a_pack(owner), a_pack(make_producer(), title="Others")
    page = text_of(client.get(url(project, "edit/")))
    assert "Harbour" in page
    assert "Others" not in page
    assert send(client, project, "place/", pack=others.code).status_code == 422
    assert send(client, project, "place/", pack=pack.code).status_code == 303
    assert fresh(project).pack == pack
    stamp = client.get(url(project, "edit/")).context["facts_form"]["stamp"].initial
    send(client, project, "edit/", title="Night Shift", is_optional="on", stamp=stamp)
    assert fresh(project).is_optional
    assert send(client, project, "take-out/").status_code == 303
    assert fresh(project).pack is None


def test_crew_of_the_project_alone_is_not_told_of_its_pack(project: Project, owner: User) -> None:
    act(project, Act.PLACE, owner, pack=a_pack(owner))
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    client = client_of(editor)
    for place in ("", "edit/"):
        page = text_of(client.get(url(project, place)))
        assert "Harbour" not in page
        assert "Remove from pack" not in page
    assert send(client, project, "take-out/").status_code == 403
    assert "Harbour" in text_of(client_of(owner).get(url(project)))


def test_track_is_linked_and_owns_the_title(client: Client, project: Project, owner: User) -> None:
    track, foreign = make_track(owner, title="Tides"), make_track(make_producer(), title="Ebb")
    assert send(client, project, "track/", track=foreign.code).status_code == 422
    assert send(client, project, "track/", track=track.code).status_code == 303
    form = client.get(url(project, "edit/")).context["facts_form"]
    assert "title" not in form.fields
    assert "Tides" in text_of(client.get(url(project)))
    assert send(client, project, "track/unlink/").status_code == 303
    assert fresh(project).title == "Tides"


def test_visibility_is_changed_by_the_owner_alone(client: Client, project: Project, owner: User) -> None:
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    answer = send(client_of(editor), project, "visibility/", visibility="public")
    assert answer.status_code == 403
    assert "Who can see it" not in text_of(client_of(editor).get(url(project, "edit/")))
    assert send(client, project, "visibility/", visibility="public").status_code == 303
    assert fresh(project).visibility == Visibility.PUBLIC


def test_project_in_the_bin_is_shown_to_its_owner_without_buttons(
    client: Client, project: Project, owner: User
) -> None:
    act(project, Act.DISCARD, owner)
    page = text_of(client.get(url(project)))
    assert "In the bin since" in page
    assert "Edit project" not in page
    assert "Restore" in page
    assert send(client, project, "state/", state="finished").status_code == 409


def test_project_restored_without_its_pack_says_so(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    act(project, Act.DISCARD, owner)
    act(pack, Act.DISCARD, owner)
    assert send(client, project, "restore/").status_code == 303
    page = text_of(client.get(url(project)))
    assert "Its pack is still in the bin, so it is not in a pack now." in page
    assert "restored it from the bin, without its pack, which was in the bin" in page


def queries(client: Client, path: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as seen:
        assert client.get(path).status_code == 200
    return len(seen)


def test_page_costs_as_many_queries_with_five_of_everything(
    client: Client, project: Project, owner: User
) -> None:
    def add(count: int) -> None:
        act(project, Act.ADD_STEPS, owner, steps=[{"name": str(each)} for each in range(count)])
        for number in range(count):
            act(project, Act.ADD_LINK, owner, url=f"https://example.com/{number}")
            act(project, Act.ADD_CREW, owner, person=make_producer(), level=Level.VIEW)

    add(1)
    client.get(url(project))
    assert queries(client, url(project)) == 8
    add(5)
    assert queries(client, url(project)) == 8


def test_editor_puts_nobody_elses_project_into_their_own_pack(project: Project, owner: User) -> None:
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    pack = a_pack(editor)
    client = client_of(editor)
    assert url(project, "place/") not in client.get(url(project, "edit/")).content.decode()
    assert client.post(url(project, "place/"), {"key": uuid4(), "pack": pack.code}).status_code == 403
    with pytest.raises(NotAllowed):
        act(project, Act.PLACE, editor, pack=pack)
    assert Project.objects.get(pk=project.pk).pack is None
