"""Saved views: who saves, sees, shares and changes them."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from desk.models import DefaultView, SavedView
from desk.saved_views import service as saved_views
from desk.saved_views.access import ViewAccess, view_access_of
from labels.choices import Role, Status
from labels.models import Label, Membership
from submissions.errors import NotAllowed, NotPossible
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

QUERIES = 5
"""Session with user, desks, views, counts, unread."""


def access_of(user: User) -> ViewAccess:
    return view_access_of(user, "harbour")


def keep(user: User, name: str = "Hot", query: str = "is:shortlisted", *, is_team: bool = False) -> SavedView:
    return saved_views.save_view(access_of(user), name=name, query=query, is_team=is_team)


def page(user: User, client: Client | None = None, **query: str) -> Any:
    return (client or client_of(user)).get(reverse("desk:views", args=["harbour"]), query)


def names(user: User) -> list[str]:
    context = page(user).context
    return [row.view.name for row, _ in [*context["team"], *context["own"]]]


def create(user: User, headers: Any = None, **fields: str) -> Any:
    return client_of(user).post(reverse("desk:views", args=["harbour"]), fields, headers=headers or {})


def press(user: User, verb: str, view: SavedView, **fields: str) -> Any:
    return client_of(user).post(reverse(f"desk:view-{verb}", args=["harbour", view.pk]), fields)


def test_viewer_saves_a_view_and_sees_it_with_its_count(cast: Cast) -> None:
    cast.demo("shortlisted")
    cast.demo("in_review")
    answer = create(cast.viewer, name="  Hot ", q="IS:shortlisted")
    assert answer.status_code == 303
    assert answer["Location"] == "/desk/harbour/?q=is%3Ashortlisted"
    [(row, form)] = page(cast.viewer).context["own"]
    assert (row.view.name, row.view.query, row.count) == ("Hot", "is:shortlisted", "1")
    assert form
    assert row.href == "/desk/harbour/?q=is%3Ashortlisted"


def test_private_view_is_seen_by_its_owner_alone(cast: Cast) -> None:
    kept = keep(cast.viewer)
    assert names(cast.viewer) == ["Hot"]
    assert names(cast.owner) == []
    for verb in ("rename", "share", "unshare", "delete", "default"):
        assert press(cast.owner, verb, kept, name="Mine").status_code == 404
    assert SavedView.objects.get() == kept


def test_team_view_is_seen_by_the_team_of_this_label_alone(cast: Cast) -> None:
    assert create(cast.reviewer, name="Hot", q="", is_team="on").status_code == 303
    shared = SavedView.objects.get()
    assert names(cast.viewer) == names(cast.owner) == ["Hot"]
    for person in (cast.rival, cast.stranger, cast.producer):
        assert page(person).status_code == 404
        assert create(person, name="Mine").status_code == 404
        assert press(person, "delete", shared).status_code == 404
    elsewhere = reverse("desk:view-delete", args=["rival", shared.pk])
    assert client_of(cast.rival).post(elsewhere).status_code == 404
    assert page(cast.rival).status_code == 404
    assert list(SavedView.objects.all()) == [shared]


def test_viewer_may_not_share(cast: Cast) -> None:
    assert "Share with the team" not in page(cast.viewer).content.decode()
    assert create(cast.viewer, name="Hot", is_team="on").status_code == 403
    assert press(cast.viewer, "share", keep(cast.viewer)).status_code == 403
    with pytest.raises(NotAllowed):
        keep(cast.viewer, "Other", is_team=True)
    assert not SavedView.objects.filter(is_team=True).exists()


@pytest.mark.parametrize("verb", ["rename", "delete"])
def test_team_view_is_changed_by_its_owner_and_managers(cast: Cast, verb: str) -> None:
    colleague = cast.insider
    Membership.objects.filter(user=colleague).update(role=Role.REVIEWER)
    for person, status in ((cast.viewer, 403), (colleague, 403), (cast.reviewer, 303), (cast.manager, 303)):
        SavedView.objects.all().delete()
        shared = keep(cast.reviewer, is_team=True)
        assert press(person, verb, shared, name="Warm").status_code == status
        left = SavedView.objects.filter(pk=shared.pk, name="Hot").exists()
        assert left == (status == 403)


def test_owner_shares_and_takes_back(cast: Cast) -> None:
    view = keep(cast.reviewer)
    assert press(cast.reviewer, "share", view).status_code == 303
    assert press(cast.reviewer, "share", view).status_code == 303
    assert press(cast.viewer, "default", view).status_code == 303
    assert press(cast.reviewer, "default", view).status_code == 303
    assert press(cast.manager, "unshare", view).status_code == 403
    assert names(cast.viewer) == ["Hot"]
    assert press(cast.reviewer, "unshare", view).status_code == 303
    assert names(cast.viewer) == []
    assert [each.user for each in DefaultView.objects.all()] == [cast.reviewer]


def test_who_left_takes_their_own_views_out_of_sight(cast: Cast) -> None:
    keep(cast.reviewer, "Mine")
    shared = keep(cast.reviewer, "Ours", is_team=True)
    Membership.objects.filter(user=cast.reviewer).delete()
    assert page(cast.reviewer).status_code == 404
    assert names(cast.manager) == ["Ours"]
    assert press(cast.reviewer, "rename", shared, name="Theirs").status_code == 404
    assert press(cast.manager, "delete", shared).status_code == 303


@pytest.mark.parametrize(
    ("fields", "said", "place"),
    [
        ({"name": "", "q": "is:new"}, "This field is required.", "save_name"),
        ({"name": " \u200b ", "q": "is:new"}, "This field is required.", "save_name"),
        ({"name": "hOT", "q": "is:new"}, "You already have a view called “hOT”.", "save_name"),
        ({"name": "x" * 61, "q": "is:new"}, "at most 60 characters", "save_name"),
        ({"name": "Odd", "q": "gener:techno"}, "There is no “gener:”. Did you mean genre:?", "save_q"),
        ({"name": "Odd", "q": "x" * 1001}, "at most 1000 characters", "save_q"),
    ],
)
@pytest.mark.parametrize("target", ["", "views"])
def test_bad_view_is_refused_beside_its_field(
    cast: Cast, fields: dict[str, str], said: str, place: str, target: str
) -> None:
    keep(cast.manager)
    headers = {"HX-Request": "true", "HX-Target": target} if target else {}
    answer = create(cast.manager, headers, **fields)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert said in text
    assert f'id="{place}_error"' in text
    assert f'value="{fields["name"].strip()}"' in text or not fields["name"].strip(" \u200b")
    assert fields["q"] in text
    assert ("<html" in text) == (not target)
    assert SavedView.objects.count() == 1


def test_same_name_may_be_ones_own_and_the_teams(cast: Cast) -> None:
    own = keep(cast.reviewer)
    keep(cast.manager, is_team=True)
    answer = press(cast.reviewer, "share", own)
    assert answer.status_code == 409
    assert "The team already has a view called “Hot”." in answer.content.decode()
    assert not SavedView.objects.get(pk=own.pk).is_team


def test_rename_refuses_a_taken_name_and_keeps_what_was_typed(cast: Cast) -> None:
    view = keep(cast.reviewer)
    keep(cast.reviewer, "Cold")
    answer = press(cast.reviewer, "rename", view, name="cold")
    assert answer.status_code == 422
    assert "You already have a view called “cold”." in answer.content.decode()
    assert f'id="view-{view.pk}-name_error"' in answer.content.decode()
    assert press(cast.reviewer, "rename", view, name="HOT").status_code == 303
    assert set(names(cast.reviewer)) == {"HOT", "Cold"}


@pytest.mark.parametrize("is_team", [False, True])
def test_fifty_views_are_enough(cast: Cast, is_team: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    assert saved_views.MOST_VIEWS == 50
    monkeypatch.setattr(saved_views, "MOST_VIEWS", 2)
    for name in ("One", "Two"):
        keep(cast.reviewer, name, is_team=is_team)
    answer = create(cast.reviewer, name="Three", **({"is_team": "on"} if is_team else {}))
    assert answer.status_code == 422
    assert "the most there can be. Delete one first" in answer.content.decode()
    keep(cast.reviewer, "Three", is_team=not is_team)
    keep(cast.manager, "Three")


def test_suspended_labels_team_views_stand_still(cast: Cast) -> None:
    shared, own = keep(cast.reviewer, "Ours", is_team=True), keep(cast.reviewer, "Mine")
    Label.objects.filter(pk=cast.label.pk).update(status=Status.SUSPENDED)
    for verb, view in (("rename", shared), ("delete", shared), ("unshare", shared), ("share", own)):
        answer = press(cast.reviewer, verb, view, name="Other")
        assert (answer.status_code, "Harbour is suspended" in answer.content.decode()) == (409, True), verb
    answer = create(cast.reviewer, name="New", q="is:new", is_team="on")
    assert answer.status_code == 409
    assert 'value="New"' in answer.content.decode()
    assert press(cast.viewer, "rename", shared, name="Other").status_code == 403
    assert create(cast.reviewer, name="New").status_code == 303
    assert press(cast.reviewer, "rename", own, name="My own").status_code == 303
    assert press(cast.viewer, "default", shared).status_code == 303
    assert press(cast.reviewer, "delete", own).status_code == 303
    assert set(names(cast.reviewer)) == {"Ours", "New"}


def test_view_that_cannot_be_read_says_why(cast: Cast) -> None:
    broken = keep(cast.reviewer, "Old", "genre:hardbag loudness:9", is_team=True)
    keep(cast.reviewer, "Sound", "is:new", is_team=True)
    cast.demo("submitted")
    answer = page(cast.viewer)
    counts = {row.view.name: (row.count, bool(row.problem)) for row, _ in answer.context["team"]}
    assert counts == {"Old": ("", True), "Sound": ("1", False)}
    assert "There is no genre “hardbag”." in answer.content.decode()
    assert bar(cast.viewer, "is:new").status_code == 200
    assert press(cast.reviewer, "rename", broken, name="Older").status_code == 303
    assert press(cast.reviewer, "default", broken).status_code == 303
    assert press(cast.reviewer, "delete", broken).status_code == 303


def test_what_is_gone_meanwhile_is_said(cast: Cast) -> None:
    mine, ours = keep(cast.manager), keep(cast.reviewer, is_team=True)
    desk = access_of(cast.manager)
    SavedView.objects.all().delete()
    for view in (mine, ours):
        with pytest.raises(NotPossible, match="“Hot” is gone"):
            saved_views.rename(desk, view, name="Warm")
        with pytest.raises(NotPossible):
            saved_views.delete(desk, view)
    assert press(cast.manager, "delete", ours).status_code == 404


def bar(user: User, q: str = "", target: str = "view-links") -> Any:
    headers = {"HX-Request": "true", "HX-Target": target}
    return client_of(user).get(reverse("desk:views", args=["harbour"]), {"q": q}, headers=headers)


def test_form_of_a_view_is_fetched_with_its_query_when_it_is_opened(cast: Cast) -> None:
    page = client_of(cast.reviewer).get("/desk/harbour/", {"q": "is:new"}).text
    assert 'hx-get="/desk/harbour/views/?q=is%3Anew" hx-trigger="toggle once"' in page
    assert 'id="save_name"' not in page
    form = bar(cast.reviewer, "is:new", "save-view").text
    assert form.lstrip().startswith('<form class="fold__body form" id="save-view"')
    assert '<input type="hidden" name="q" value="is:new"' in form
    assert 'id="save_name"' in form
    assert "Save this view" not in client_of(cast.reviewer).get("/desk/harbour/", {"q": ""}).text


def test_bar_counts_and_marks_the_view_that_is_shown(cast: Cast) -> None:
    cast.demo("shortlisted")
    keep(cast.reviewer, "Team", "is:shortlisted bpm:120-", is_team=True)
    keep(cast.reviewer, "Own", "is:shortlisted")
    answer = bar(cast.reviewer, "is:Shortlisted")
    rows = [(row.view.name, row.count, row.is_current) for row in answer.context["bar"].rows]
    assert [row[0] for row in rows] == ["Team", "Own"]
    assert rows[1] == ("Own", "1", True)
    assert not rows[0][2]
    assert answer.content.decode().count('aria-current="true"') == 1
    assert "hx-get" not in answer.content.decode()


def test_bar_holds_twelve_the_default_first_and_always_the_shown_one(cast: Cast) -> None:
    for number in range(15):
        view = keep(cast.reviewer, f"View {number:02}", f"older:{number + 1}d")
    assert press(cast.reviewer, "default", view).status_code == 303
    found = bar(cast.reviewer, "older:14d").context["bar"]
    assert [row.view.name for row in found.rows] == [
        "View 14",
        *(f"View {number:02}" for number in range(10)),
        "View 13",
    ]
    assert found.total == 15
    assert "All views" in bar(cast.reviewer, target="views").content.decode()


def test_saving_in_the_queue_renews_the_bar(cast: Cast) -> None:
    headers = {"HX-Request": "true", "HX-Target": "views"}
    answer = create(cast.viewer, headers, name="Hot", q="is:shortlisted")
    assert answer.status_code == 303
    renewed = client_of(cast.viewer).get(answer["Location"], headers=headers)
    assert 'id="views"' in renewed.content.decode()
    assert [row.count for row in renewed.context["bar"].rows] == ["0"]


def opened(user: User, slug: str = "harbour", headers: Any = None, **query: str) -> str:
    """Return where the desk redirects to, "" where it does not."""
    answer = client_of(user).get(reverse("desk:queue", args=[slug]), query, headers=headers or {})
    assert answer.status_code in (200, 302)
    return answer.headers.get("Location", "")


def test_desk_opens_with_the_default_view(cast: Cast) -> None:
    shared = keep(cast.reviewer, query="is:shortlisted sort:newest", is_team=True)
    assert opened(cast.viewer) == ""
    assert press(cast.viewer, "default", shared).status_code == 303
    assert opened(cast.viewer) == "/desk/harbour/?q=is%3Ashortlisted+sort%3Anewest"
    assert opened(cast.reviewer) == ""
    assert opened(cast.viewer, q="") == opened(cast.viewer, q="is:new") == ""
    assert opened(cast.viewer, headers={"HX-Request": "true", "HX-Target": "queue"}) == ""
    other = keep(cast.viewer, "Other", "")
    assert press(cast.viewer, "default", other).status_code == 303
    assert opened(cast.viewer) == "/desk/harbour/?q="
    assert DefaultView.objects.count() == 1
    assert client_of(cast.viewer).post("/desk/harbour/views/no-default/").status_code == 303
    assert opened(cast.viewer) == ""


def test_default_is_of_one_desk(cast: Cast) -> None:
    Membership.objects.create(label=Label.objects.get(slug="rival"), user=cast.viewer, role=Role.VIEWER)
    assert press(cast.viewer, "default", keep(cast.viewer)).status_code == 303
    assert opened(cast.viewer)
    assert opened(cast.viewer, "rival") == ""


def test_default_that_is_gone_or_cannot_be_read_opens_nothing(cast: Cast) -> None:
    broken = keep(cast.viewer, query="genre:hardbag")
    assert press(cast.viewer, "default", broken).status_code == 303
    assert opened(cast.viewer) == ""
    assert "This view no longer works." in page(cast.viewer).content.decode()
    assert press(cast.viewer, "delete", broken).status_code == 303
    assert not DefaultView.objects.exists()


@pytest.mark.parametrize("number", [1, 5])
def test_page_asks_as_much_for_five_views_as_for_one(
    cast: Cast, number: int, django_assert_num_queries: Any
) -> None:
    for place in range(number):
        keep(cast.reviewer, f"View {place}", f"is:shortlisted older:{place + 1}d", is_team=True)
    client = client_of(cast.viewer)
    with django_assert_num_queries(QUERIES):
        assert page(cast.viewer, client).status_code == 200
    headers = {"HX-Request": "true", "HX-Target": "view-links"}
    with django_assert_num_queries(QUERIES - 1):
        client.get(reverse("desk:views", args=["harbour"]), headers=headers)
