"""Forms of settings, people and tracks saved at once: each is told of the other, or leaves the other's fields alone."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from catalog.tests.posting import post_track, row
from desk.models import SavedView
from desk.saved_views.page import rename_form_of
from desk.scores.service import saved_criteria_of
from desk.tags import service as tags
from desk.tags.page import change_form
from kit.clock import now
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from trackflow.testing.clients import client_of
from trackflow.testing.races import at_once, overtaken

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


# Two managers on one label's settings, tags and views


def test_tag_changed_meanwhile_is_shown_before_it_is_overwritten(manager: User, label: Label) -> None:
    tag = tags.create(label, name="Dub", hue="teal", actor=manager)
    stamp, path = change_form(tag)["stamp"].value(), reverse("desk:tag-change", args=[label.slug, tag.pk])
    mine, theirs = ({"name": name, "hue": "teal", "stamp": stamp} for name in ("Mine", "Theirs"))
    first = overtaken(
        lambda: client_of(manager).post(path, mine),
        by=lambda: client_of(manager).post(path, theirs),
        at=label,
    )
    tag.refresh_from_db()
    assert (first.status_code, tag.name) == (409, "Theirs")
    assert "Somebody else changed this." in first.content.decode()
    assert "Name: Theirs." in first.content.decode()
    again = {**mine, "stamp": change_form(tag)["stamp"].value()}
    assert client_of(manager).post(path, again).status_code == 303


def test_view_renamed_meanwhile_is_shown_before_it_is_overwritten(manager: User, label: Label) -> None:
    view = SavedView.objects.create(label=label, owner=manager, name="Hot", is_team=True)
    stamp, path = (
        rename_form_of(view)["stamp"].value(),
        reverse("desk:view-rename", args=[label.slug, view.pk]),
    )
    mine, theirs = ({"name": name, "stamp": stamp} for name in ("Mine", "Theirs"))
    first = overtaken(
        lambda: client_of(manager).post(path, mine),
        by=lambda: client_of(manager).post(path, theirs),
        at=label,
    )
    view.refresh_from_db()
    assert (first.status_code, view.name) == (409, "Theirs")
    assert "Somebody else changed this." in first.content.decode()
    again = {**mine, "stamp": rename_form_of(view)["stamp"].value()}
    assert client_of(manager).post(path, again).status_code == 303


def shown(manager: User, path: str, form: str) -> dict[str, Any]:
    """Return what a page's form would send back unchanged."""
    return values_of(client_of(manager).get(path).context[form])


def values_of(form: Any) -> dict[str, Any]:
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


SETTINGS = [
    ("/labels/harbour/settings/", "", "form", {"about": "Theirs."}, {"about": "Mine."}),
    ("/desk/harbour/embed/", "", "form", {"sites": "https://a.example"}, {"sites": "https://b.example"}),
    ("/desk/harbour/settings/", "", "settings_form", {"hides_scores": "on"}, {}),
    ("/desk/harbour/settings/", "criteria/", "criteria_form", {"added": "Idea"}, {"added": "Mix"}),
]


@pytest.mark.parametrize(("path", "more", "form", "theirs", "mine"), SETTINGS)
def test_settings_saved_meanwhile_are_shown_before_they_are_overwritten(
    manager: User, label: Label, path: str, more: str, form: str, theirs: dict[str, str], mine: dict[str, str]
) -> None:
    saved_criteria_of(label)
    page = shown(manager, path, form)
    first = overtaken(
        lambda: client_of(manager).post(path + more, {**page, **mine}),
        by=lambda: client_of(manager).post(path + more, {**page, **theirs}),
        at=label,
    )
    assert first.status_code == 409
    assert "Somebody else changed this." in first.content.decode()
    assert shown(manager, path, form)["stamp"] == first.context[form]["stamp"].value() != page["stamp"]
    again = values_of(first.context[form])
    assert client_of(manager).post(path + more, again).status_code == 303


# What one changes, the other does not put back


def test_own_settings_do_not_let_a_deactivated_person_in_again() -> None:
    maya = make_producer()
    client = client_of(maya)
    typed = {"makes_music": "on", "name": "Maya", "time_zone": "UTC"}
    overtaken(
        lambda: client.post(reverse("accounts:settings"), typed),
        by=lambda: User.objects.filter(pk=maya.pk).update(is_active=False),
        at=maya,
    )
    saved = User.objects.get(pk=maya.pk)
    assert (saved.name, saved.is_active) == ("Maya", False)


def test_office_does_not_put_an_old_password_back() -> None:
    maya = make_producer()
    admin = User.objects.create_superuser("root@example.com", "x")
    path = reverse("admin:accounts_user_change", args=[maya.pk])
    typed = {"name": "Renamed", "time_zone": "UTC", "is_active": "on"}

    def set_password() -> None:
        fresh = User.objects.get(pk=maya.pk)
        fresh.set_password("brand new words here")
        fresh.save(update_fields=["password"])

    answer = overtaken(lambda: client_of(admin).post(path, typed), by=set_password, at=maya)
    assert answer.status_code == 302
    saved = User.objects.get(pk=maya.pk)
    assert (saved.name, saved.check_password("brand new words here")) == ("Renamed", True)


def test_track_archived_in_another_tab_stays_archived() -> None:
    track = make_track(make_producer())
    overtaken(
        lambda: post_track(client_of(track.owner), track, title="New title"),
        by=lambda: Track.objects.filter(pk=track.pk).update(archived_at=now()),
        at=track,
    )
    saved = Track.objects.get()
    assert (saved.title, bool(saved.archived_at)) == ("New title", True)


def test_track_saved_in_many_tabs_lists_each_collaborator_once() -> None:
    track = make_track(make_producer())
    tabs = at_once([lambda: post_track(client_of(track.owner), track, **row(0))] * 6)
    assert {answer.status_code for answer in tabs} == {303}
    assert track.collaborators.count() == 1
