"""Packs: the list, the facts, and the projects of one in order."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, Visibility
from studio.models import Pack, Project
from studio.tests.builders import a_pack, a_project, a_reference_list, act
from studio.tests.test_covers import a_picture

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true", "HX-Target": "pack-projects"}
FACTS = {"title": "Harbour", "kind": "ep", "priority": "2"}


@pytest.fixture
def owner(client: Client) -> User:
    owner = make_producer()
    client.force_login(owner)
    return owner


def at(name: str, pack: Pack, *more: Any) -> str:
    return reverse(f"studio:{name}", args=[pack.code, *more])


def key(**data: Any) -> dict[str, Any]:
    return {"key": str(uuid4()), **data}


def titles(pack: Pack) -> list[str]:
    return [each.title for each in pack.projects.order_by("position")]


def test_producer_begins_a_pack(client: Client, owner: User) -> None:
    sent = key(**FACTS, description="Six songs", download_url="https://example.com/harbour")
    response = client.post("/studio/packs/new/", sent)
    pack = Pack.objects.get()
    assert (response.status_code, response["Location"]) == (303, at("pack", pack))
    assert (pack.owner, pack.kind, pack.priority, pack.description) == (owner, "ep", 2, "Six songs")
    assert client.post("/studio/packs/new/", sent)["Location"] == at("pack", pack)
    assert Pack.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"kind": "box"}, "kind"),
        ({"priority": "9"}, "priority"),
        ({"video_url": "javascript:alert(1)"}, "video_url"),
        ({"series_number": "0"}, "series_number"),
    ],
    ids=["title", "kind", "priority", "link", "number"],
)
def test_wrong_pack_is_shown_again_with_what_was_typed(
    client: Client, owner: User, wrong: dict[str, str], field: str
) -> None:
    response = client.post("/studio/packs/new/", key(**{**FACTS, "notes": "Typed once", **wrong}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Typed once" in response.content.decode()
    assert not Pack.objects.exists()


def test_producer_edits_a_pack(client: Client, owner: User) -> None:
    pack = a_pack(owner, kind="series", series_number=4)
    page = client.get(at("pack-edit", pack)).context["form"]
    sent = key(stamp=page["stamp"].initial, **FACTS)
    assert client.post(at("pack-edit", pack), sent).status_code == 303
    assert client.post(at("pack-edit", pack), sent).status_code == 303  # the same form again
    pack = Pack.objects.get()
    assert (pack.kind, pack.series_number, pack.priority) == ("ep", None, 2)


def test_whoever_saves_an_older_page_is_told(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    stamp = client.get(at("pack-edit", pack)).context["form"]["stamp"].initial
    act(pack, Act.EDIT, owner, title="Quay")
    sent = key(stamp=stamp, **FACTS)
    response = client.post(at("pack-edit", pack), sent)
    assert response.status_code == 409
    assert "Title: Quay" in response.content.decode()
    assert "Key:" not in response.content.decode()
    again = response.context["form"]["stamp"].value()
    assert client.post(at("pack-edit", pack), key(stamp=again, **FACTS)).status_code == 303
    assert Pack.objects.get().title == "Harbour"


def test_producer_chooses_a_cover(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    assert client.post(at("pack-cover", pack), key(picture=a_picture())).status_code == 303
    assert Pack.objects.get().cover
    wrong = key(picture=SimpleUploadedFile("x.png", b"no picture"))
    response = client.post(at("pack-cover", pack), wrong)
    assert response.status_code == 422
    assert "picture" in response.context["cover_form"].errors
    assert client.post(at("pack-cover", pack), key(drops_picture="on")).status_code == 303
    assert Pack.objects.get().cover is None


def test_list_says_how_far_each_pack_is(client: Client, owner: User) -> None:
    series = a_pack(owner, kind="series", title="Series", series_number=2)
    act(series, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides"), ("Nova", "Ebb")])
    act(series, Act.MARK_ENTRY, owner, entry=1, mark="exists")
    needed, spare = (a_project(owner, pack=series, title=title) for title in ("A", "B"))
    act(needed, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}, {"name": "Master"}])
    act(needed, Act.COMPLETE_STEP, owner, step=1)
    act(spare, Act.EDIT, owner, is_optional=True)
    act(spare, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}])
    a_pack(make_producer(), title="Of somebody else")
    rows = client.get("/studio/packs/").context["rows"]
    assert [(row.pack, row.projects, row.progress.percent) for row in rows] == [(series, 2, 50)]
    assert (rows[0].lines, rows[0].open_lines) == (2, 1)
    assert client.get(at("pack", series)).context["progress"].percent == 50


def test_list_holds_packs_of_others_in_whose_crew_one_is(client: Client, owner: User) -> None:
    other = make_producer()
    theirs = a_pack(other, title="Theirs")
    act(theirs, Act.ADD_CREW, other, person=owner, level=Level.VIEW)
    binned = a_pack(owner, title="Binned")
    act(binned, Act.DISCARD, owner)
    assert [row.pack for row in client.get("/studio/packs/").context["rows"]] == [theirs]


def test_list_and_page_ask_as_little_for_five_as_for_one(
    client: Client, owner: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pack = a_pack(owner)
    a_project(owner, pack=pack)
    a_project(owner, title="In no pack")
    client.get("/studio/packs/")
    with django_assert_num_queries(6):
        client.get("/studio/packs/")
    with django_assert_num_queries(7):
        client.get(at("pack", pack))
    for each in range(4):
        a_project(owner, pack=a_pack(owner), title=str(each))
        a_project(owner, pack=pack, title=str(each))
    with django_assert_num_queries(6):
        assert len(client.get("/studio/packs/").context["rows"]) == 5
    with django_assert_num_queries(7):
        assert len(client.get(at("pack", pack)).context["lines"]) == 5


def test_producer_adds_a_new_project_and_is_warned(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    a_reference_list(("Nova", "Tides"))
    response = client.post(at("pack-project-new", pack), key(title="Tides", artist="Nova"), follow=True)
    assert titles(pack) == ["Tides"]
    assert "is already in Official songs" in response.content.decode()
    response = client.post(at("pack-project-new", pack), key(title="", artist="Nova"))
    assert response.status_code == 422
    assert "Nova" in response.content.decode()


def test_producer_puts_an_own_project_into_the_pack(client: Client, owner: User) -> None:
    pack, project, foreign = a_pack(owner), a_project(owner, title="A"), a_project(make_producer())
    assert client.post(at("pack-place", pack), key(project=project.code)).status_code == 303
    assert titles(pack) == ["A"]
    for code in (project.code, foreign.code, ""):
        assert client.post(at("pack-place", pack), key(project=code)).status_code == 422
    assert titles(pack) == ["A"]


def test_projects_are_put_in_order(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    a, b, c = (a_project(owner, pack=pack, title=title).code for title in "ABC")
    binned = a_project(owner, pack=pack, title="D")
    act(binned, Act.DISCARD, owner)
    page = client.post(at("pack-order", pack), key(order=[c, a, b]), headers=HTMX)
    assert page.status_code == 200
    assert "<html" not in page.content.decode()
    assert titles(pack)[:3] == ["C", "A", "B"]
    assert client.post(at("pack-order", pack), key(order=[c, a, b], up=b)).status_code == 303
    assert titles(pack)[:3] == ["C", "B", "A"]
    assert client.post(at("pack-order", pack), key(order=[c, b, a], down=c)).status_code == 303
    assert titles(pack)[:3] == ["B", "C", "A"]


def test_order_of_a_list_that_changed_meanwhile_is_refused(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    codes = [a_project(owner, pack=pack, title=title).code for title in "AB"]
    a_project(owner, pack=pack, title="C")
    response = client.post(at("pack-order", pack), key(order=codes[::-1]))
    assert response.status_code == 409
    assert "projects in this pack have changed" in response.content.decode()
    assert titles(pack) == ["A", "B", "C"]


def test_order_by_hand_changes_nothing_but_the_key(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    a, b = (a_project(owner, pack=pack, title=title).code for title in "AB")
    dragged = {**HTMX, "HX-Target": "order-base"}
    page = client.post(at("pack-order", pack), key(order=[b, a]), headers=dragged)
    assert "The order is saved." in page.content.decode()
    assert "pack-line" not in page.content.decode()
    assert titles(pack) == ["B", "A"]
    refused = client.post(at("pack-order", pack), key(order=[b]), headers=dragged)
    assert (refused.status_code, refused["HX-Retarget"]) == (409, "#pack-projects")
    assert "projects in this pack have changed" in refused.content.decode()
    assert "pack-line" in refused.content.decode()


def test_project_becomes_optional_and_leaves(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    client.post(at("pack-optional", pack, project.code), key(is_optional="on"))
    assert Project.objects.get().is_optional
    assert "1 optional" in client.get(at("pack", pack)).content.decode()
    client.post(at("pack-optional", pack, project.code), key())
    assert not Project.objects.get().is_optional
    assert client.post(at("pack-take-out", pack, project.code), key()).status_code == 303
    assert Project.objects.get().pack is None
    assert client.post(at("pack-take-out", pack, project.code), key()).status_code == 404


def test_stranger_sees_of_a_public_pack_what_is_public(client: Client, owner: User) -> None:
    pack = a_pack(owner, notes="For the crew alone", description="For everybody")
    shown, hidden = (a_project(owner, pack=pack, title=title) for title in ("Shown", "Hidden"))
    act(shown, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    stranger = make_producer()
    client.force_login(stranger)
    assert client.get(at("pack", pack)).status_code == 404
    act(pack, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    page = client.get(at("pack", pack)).content.decode()
    assert ("Shown" in page, "Hidden" in page) == (True, False)
    assert ("For everybody" in page, "For the crew alone" in page) == (True, False)
    for name in ("pack-edit", "entry"):
        more = [1] if name == "entry" else []
        assert client.get(at(name, pack, *more)).status_code == (404 if name == "entry" else 403)
    for name in ("pack-order", "pack-place", "pack-project-new", "pack-cover"):
        assert client.post(at(name, pack), key()).status_code == 403, name
    assert client.post(at("pack-take-out", pack, shown.code), key()).status_code == 403
    assert client.post(at("pack-take-out", pack, hidden.code), key()).status_code == 404


def test_links_of_a_public_pack_are_the_crews(client: Client, owner: User) -> None:
    links = {"download_url": "https://example.com/download", "video_url": "https://example.com/video"}
    pack = a_pack(owner, description="For everybody", **links)
    act(pack, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    assert all(link in client.get(at("pack", pack)).content.decode() for link in links.values())
    assert client.get(at("pack-edit", pack)).content.decode().count("Only you and the crew can see it.") == 2
    client.force_login(make_producer())
    page = client.get(at("pack", pack)).content.decode()
    assert ("For everybody" in page, "example.com" in page) == (True, False)


def test_crew_who_may_view_changes_nothing(client: Client, owner: User) -> None:
    pack, viewer = a_pack(owner, notes="Louder"), make_producer()
    a_project(owner, pack=pack)
    act(pack, Act.ADD_CREW, owner, person=viewer, level=Level.VIEW)
    client.force_login(viewer)
    page = client.get(at("pack", pack)).content.decode()
    assert "Louder" in page
    assert "Add a project" not in page
    assert client.post(at("pack-order", pack), key()).status_code == 403
