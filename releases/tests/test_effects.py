"""What the second door refuses of what is typed, by field, and what it makes of the rest."""

import uuid
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from kit.clock import at
from labels.choices import Role
from labels.models import Label
from labels.tests.builders import make_label, make_member
from releases.choices import Line
from releases.completeness import gaps_of
from releases.delivery_sheet import sheet_digest, sheet_lines, sheet_of
from releases.errors import NotPossible, Stale
from releases.models import IssuedISRC, Release, ReleaseEvent, ReleaseStep, Series
from releases.permissions import Actor
from releases.projections import replay
from releases.redaction import redact
from releases.risk import risks_of
from releases.tasks import redact_person_job
from releases.template_table import BUILT_IN
from releases.tests.builders import DETAILS, act, do, history, line_for, make_release, plan, set_up, signed
from releases.track_list import TrackLine, differences, facts_of
from steps.cycles import find_cycle
from submissions.models import Submission
from submissions.tests import builders as submissions_builders
from submissions.verification import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def label() -> Label:
    return make_label()


@pytest.fixture
def manager(label: Label) -> User:
    return make_member(label, Role.MANAGER)


@pytest.fixture
def release(label: Label, manager: User) -> Release:
    set_up(label)
    release = plan(label, manager=manager)
    return act(release, "set_tracks", manager=manager, tracks=[line_for(signed(label, manager))]).release


WRONG: list[tuple[str, dict[str, Any], str, str]] = [
    ("edit", {"title": "  "}, "title", "Give it a title"),
    ("edit", {"title": "x" * 151}, "title", "at most 150"),
    ("edit", {"kind": "tape"}, "kind", "Choose what kind"),
    ("edit", {"artwork_url": "ftp://example.com/a"}, "artwork_url", "begins with https"),
    ("edit", {"territories": ["SE", "XX"]}, "territories", "no countries: XX"),
    ("edit", {"part": 2}, "part", "Choose the series"),
    ("edit", {"original_on": date(1, 1, 1)}, "original_on", "1900"),
    ("schedule", {"release_on": date(1999, 1, 1)}, "release_on", "has passed"),
    ("schedule", {"release_on": date.max}, "release_on", "earlier year"),
    ("schedule", {"catalogue_number": "x" * 41}, "catalogue_number", "at most 40"),
    ("unschedule", {"note": " "}, "note", "Say why"),
    ("cancel", {"note": ""}, "note", "Say why"),
    ("set_tracks", {"tracks": [TrackLine()] * 201}, "tracks", "at most 200"),
    (
        "set_tracks",
        {"tracks": [TrackLine(Line.EXISTS, "Ebb")]},
        "tracks",
        "Line 1: A track that exists already",
    ),
    (
        "set_tracks",
        {"tracks": [TrackLine(Line.EXISTS, "Ebb", isrc="QM-1")]},
        "tracks",
        "Line 1: An ISRC has 12",
    ),
    ("set_tracks", {"tracks": [TrackLine(), TrackLine("vinyl")]}, "tracks", "Line 2: Say what this line is"),
    (
        "set_tracks",
        {"tracks": [TrackLine(Line.SUBMISSION, submission="TF-0000-0000")]},
        "tracks",
        "not one of this label",
    ),
    ("set_tracks", {"tracks": [TrackLine(seconds=0)]}, "tracks", "between one second"),
    (
        "set_tracks",
        {"tracks": [TrackLine(Line.EXISTS, "Ebb", isrc="QMABC2500001")] * 2},
        "tracks",
        "Line 2: The same ISRC",
    ),
    ("assign_codes", {"catalogue_number": None}, "__all__", "nothing to assign"),
    ("assign_codes", {"upc": "123"}, "upc", "12 digits"),
    ("assign_codes", {"isrcs": {9: "QMABC2500001"}}, "isrcs", "no track 9"),
    ("assign_codes", {"isrcs": {1: "QM-1"}}, "isrcs", "Track 1: An ISRC"),
    ("add_steps", {"steps": []}, "steps", "at least one"),
    ("add_steps", {"steps": [{"name": ""}]}, "name", "Give the step a name"),
    ("add_steps", {"steps": [{"name": "A", "weight": 0}]}, "weight", "between 1 and 100"),
    ("add_steps", {"steps": [{"name": "A", "days_before": 366}]}, "days_before", "at most 365"),
    ("add_steps", {"steps": [{"name": "A", "area": "love"}]}, "area", "Choose an area"),
    ("add_steps", {"steps": [{"name": "A", "waits_for": [7]}]}, "waits_for", "no step 7"),
]


