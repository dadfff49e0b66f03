"""A release's page at the desk, its facts, its date and what happens to it."""

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from kit.clock import now
from labels import status
from labels.tests.builders import make_label
from releases.choices import Line
from releases.models import Release, ReleaseStep
from releases.template_table import BUILT_IN
from releases.tests.builders import DAY, act, history, line_for, make_release, plan, signed
from submissions.models import Event, Submission
from submissions.tests import builders as submissions
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
FACTS = {"kind": "ep", "title": "Night Shift", "artist": "Maya Ray", "genre": "House"}


@pytest.fixture
def manager(cast: Cast) -> Client:
    return client_of(cast.manager)


def url(release: Release, place: str = "") -> str:
    return f"/desk/{release.label.slug}/releases/{release.reference}/{place}"


def carried(turn: int, **said: Any) -> dict[str, Any]:
    return {"turn": turn, "key": str(uuid.uuid4()), **said}


def test_manager_plans_a_release_and_a_repeated_form_plans_no_second(cast: Cast, manager: Client) -> None:
    form = carried(0, **FACTS, territories="gb, IE", part="")
    for _ in range(2):
        answer = manager.post(f"/desk/{cast.label.slug}/releases/plan/", form)
        assert answer.status_code == 303
    release = Release.objects.get()
    assert answer["Location"] == url(release)
    assert (release.title, release.territories, history(release)) == ("Night Shift", ["GB", "IE"], ["plan"])


def test_signed_demo_becomes_a_release_without_typing(cast: Cast, manager: Client) -> None:
    demo = signed(cast.label, cast.manager, title="Tides")
    led = manager.get(f"/desk/{cast.label.slug}/releases/for/{demo.reference}/", follow=True)
    form = led.context["form"]
    known = {name: form[name].value() or "" for name in ("title", "edition", "artist", "genre", "kind")}
    assert (known["title"], known["kind"]) == ("Tides", "single")
    assert known["artist"] == demo.artist
    said = carried(0, **known, submission=form["submission"].value(), p_line="", c_line="")
    answer = manager.post(f"/desk/{cast.label.slug}/releases/plan/", said)
    assert answer.status_code == 303
    release = Release.objects.get()
    track = release.tracks.get()
    assert (track.line, track.submission, track.title, track.seconds) == (Line.SUBMISSION, demo, "Tides", 384)
    again = manager.get(f"/desk/{cast.label.slug}/releases/for/{demo.reference}/")
    assert again["Location"] == url(release)


def test_demo_that_is_not_signed_plans_nothing_and_keeps_what_was_typed(cast: Cast, manager: Client) -> None:
    demo = cast.demo("in_review")
    said = carried(0, **FACTS, submission=demo.reference)
    answer = manager.post(f"/desk/{cast.label.slug}/releases/plan/", said)
    assert answer.status_code == 422
    assert "is not signed" in answer.content.decode()
    assert answer.context["form"]["title"].value() == "Night Shift"
    assert not Release.objects.exists()


def test_demo_of_another_label_is_not_found(cast: Cast, manager: Client) -> None:
    other = signed(make_label("Quay"))
    said = carried(0, **FACTS, submission=other.reference)
    assert manager.post(f"/desk/{cast.label.slug}/releases/plan/", said).status_code == 404


def test_wrong_details_are_said_beside_their_fields(cast: Cast, manager: Client) -> None:
    release = plan(cast.label, manager=cast.manager)
    said = carried(release.turn, **FACTS, territories="GB XX", artwork_url="nowhere", part="3")
    answer = manager.post(url(release, "details/"), said)
    assert answer.status_code == 422
    assert answer.context["form"]["territories"].value() == "GB XX"
    assert "These are no countries: XX." in answer.content.decode()
    said["territories"] = "GB"
    answer = manager.post(url(release, "details/"), said)
    assert list(answer.context["form"].errors) == ["part"]


def test_older_page_gets_409_with_who_did_what_and_its_text(cast: Cast, manager: Client) -> None:
    release = plan(cast.label, manager=cast.manager)
    said = carried(release.turn, **FACTS | {"title": "Mine"})
    act(release, "edit", manager=cast.owner)
    answer = manager.post(url(release, "details/"), said)
    assert answer.status_code == 409
    assert "Olga (owner) changed the details meanwhile" in answer.content.decode()
    form = answer.context["form"]
    assert form["title"].value() == "Mine"
    said = carried(form["turn"].value(), **FACTS | {"title": "Mine"})
    assert manager.post(url(release, "details/"), said).status_code == 303


def test_date_is_shown_before_it_moves(cast: Cast, manager: Client) -> None:
    release = make_release("planned", label=cast.label, manager=cast.manager)
    steps = BUILT_IN["single"].as_steps()
    release = act(release, "add_steps", manager=cast.manager, steps=steps).release
    release = act(release, "schedule", manager=cast.manager).release
    soon = (now() + timedelta(days=20)).date()
    answer = manager.get(url(release, f"date/?release_on={soon}"))
    rows = {row.name: row for row in answer.context["rows"]}
    first = rows["Send the contract"]
    assert first.old == f"{DAY - timedelta(days=63):%-d %B %Y}"
    assert first.new == f"{soon - timedelta(days=63):%-d %B %Y}"
    assert (first.is_past, rows["Announce with pre-save link"].is_past) == (True, False)
    assert answer.context["past"] == sum(row.is_past for row in answer.context["rows"])
    assert "That has passed already." in answer.content.decode()
    assert history(release)[-1] == "schedule"
    said = carried(release.turn, release_on=soon, catalogue_number=release.catalogue_number, told="Sooner!")
    assert manager.post(url(release, "date/"), said).status_code == 303
    fresh = Release.objects.get(pk=release.pk)
    assert (fresh.release_on, fresh.turn) == (soon, release.turn + 1)
    event = Event.objects.filter(submission__release_tracks__release=release).order_by("pk").last()
    assert event
    assert (event.transition, event.note) == ("schedule", "Sooner!")


