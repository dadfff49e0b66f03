"""Tagging in the pane, and the page where managers look after tags."""

from typing import Any

import pytest
from django.urls import reverse

from desk.models import Tag
from desk.tags import service as tags
from labels.choices import Status
from labels.models import Label
from submissions.models import Submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

SWAP = {"HX-Request": "true", "HX-Target": "tags"}


def make_tag(cast: Cast, name: str = "Vocal") -> Tag:
    return tags.create(cast.label, name=name, hue="teal", actor=cast.manager)


def tag(cast: Cast, demo: Submission, role: str = "reviewer", **said: Any) -> Any:
    return client_of(getattr(cast, role)).post(url("tag", demo), said)


def manage(cast: Cast, role: str, name: str = "tags", *args: Any, **said: Any) -> Any:
    return client_of(getattr(cast, role)).post(reverse(f"desk:{name}", args=["harbour", *args]), said)


def on(demo: Submission) -> list[int]:
    return Submission.objects.get(pk=demo.pk).team_tags


def test_reviewer_presses_a_tag_on_and_off(cast: Cast) -> None:
    demo, vocal = cast.demo(), make_tag(cast)
    assert tag(cast, demo, add=vocal.pk).status_code == 303
    assert on(demo) == [vocal.pk]
    page = client_of(cast.reviewer).get(url("submission", demo), headers=SWAP).content.decode()
    assert 'id="tags"' in page
    assert "tagged it “Vocal”" in page
    assert "<html" not in page
    assert tag(cast, demo, remove=vocal.pk).status_code == 303
    assert on(demo) == []


def test_reviewer_types_a_name_known_or_new(cast: Cast) -> None:
    demo, vocal = cast.demo(), make_tag(cast)
    assert tag(cast, demo, name="vocal", hue="pink").status_code == 303
    assert tag(cast, demo, name=" For  Friday ", hue="pink").status_code == 303
    assert list(Tag.objects.of(cast.label).values_list("name", "hue")) == [
        ("For Friday", "pink"),
        ("Vocal", "teal"),
    ]
    assert on(demo)[0] == vocal.pk


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"name": 'a "quoted" one', "hue": "pink"}, "no quotation marks"),
        ({"name": "x" * 31, "hue": "pink"}, "30 characters"),
        ({"name": "fine", "hue": "beige"}, "valid choice"),
        ({}, "required"),
    ],
)
def test_wrong_tag_is_said_beside_what_was_typed(cast: Cast, said: dict[str, str], words: str) -> None:
    demo = cast.demo()
    answer = tag(cast, demo, **said)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Tag.objects.exists()


@pytest.mark.parametrize(
    ("role", "status"), [("viewer", 403), ("insider", 303), ("rival", 404), ("producer", 404)]
)
def test_who_may_tag(cast: Cast, role: str, status: int) -> None:
    assert tag(cast, cast.demo(), role, add=make_tag(cast).pk).status_code == status


def test_what_cannot_be_tagged_now_is_said_on_the_page(cast: Cast) -> None:
    demo, vocal = cast.demo(), make_tag(cast)
    tags.retire(vocal, actor=cast.manager)
    for said, words in (
        ({"add": vocal.pk}, "is retired"),
        ({"add": 0}, "no such tag"),
        ({"add": "x"}, "no such tag"),
    ):
        answer = tag(cast, demo, **said)
        assert answer.status_code == 409
        assert words in answer.content.decode()
    Label.objects.update(status=Status.SUSPENDED)
    answer = tag(cast, demo, name="New", hue="pink")
    assert answer.status_code == 409
    assert on(demo) == []


def test_viewer_reads_tags_and_sees_no_form(cast: Cast) -> None:
    demo = cast.demo()
    tags.add(demo, make_tag(cast), actor=cast.reviewer)
    page = client_of(cast.viewer).get(url("submission", demo)).content.decode()
    assert '<span class="tag hue-teal">Vocal</span>' in page
    assert 'name="remove"' not in page


def test_row_names_all_tags_in_their_colours(cast: Cast) -> None:
    demo = cast.demo()
    for name in "abcde":
        tags.add(demo, make_tag(cast, name), actor=cast.reviewer)
    page = client_of(cast.viewer).get(reverse("desk:queue", args=["harbour"])).content.decode()
    named = "".join(f'<span class="tag hue-teal">{name}</span>' for name in "abcde")
    assert f'<p class="row__tags">{named}</p>' in page


def test_queue_offers_tags_members_and_my_queue(cast: Cast) -> None:
    make_tag(cast, "For Friday")
    Submission.objects.filter(pk=cast.demo().pk).update(team_assignee=cast.reviewer)
    page = client_of(cast.reviewer).get("/desk/harbour/?q=assignee:mona").content.decode()
    filters = client_of(cast.reviewer).get("/desk/harbour/filters/?q=assignee:mona").content.decode()
    assert '<option value="&quot;for friday&quot;">For Friday</option>' in filters
    assert '<option value="mona" selected>Mona</option>' in filters
    assert 'My queue <span class="num">1</span>' in page
    rows = client_of(cast.reviewer).get("/desk/harbour/?q=assignee:me").context["rows"]
    assert len(rows) == 1


def test_manager_makes_changes_retires_and_brings_back(cast: Cast) -> None:
    assert manage(cast, "manager", name="tags").status_code == 422
    client = client_of(cast.manager)
    assert client.post("/desk/harbour/tags/", {"name": "Dub", "hue": "sky"}).status_code == 303
    dub = Tag.objects.get()
    assert client.post("/desk/harbour/tags/", {"name": "dub", "hue": "sky"}).status_code == 422
    assert client.post(f"/desk/harbour/tags/{dub.pk}/", {"name": "Deep", "hue": "lime"}).status_code == 303
    assert client.post(f"/desk/harbour/tags/{dub.pk}/retire/").status_code == 303
    page = client.get("/desk/harbour/tags/").content.decode()
    assert "Deep" in page
    assert "Restore" in page
    assert client.post(f"/desk/harbour/tags/{dub.pk}/restore/").status_code == 303
    assert list(Tag.objects.of(cast.label).values_list("name", "hue")) == [("Deep", "lime")]
    elsewhere = tags.create(cast.rival.memberships.get().label, name="X", hue="sky", actor=cast.rival)
    assert client.post(f"/desk/harbour/tags/{elsewhere.pk}/retire/").status_code == 404


def test_suspended_label_keeps_its_tags(cast: Cast) -> None:
    tag = make_tag(cast)
    Label.objects.update(status=Status.SUSPENDED)
    assert manage(cast, "manager", "tag-retire", tag.pk).status_code == 409
    assert manage(cast, "manager", "tag-change", tag.pk, hue="sky").status_code == 409
    assert Tag.objects.of(cast.label).exists()


def test_producer_who_is_a_member_sees_no_tag_of_their_own(cast: Cast) -> None:
    from_insider = cast.demo()
    Submission.objects.filter(pk=from_insider.pk)
    tags.add(from_insider, make_tag(cast, "Secret word"), actor=cast.reviewer)
    client = client_of(cast.producer)
    for path in (f"/submissions/{from_insider.reference}/", "/submissions/"):
        assert "Secret word" not in client.get(path).content.decode()