@pytest.mark.parametrize(("transition", "details", "field", "sentence"), WRONG)
def test_wrong_input_is_named_by_field(
    transition: str, details: dict[str, Any], field: str, sentence: str, release: Release, manager: User
) -> None:
    if transition == "unschedule":
        release = act(release, "schedule", manager=manager).release
    with pytest.raises(ValidationError) as error:
        act(release, transition, manager=manager, **details)
    found = (
        error.value.message_dict if hasattr(error.value, "error_dict") else {"__all__": error.value.messages}
    )
    assert sentence in " ".join(found[field])
    assert Release.objects.get().version == release.version


def test_release_without_tracks_gets_no_date(label: Label, manager: User) -> None:
    release = plan(label, manager=manager)
    with pytest.raises(NotPossible, match="has no tracks yet"):
        act(release, "schedule", manager=manager)
    release = act(release, "set_tracks", manager=manager, tracks=[TrackLine(Line.IRRELEVANT)]).release
    with pytest.raises(NotPossible, match="has no tracks yet"):
        act(release, "schedule", manager=manager)


def test_pre_order_begins_before_the_date(release: Release, manager: User) -> None:
    release = act(release, "edit", manager=manager, pre_order_on=date(2999, 1, 8)).release
    with pytest.raises(ValidationError, match="Pre-orders begin on 8 January 2999"):
        act(release, "schedule", manager=manager)
    release = act(release, "schedule", manager=manager, release_on=date(2999, 1, 9)).release
    with pytest.raises(ValidationError, match="begin before the release date"):
        act(release, "edit", manager=manager, pre_order_on=date(2999, 1, 9))
    with pytest.raises(ValidationError, match="has this date already"):
        act(release, "schedule", manager=manager, release_on=date(2999, 1, 9))


def test_part_of_a_series_is_taken_once(label: Label, manager: User) -> None:
    series = Series(label=label, name="Night Shift")
    series.save()
    first = plan(label, manager=manager, series=series, part=1)
    with pytest.raises(ValidationError, match=f"{first.reference}.* is part 1 already"):
        plan(label, manager=manager, series=series, part=1)
    other = Series(label=make_label("Elsewhere"), name="Theirs")
    other.save()
    with pytest.raises(ValidationError, match="another label"):
        plan(label, manager=manager, series=other)
    act(first, "cancel", manager=manager)
    assert plan(label, manager=manager, series=series, part=1).part == 1


def test_old_page_is_told_who_did_what(release: Release, manager: User) -> None:
    manager.name = "Mona"
    manager.save()
    turn = release.turn
    act(release, "edit", manager=manager)
    with pytest.raises(Stale, match=r"Mona \(manager\) changed the details meanwhile"):
        do(release, "schedule", Actor.member(manager), turn=turn)
    act(release, "add_steps", manager=manager)
    step = ReleaseStep.objects.get()
    act(release, "change_step", manager=manager)
    with pytest.raises(Stale, match="changed a step meanwhile"):
        do(release, "complete_step", Actor.member(manager), turn=step.turn)


def test_repeated_key_returns_the_first_event_and_serves_no_other_act(
    release: Release, manager: User, label: Label
) -> None:
    key, actor = uuid.uuid4(), Actor.member(manager)
    first = do(release, "edit", actor, turn=release.turn, key=key)
    assert do(release, "edit", actor, turn=release.turn, key=key) == first
    before = history(release)
    for name, by in (("add_steps", actor), ("edit", Actor.member(make_member(label, Role.OWNER)))):
        with pytest.raises(Stale):
            do(release, name, by, key=key)
    assert history(release) == before


