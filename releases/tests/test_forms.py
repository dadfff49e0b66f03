"""Track list, codes, steps, settings and templates as their pages take them."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from activity.tests.log_lines import logged
from releases.choices import Line
from releases.models import Barcode, Release, ReleaseSettings, Series, StepTemplate
from releases.tests.builders import BARCODES, act, history, line_for, make_release, plan, set_up, signed
from releases.tests.test_release_page import carried, url
from releases.track_list import TrackLine
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
CSV = "Title;Artist;Length;ISRC\nOld Song;Maya Ray;4:10;GBABC2400001\nNew Song;Maya Ray;3:05;\n"


@pytest.fixture
def manager(cast: Cast) -> Client:
    return client_of(cast.manager)


def rows(form: Any) -> dict[str, Any]:
    """Return what a browser would send of a track list's rows."""
    said: dict[str, Any] = {"many": len(form.rows)}
    for row in form.rows:
        for field in row:
            value = field.value()
            is_drawn = field.name not in ("line", "fill") or not getattr(row, "reference", "")
            if is_drawn and value not in (None, "", False):
                said[field.html_name] = "on" if value is True else value
    return said


def lines(release: Release) -> list[tuple[int, str, str]]:
    return [(track.position, track.title, track.line) for track in release.tracks.all()]


def test_tracks_are_pasted_and_come_from_csv_and_from_signed_demos(cast: Cast, manager: Client) -> None:
    demo = signed(cast.label, cast.manager, title="Tides")
    release = plan(cast.label, manager=cast.manager)
    form = manager.get(url(release, "tracks/")).context["form"]
    assert [value for value, _ in form.fields["demos"].choices] == [demo.reference]
    file = SimpleUploadedFile("tracks.csv", CSV.encode())
    pasted = "1. Maya Ray - Sunrise (Dub) 6:24\nSketch [irrelevant]"
    said = carried(release.turn, many=0, demos=[demo.reference], pasted=pasted, blanks=1, file=file)
    assert manager.post(url(release, "tracks/"), said).status_code == 303
    assert lines(release) == [
        (1, "Tides", Line.SUBMISSION),
        (2, "Sunrise", Line.PLACEHOLDER),
        (3, "Sketch", Line.IRRELEVANT),
        (4, "Old Song", Line.EXISTS),
        (5, "New Song", Line.PLACEHOLDER),
        (6, "", Line.PLACEHOLDER),
    ]


def test_tracks_are_ordered_removed_and_filled(cast: Cast, manager: Client) -> None:
    demo = signed(cast.label, cast.manager, title="Tides")
    release = plan(cast.label, manager=cast.manager)
    given = [TrackLine(title="One"), TrackLine(title="Two"), TrackLine(title="Three")]
    release = act(release, "set_tracks", manager=cast.manager, tracks=given).release
    said = rows(manager.get(url(release, "tracks/")).context["form"])
    said |= {"row0-place": 3, "row1-removed": "on", "row2-place": 1, "row2-fill": demo.reference}
    assert manager.post(url(release, "tracks/"), carried(release.turn, **said)).status_code == 303
    assert lines(release) == [(1, "Tides", Line.SUBMISSION), (2, "One", Line.PLACEHOLDER)]