def test_two_releases_on_one_day_are_pointed_out(cast: Cast, manager: Client) -> None:
    first = make_release("scheduled", label=cast.label, manager=cast.manager)
    second = plan(cast.label, manager=cast.manager, title="Day Shift")
    shown = manager.get(url(second, f"date/?release_on={DAY}")).content.decode()
    assert "On the same day" in shown
    assert first.shown_title in shown


@pytest.mark.parametrize("day", ["2020-01-01", "nonsense", ""])
def test_day_that_cannot_be_shows_no_consequences(day: str, cast: Cast, manager: Client) -> None:
    release = make_release("planned", label=cast.label, manager=cast.manager)
    answer = manager.get(url(release, f"date/?release_on={day}"))
    assert answer.status_code == 422
    assert answer.context["day"] is None


def test_release_is_delivered_recalled_and_cancelled_by_its_pages(cast: Cast, manager: Client) -> None:
    release = make_release("scheduled", label=cast.label, manager=cast.manager)
    for name, said in (("deliver", {}), ("recall", {"note": "A typo."}), ("cancel", {"note": "No time."})):
        fresh = Release.objects.get(pk=release.pk)
        answer = manager.post(url(release, f"{name}/"), carried(fresh.turn, **said))
        assert answer.status_code == 303, name
    assert history(release)[-3:] == ["deliver", "recall", "cancel"]
    assert Submission.objects.get(release_tracks__release=release).state == "signed"


def test_note_that_is_missing_is_asked_for(cast: Cast, manager: Client) -> None:
    release = make_release("scheduled", label=cast.label, manager=cast.manager)
    answer = manager.post(url(release, "cancel/"), carried(release.turn))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["note"])


def test_gaps_are_named_with_their_links(cast: Cast, manager: Client) -> None:
    release = plan(cast.label, manager=cast.manager, genre="")
    gaps = {row.sentence: row.href for row in manager.get(url(release)).context["gaps"]}
    assert gaps["It needs a genre."] == url(release, "details/")
    assert gaps["It needs a UPC."] == url(release, "codes/")
    assert gaps["It needs a release date."] == url(release, "date/")
    assert gaps["It needs a track."] == url(release, "tracks/")
    assert "It is not complete" in manager.get(url(release, "deliver/")).content.decode()


def test_gap_of_a_submission_leads_to_the_panel_where_it_is_mended(cast: Cast, manager: Client) -> None:
    release = make_release("scheduled", label=cast.label, manager=cast.manager)
    demo = release.tracks.get().submission
    assert demo
    submissions.act(demo, "ask_for", manager=cast.manager)
    submissions.act(demo, "set_splits")
    gaps = {row.href: row.words for row in manager.get(url(release)).context["gaps"]}
    desk = f"/desk/{cast.label.slug}/{demo.reference}/"
    assert gaps == {f"{desk}#splits": "Open the splits", f"{desk}#deliverables": "Open what you asked for"}
    page = manager.get(desk).content.decode()
    assert 'id="splits"' in page
    assert 'id="deliverables"' in page


def test_delivery_sheet_comes_as_csv_and_json(cast: Cast, manager: Client) -> None:
    release = make_release("delivered", label=cast.label, manager=cast.manager, tracks=2)
    answer: Any = manager.get(url(release, "sheet.csv"))
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert len(lines) == 3
    assert answer["Content-Disposition"] == 'attachment; filename="HRB001-delivery.csv"'
    sheet = json.loads(manager.get(url(release, "sheet.json")).content)
    assert [track["number"] for track in sheet["tracks"]] == [1, 2]


def test_member_who_produced_a_track_needs_another_manager(cast: Cast) -> None:
    demo = signed(cast.label, cast.manager, owner=cast.insider)
    release = plan(cast.label, manager=cast.manager)
    release = act(release, "set_tracks", manager=cast.manager, tracks=[line_for(demo)]).release
    insider = client_of(cast.insider)
    shown = insider.get(url(release)).content.decode()
    assert f"/desk/{cast.label.slug}/{demo.reference}/" not in shown
    answer = insider.post(url(release, "date/"), carried(release.turn, release_on=DAY))
    assert answer.status_code == 403
    assert "another manager has to do this" in answer.content.decode()


@pytest.mark.parametrize(("person", "expected"), [("viewer", 403), ("reviewer", 303), ("rival", 404)])
def test_roles_work_on_steps(person: str, expected: int, cast: Cast) -> None:
    release = make_release("planned", label=cast.label, manager=cast.manager)
    said = carried(ReleaseStep.objects.get().turn, act="complete_step")
    answer = client_of(getattr(cast, person)).post(url(release, "steps/1/act/"), said)
    assert answer.status_code == expected
    assert (history(release)[-1] == "complete_step") == (expected == 303)


def test_suspended_label_reads_and_changes_nothing(cast: Cast, manager: Client) -> None:
    release = make_release("planned", label=cast.label, manager=cast.manager)
    status.suspend(cast.label, by=cast.admin, reason="Fraud.")
    assert manager.get(url(release)).context["actions"] == []
    said = carried(release.turn, **FACTS)
    answer = manager.post(url(release, "details/"), said)
    assert answer.status_code == 409
    assert "suspended" in answer.content.decode()