def test_moving_the_date_moves_open_steps_alone(release: Release, manager: User) -> None:
    steps = [{"name": "Master", "days_before": 10}, {"name": "Deliver", "days_before": 28, "waits_for": [1]}]
    release = act(release, "add_steps", manager=manager, steps=steps).release
    release = act(release, "schedule", manager=manager).release
    assert [step.due_on for step in release.steps.all()] == [date(2998, 12, 11)] * 2
    assert (release.due_next, release.next_step) == (date(2998, 12, 11), 1)
    release = act(release, "complete_step", manager=manager, step=1).release
    release = act(release, "schedule", manager=manager, release_on=date(2999, 2, 8)).release
    assert [step.due_on for step in release.steps.all()] == [date(2998, 12, 11), date(2999, 1, 11)]
    release = act(release, "unschedule", manager=manager).release
    assert [step.due_on for step in release.steps.all()] == [date(2998, 12, 11), None]


def test_step_is_completed_ahead_of_others_and_that_is_said(release: Release, manager: User) -> None:
    steps = [{"name": "Master"}, {"name": "Deliver", "waits_for": [1], "weight": 30}]
    release = act(release, "add_steps", manager=manager, steps=steps).release
    event = act(release, "complete_step", manager=manager, step=2)
    assert event.payload == {"step": 2, "ahead_of": [1]}
    assert (event.release.progress.percent, event.release.open_steps) == (75, 1)
    with pytest.raises(NotPossible, match="done already"):
        act(release, "skip_step", manager=manager, step=2)
    release = act(release, "skip_step", manager=manager, step=1).release
    assert (release.progress.percent, release.next_step) == (100, None)
    release = act(release, "reopen_step", manager=manager, step=2).release
    assert (release.progress.percent, release.next_area) == (0, "other")
    with pytest.raises(NotPossible, match="no such step"):
        act(release, "complete_step", manager=manager, step=9)


def test_circle_is_refused_by_name(release: Release, manager: User) -> None:
    steps = [{"name": "Master"}, {"name": "Deliver", "waits_for": [1]}]
    release = act(release, "add_steps", manager=manager, steps=steps).release
    with pytest.raises(ValidationError, match="“Master” waits for “Deliver” waits for “Master”"):
        act(release, "change_step", manager=manager, step=1, name="Master", waits_for=[2])


def test_only_the_team_is_assigned(release: Release, manager: User, label: Label) -> None:
    reviewer = make_member(label, Role.REVIEWER)
    release = act(release, "add_steps", manager=manager).release
    release = act(release, "change_step", manager=reviewer, step=1, assignee=reviewer).release
    assert list(ReleaseStep.objects.assigned_to(reviewer)) == [ReleaseStep.objects.get()]
    with pytest.raises(ValidationError, match="Only members of the team"):
        act(
            release, "change_step", manager=manager, step=1, assignee=make_member(make_label("X"), Role.OWNER)
        )
    with pytest.raises(ValidationError, match="or name somebody else"):
        act(release, "change_step", manager=manager, step=1, assignee_name="Ana")
    release = act(release, "change_step", manager=manager, step=1, assignee=None, assignee_name="Ana").release
    step = ReleaseStep.objects.get()
    assert (step.assignee, step.assignee_name) == (None, "Ana")


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_template_is_copied_whole(name: str, release: Release, manager: User) -> None:
    planned = BUILT_IN[name].steps
    assert [step.number for step in planned] == list(range(1, len(planned) + 1))
    assert find_cycle({step.number: step.waits_for for step in planned}) == []
    act(release, "add_steps", manager=manager)  # so that numbers are not the template's
    release = act(release, "add_steps", manager=manager, steps=BUILT_IN[name].as_steps()).release
    release = act(release, "schedule", manager=manager).release
    copied = list(release.steps.all())[1:]
    assert [step.name for step in copied] == [step.name for step in planned]
    assert [[number - 1 for number in step.waits_for] for step in copied] == [
        list(each.waits_for) for each in planned
    ]
    due = {step.number: step.due_on or date.max for step in copied}
    assert all(due[number] <= due[step.number] for step in copied for number in step.waits_for)
    by_own_days = {step.number: date(2999, 1, 8) - timedelta(days=step.days_before) for step in copied}
    assert due == by_own_days, "a template's steps are in an order that their days allow"
    assert list(faults()) == []