def test_difference_to_the_demo_is_shown_and_can_be_taken_over(cast: Cast, manager: Client) -> None:
    demo = signed(cast.label, cast.manager, title="Tides")
    release = plan(cast.label, manager=cast.manager)
    release = act(release, "set_tracks", manager=cast.manager, tracks=[line_for(demo)]).release
    changed = [line_for(demo, title="Low Tides", artist="Maya Ray", seconds=100)]
    release = act(release, "set_tracks", manager=cast.manager, tracks=changed).release
    page = manager.get(url(release, "tracks/"))
    assert ("Title", "Tides") in page.context["differences"][demo.reference]
    said = rows(page.context["form"]) | {"row0-copies": "on"}
    assert manager.post(url(release, "tracks/"), carried(release.turn, **said)).status_code == 303
    track = release.tracks.get()
    assert (track.title, track.seconds) == ("Tides", 384)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"pasted": "Old Song [exists]"}, "A track that exists already has an ISRC. Give it."),
        ({"pasted": "TF-AAAA-AAAA"}, "This demo is not one of this label’s."),
        ({"pasted": "Title;Length\nOne;nonsense"}, "“nonsense” is no length. Write 6:24."),
        ({"many": 1, "row0-place": 1, "row0-length": "x"}, "Write minutes and seconds, such as 6:24."),
        ({"file": SimpleUploadedFile("a.csv", b"\xff\xfe\x00")}, "Save the file as UTF-8, and try again."),
    ],
)
def test_wrong_track_is_named_and_what_was_typed_kept(
    said: dict[str, Any], sentence: str, cast: Cast, manager: Client
) -> None:
    release = plan(cast.label, manager=cast.manager)
    answer = manager.post(url(release, "tracks/"), carried(release.turn, **{"many": 0, **said}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert answer.context["form"]["pasted"].value() == said.get("pasted")
    assert history(release) == ["plan"]


def test_older_track_list_is_kept_and_sent_again(cast: Cast, manager: Client) -> None:
    release = plan(cast.label, manager=cast.manager)
    said = carried(release.turn, many=0, pasted="Sunrise 6:24")
    act(release, "edit", manager=cast.owner)
    answer = manager.post(url(release, "tracks/"), said)
    assert answer.status_code == 409
    form = answer.context["form"]
    assert form["pasted"].value() == "Sunrise 6:24"
    again = {"many": 0, "pasted": "Sunrise 6:24", "turn": form["turn"].value(), "key": form["key"].value()}
    assert manager.post(url(release, "tracks/"), again).status_code == 303


def test_codes_are_proposed_and_given_out_at_once(cast: Cast, manager: Client) -> None:
    set_up(cast.label)
    release = plan(cast.label, manager=cast.manager)
    tracks = [line_for(signed(cast.label, cast.manager)) for _ in range(2)]
    release = act(release, "set_tracks", manager=cast.manager, tracks=tracks).release
    form = manager.get(url(release, "codes/")).context["form"]
    assert form["catalogue_number"].value() == "HRB001"
    said = carried(release.turn, catalogue_number="HRB001", takes_upc="on", issues_isrcs="on")
    assert manager.post(url(release, "codes/"), said).status_code == 303
    fresh = Release.objects.get()
    assert (fresh.catalogue_number, fresh.upc) == ("HRB001", BARCODES[0])
    assert [track.isrc[-5:] for track in fresh.tracks.all()] == ["00001", "00002"]


def test_wrong_code_is_said_beside_its_field(cast: Cast, manager: Client) -> None:
    set_up(cast.label)
    make_release("planned", label=cast.label, manager=cast.manager)
    release = plan(cast.label, manager=cast.manager)
    said = carried(release.turn, catalogue_number="hrb001", upc="")
    answer = manager.post(url(release, "codes/"), said)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["catalogue_number"])
    answer = manager.post(url(release, "codes/"), carried(release.turn, upc="123"))
    assert list(answer.context["form"].errors) == ["upc"]


def test_steps_are_added_from_a_template_and_one_is_changed(cast: Cast, manager: Client) -> None:
    release = plan(cast.label, manager=cast.manager)
    said = carried(release.turn, template="single")
    assert manager.post(url(release, "steps/add/"), said).status_code == 303
    form = manager.get(url(release, "steps/2/")).context["form"]
    known = {field.name: field.value() for field in form if field.value() not in (None, False, "")}
    known |= {"assignee": cast.reviewer.pk, "days_before": -3, "is_shared": ""}
    assert manager.post(url(release, "steps/2/"), known).status_code == 303
    step = release.steps.get(number=2)
    assert (step.assignee, step.days_before, step.is_shared, step.waits_for) == (
        cast.reviewer,
        -3,
        False,
        [1],
    )
    known |= carried(step.turn, waits_for=[5])
    assert manager.post(url(release, "steps/2/"), known).status_code == 303
    step = release.steps.get(number=4)
    first = {"name": "Master", "area": "audio", "days_before": 1, "weight": 5, "position": 4}
    round_trip = manager.post(url(release, "steps/4/"), carried(step.turn, **first, waits_for=[5]))
    assert round_trip.status_code == 422
    assert "wait for each other in a circle" in round_trip.content.decode()


def test_step_done_meanwhile_gets_409(cast: Cast, manager: Client) -> None:
    release = make_release("planned", label=cast.label, manager=cast.manager)
    said = carried(release.steps.get().turn, act="complete_step")
    act(release, "complete_step", manager=cast.owner)
    answer = manager.post(url(release, "steps/1/act/"), said)
    assert answer.status_code == 409
    assert "Olga (owner) completed a step meanwhile" in answer.content.decode()


def test_step_completed_ahead_of_another_says_so(cast: Cast, manager: Client) -> None:
    release = plan(cast.label, manager=cast.manager)
    steps = [{"number": 1, "name": "Mix"}, {"number": 2, "name": "Master", "waits_for": [1]}]
    release = act(release, "add_steps", manager=cast.manager, steps=steps).release
    said = carried(release.steps.get(number=2).turn, act="complete_step")
    answer = manager.post(url(release, "steps/2/act/"), said, follow=True)
    assert "“Master” is done, ahead of “Mix”." in answer.content.decode()


def test_settings_are_saved_and_a_taken_prefix_refused(cast: Cast, manager: Client) -> None:
    place = f"/desk/{cast.label.slug}/releases/settings/"
    said = {"number_pattern": "NOVA{n:03}", "isrc_prefix": "gb-abc", "isrc_first": 7, "lead_days": 21}
    assert manager.post(place, said).status_code == 303
    saved = ReleaseSettings.objects.get(label=cast.label)
    assert (saved.isrc_prefix, saved.isrc_first, saved.lead_days) == ("GBABC", 7, 21)
    rival = client_of(cast.rival)
    theirs = f"/desk/{cast.rival.memberships.get().label.slug}/releases/settings/"
    answer = rival.post(theirs, said | {"number_pattern": "no number"})
    assert set(answer.context["form"].errors) == {"number_pattern", "isrc_prefix"}


def test_pool_takes_pasted_codes_once_and_names_wrong_ones(cast: Cast, manager: Client) -> None:
    place = f"/desk/{cast.label.slug}/releases/settings/barcodes/"
    assert manager.post(place, {"codes": " ".join(BARCODES)}).status_code == 303
    assert manager.post(place, {"codes": BARCODES[0]}).status_code == 303
    assert Barcode.objects.filter(label=cast.label).count() == 3
    answer = manager.post(place, {"codes": f"{BARCODES[0]} 123"})
    assert answer.status_code == 422
    assert "123: " in answer.content.decode()


def test_template_is_made_from_a_built_in_one_and_refuses_circles(cast: Cast, manager: Client) -> None:
    base = f"/desk/{cast.label.slug}/releases/templates/"
    form = manager.get(f"{base}new/?from=single").context["form"]
    said = rows(form) | {"name": "Ours", "row3-name": ""}
    assert manager.post(f"{base}new/", said).status_code == 303
    template = StepTemplate.objects.get()
    names = list(template.steps.values_list("number", "name"))
    assert names[:3] == [(1, "Send the contract"), (2, "Contract signed by all"), (3, "Master")]
    assert template.steps.get(name="Approve the master").waits_for == [3]
    answer = manager.post(f"{base}{template.pk}/", said | {"row1-waits_for": "2"})
    assert answer.status_code == 422
    assert "wait for each other in a circle" in answer.content.decode()
    assert manager.post(f"{base}{template.pk}/retire/").status_code == 303
    assert not StepTemplate.objects.of(cast.label).exists()


def test_log_of_the_team_says_who_changed_how_releases_are_made(cast: Cast, manager: Client) -> None:
    base = f"/desk/{cast.label.slug}/releases/"
    said = {"number_pattern": "NOVA{n:03}", "isrc_prefix": "gbabc", "isrc_first": 1, "lead_days": 28}
    for _ in range(2):
        manager.post(f"{base}settings/", said)
        manager.post(f"{base}settings/barcodes/", {"codes": " ".join(BARCODES)})
    manager.post(f"{base}series/", {"name": "Waves", "parts": "3", "note": ""})
    code = Series.objects.get().code
    manager.post(f"{base}series/{code}/", {"name": "Tides", "parts": "3", "note": ""})
    made = rows(manager.get(f"{base}templates/new/?from=single").context["form"]) | {"name": "Ours"}
    manager.post(f"{base}templates/new/", made)
    pk = StepTemplate.objects.get().pk
    manager.post(f"{base}templates/{pk}/", made)
    manager.post(f"{base}templates/{pk}/", made | {"name": ""})
    manager.post(f"{base}templates/{pk}/retire/")
    assert logged(label=cast.label, actor=cast.manager) == [
        "changed the release settings: catalogue number pattern and ISRC prefix",
        "added codes to the pool of UPCs: 3",
        "began the series “Waves”",
        "changed the series “Tides”",
        "wrote the step template “Ours”",
        "changed the step template “Ours”",
        "retired the step template “Ours”",
    ]


@pytest.mark.parametrize(
    ("page", "row"),
    [("templates/new/", {"row2-name": "Master"}), ("tracks/", {"row1-title": "Sunrise", "row1-length": "x"})],
)
@pytest.mark.parametrize("many", ["", "x", "-1", "9" * 5000])
def test_rows_are_kept_although_their_number_was_lost(
    page: str, row: dict[str, str], many: str, cast: Cast, manager: Client
) -> None:
    release = plan(cast.label, manager=cast.manager)
    place = url(release, page) if page == "tracks/" else f"/desk/{cast.label.slug}/releases/{page}"
    answer = manager.post(place, carried(release.turn, many=many, **row))
    assert answer.status_code == 422
    text = answer.content.decode()
    for name, value in row.items():
        assert f'name="{name}" value="{value}"' in text