def test_codes_are_given_out_once(release: Release, manager: User, label: Label) -> None:
    given = {"catalogue_number": None, "takes_number": True, "takes_upc": True, "issues_isrcs": True}
    release = act(release, "assign_codes", manager=manager, **given).release
    assert (release.catalogue_number, release.upc) == ("HRB001", "0036000291452")
    code = release.tracks.get().isrc
    assert (code[:5], code[7:]) == (label.release_settings.isrc_prefix, "00001")
    other = plan(label, manager=manager)
    other = act(other, "set_tracks", manager=manager, tracks=[line_for(signed(label, manager))]).release
    with pytest.raises(ValidationError, match="has this number already"):
        act(other, "assign_codes", manager=manager, catalogue_number="hrb001")
    with pytest.raises(ValidationError, match="has this UPC already"):
        act(other, "assign_codes", manager=manager, upc="036000291452")
    with pytest.raises(ValidationError, match="will be issued here"):
        act(other, "assign_codes", manager=manager, isrcs={1: code[:7] + "00002"})
    with pytest.raises(ValidationError, match="keeps it"):
        act(release, "assign_codes", manager=manager, isrcs={1: "USRC17607839"})
    other = act(other, "assign_codes", manager=manager, **given).release
    assert (other.catalogue_number, other.tracks.get().isrc) == ("HRB002", code[:7] + "00002")


def test_year_of_assignment_begins_a_new_count_and_the_last_number_ends_it(
    label: Label, manager: User
) -> None:
    settings = set_up(label, isrc_first=99_999)
    given = {"catalogue_number": None, "issues_isrcs": True}
    for year in (2998, 2999):
        with at(datetime(year, 6, 1, tzinfo=UTC)):
            release = plan(label, manager=manager)
            release = act(
                release, "set_tracks", manager=manager, tracks=[line_for(signed(label, manager))]
            ).release
            act(release, "assign_codes", manager=manager, **given)
            second = plan(label, manager=manager)
            second = act(
                second, "set_tracks", manager=manager, tracks=[line_for(signed(label, manager))]
            ).release
            with pytest.raises(ValidationError, match=f"No ISRC is left for {year}"):
                act(second, "assign_codes", manager=manager, **given)
    codes = list(IssuedISRC.objects.order_by("id").values_list("code", flat=True))
    assert codes == [f"{settings.isrc_prefix}9899999", f"{settings.isrc_prefix}9999999"]


def test_code_stays_with_its_recording_when_a_list_changes(
    release: Release, manager: User, label: Label
) -> None:
    submission = Submission.objects.get()
    given = {"catalogue_number": None, "issues_isrcs": True}
    release = act(release, "assign_codes", manager=manager, **given).release
    code = release.tracks.get().isrc
    release = act(release, "set_tracks", manager=manager).release
    release = act(release, "set_tracks", manager=manager, tracks=[line_for(submission)]).release
    assert release.tracks.get().isrc == code
    assert IssuedISRC.objects.count() == 1


def test_each_gap_is_named(label: Label, manager: User) -> None:
    release = plan(label, manager=manager, artist="", genre="", artwork_url="", p_line="", c_line="")
    lines = [line_for(signed(label, manager, duration=None)), TrackLine(), TrackLine(Line.IRRELEVANT)]
    release = act(release, "set_tracks", manager=manager, tracks=lines).release
    gaps = gaps_of(release, replay(list(ReleaseEvent.objects.of(release))))
    assert [(gap.sentence, gap.place, gap.position) for gap in gaps] == [
        ("It needs an artist.", "details", 0),
        ("It needs a genre.", "details", 0),
        ("It needs a ℗ line.", "details", 0),
        ("It needs a © line.", "details", 0),
        ("It needs a link to the artwork.", "details", 0),
        ("It needs a catalogue number.", "codes", 0),
        ("It needs a UPC.", "codes", 0),
        ("It needs a release date.", "date", 0),
        ("Track 1 needs its length.", "tracks", 1),
        ("Track 1 needs an ISRC.", "codes", 1),
        ("Track 2 is to be filled.", "tracks", 2),
    ]
    release = act(release, "schedule", manager=manager).release
    with pytest.raises(NotPossible, match=r"It is not complete\. It needs an artist.* And 5 more"):
        act(release, "deliver", manager=manager)


def test_delivery_sheet_has_a_row_for_each_track_and_its_digest_is_kept(label: Label, manager: User) -> None:
    release = make_release("delivered", label=label, manager=manager, tracks=2)
    events = list(ReleaseEvent.objects.of(release))
    sheet = sheet_of(release, replay(events))
    assert events[-1].payload == {"sheet": sheet_digest(release, replay(events))}
    assert (sheet["upc"], sheet["territories"], sheet["release_on"]) == (
        "036000291452",
        ["Worldwide"],
        "2999-01-08",
    )
    assert [track["number"] for track in sheet["tracks"]] == [1, 2]
    rows = list(sheet_lines(release, replay(events)))
    assert len(rows) == 3
    assert "HRB001,036000291452,Night Shift" in rows[1]
    assert "6:24,no" in rows[2]


def test_risks_say_why(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager)
    steps = list(release.steps.all())
    told: dict[str, Any] = {"lead_days": 28, "today": date(2998, 11, 1)}
    assert risks_of(release, steps, **told) == []
    told["today"] = date(2998, 12, 1)
    assert risks_of(release, steps, **told) == ["“Master” is overdue."]
    told["today"] = date(2999, 1, 7)
    assert risks_of(release, steps, **told, overdue=["Stems"]) == [
        "It is not delivered and comes out tomorrow; deliver 28 days before.",
        "“Master” is overdue.",
        "“Stems” is owed by producers and overdue.",
    ]
    told["today"] = date(2999, 1, 8)
    assert risks_of(release, [], **told) == ["Its release day has come, and it is not delivered."]
    assert risks_of(act(release, "cancel", manager=manager).release, steps, **told) == []


def test_differences_to_the_demo_are_shown(release: Release, manager: User) -> None:
    submission = Submission.objects.get()
    line = line_for(submission, title="High Tide", mix="Dub")
    release = act(release, "set_tracks", manager=manager, tracks=[line]).release
    track = release.tracks.get()
    assert differences(track, facts_of(submission)) == {
        "title": ("High Tide", submission.title),
        "artist": ("", submission.artist),
        "seconds": (None, 384),
    }


def test_redacted_event_still_verifies_and_its_rows_are_empty(release: Release, manager: User) -> None:
    act(release, "add_steps", manager=manager)
    for event in ReleaseEvent.objects.order_by("sequence"):
        redact(event)
    row = Release.objects.get()
    assert (row.shown_title, row.artist, row.kind) == ("(redacted)", "", DETAILS["kind"])
    assert (row.tracks.get().title, row.steps.get().name) == ("", "")
    assert list(faults()) == []
    act(row, "edit", manager=manager)
    act(row, "complete_step", manager=manager)
    assert list(faults()) == []


def test_producer_who_leaves_leaves_unreleased_lists(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager, tracks=2)
    first, second = release.tracks.select_related("submission")
    assert first.submission
    redact_person_job(user_id=first.submission.producer_id)
    lines = list(release.tracks.all())
    assert [(track.line, track.title) for track in lines] == [
        ("placeholder", ""),
        ("submission", second.title),
    ]
    assert Submission.objects.get(pk=first.submission.pk).state == "signed"
    event = ReleaseEvent.objects.get(transition="set_tracks")
    assert event.private == {}
    assert list(faults()) == []


def test_manager_who_leaves_takes_their_notes_and_nothing_of_the_labels(label: Label, manager: User) -> None:
    release = make_release("scheduled", label=label, manager=manager)
    act(release, "unschedule", manager=manager, note="I am ill.")
    assert redact_person_job(user_id=manager.pk) == 1
    row = Release.objects.get()
    assert (row.title, row.tracks.get().title != "") == ("Night Shift", True)
    assert ReleaseEvent.objects.get(transition="unschedule").note == ""
    assert list(faults()) == []


def test_submission_that_owes_splits_or_deliverables_is_a_gap(label: Label, manager: User) -> None:
    release, submission = plan(label, manager=manager), signed(label, manager)
    release = act(release, "set_tracks", manager=manager, tracks=[line_for(submission)]).release

    def owed() -> list[str]:
        gaps = gaps_of(release, replay(list(ReleaseEvent.objects.of(release))))
        return [gap.sentence for gap in gaps if gap.submission == submission.reference]

    assert owed() == []
    submissions_builders.act(submission, "set_splits")
    submissions_builders.act(submission, "ask_for", manager=manager)
    assert owed() == [
        "Track 1: its splits are not settled.",
        "Track 1: what you asked for is not all approved or waived.",
    ]
    submissions_builders.act(submission, "override_splits")
    submissions_builders.act(submission, "waive", manager=manager)
    assert owed() == []
