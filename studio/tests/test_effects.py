"""What acts change, and what they refuse beside which field."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import Picture, User
from catalog.tests.builders import make_producer, make_track
from studio.choices import Act, Level, Mark, RequestState, State, Visibility
from studio.creation import make_pack, make_project
from studio.errors import Gone, NotAllowed, NotPossible
from studio.forget import REMOVED, forget
from studio.levels import level_in_project
from studio.models import CrewRequest, Entry, Pack, Project, ProjectCrew, ProjectStep, StudioEvent
from studio.template_table import BUILT_IN
from studio.tests.builders import a_pack, a_project, act

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner)


def fresh(project: Project) -> Project:
    return Project.objects.get(pk=project.pk)


def with_steps(project: Project, owner: User, *names: str) -> Project:
    act(project, Act.ADD_STEPS, owner, steps=[{"name": name, "weight": 20} for name in names])
    return fresh(project)


def test_progress_is_done_weight_of_what_applies(project: Project, owner: User) -> None:
    with_steps(project, owner, "Mix", "Master", "Send", "Video")
    act(project, Act.COMPLETE_STEP, owner, step=1)
    assert fresh(project).progress.percent == 25
    act(project, Act.SKIP_STEP, owner, step=4)
    assert fresh(project).progress.percent == 33
    act(project, Act.CHANGE_STEP, owner, step=1, weight=60)
    assert fresh(project).progress.percent == 60
    act(project, Act.REMOVE_STEP, owner, step=2)
    act(project, Act.REOPEN_STEP, owner, step=1)
    after = fresh(project)
    assert (after.weight, after.weight_done) == (80, 0)


def test_first_step_that_is_done_begins_the_project(project: Project, owner: User) -> None:
    with_steps(project, owner, "Mix")
    event = act(project, Act.COMPLETE_STEP, owner, step=1)
    step = ProjectStep.objects.get()
    assert fresh(project).state == State.IN_PROGRESS
    assert event.details == {"step": 1, "before": "planned", "state": "in_progress"}
    assert (step.done_by, step.done_at is not None) == (owner, True)
    with pytest.raises(NotPossible, match="already done"):
        act(project, Act.COMPLETE_STEP, owner, step=1)


@pytest.mark.parametrize("name", BUILT_IN)
def test_built_in_templates_can_be_used(project: Project, owner: User, name: str) -> None:
    act(project, Act.ADD_STEPS, owner, steps=BUILT_IN[name].as_steps())
    assert [step.name for step in ProjectStep.objects.all()] == [step for step, _ in BUILT_IN[name].steps]


def test_parts_of_a_rock_band_custom_are_all_there() -> None:
    names = [name for name, _ in BUILT_IN["rock-band"].steps]
    assert len(names) == 15
    assert names[:4] == ["Stems", "MIDI", "Tempo map", "Fake ending"]
    assert names[-2:] == ["Overdrive", "Compile"]


def test_steps_are_put_in_another_order(project: Project, owner: User) -> None:
    with_steps(project, owner, "Mix", "Master", "Send")
    act(project, Act.ORDER_STEPS, owner, steps=[3, 1, 2])
    assert [step.name for step in ProjectStep.objects.all()] == ["Send", "Mix", "Master"]
    with pytest.raises(NotPossible, match="steps have changed"):
        act(project, Act.ORDER_STEPS, owner, steps=[3, 1])


def test_step_is_given_to_crew_or_to_somebody_named(project: Project, owner: User) -> None:
    with_steps(project, owner, "Mix")
    drummer = make_producer()
    with pytest.raises(ValidationError) as refused:
        act(project, Act.CHANGE_STEP, owner, step=1, assignee=drummer)
    assert list(refused.value.message_dict) == ["assignee"]
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW, parts=["drums"])
    act(project, Act.CHANGE_STEP, owner, step=1, assignee=drummer)
    assert ProjectStep.objects.get().assignee == drummer
    with pytest.raises(ValidationError):
        act(project, Act.CHANGE_STEP, owner, step=1, assignee_name="Joe from the studio")
    act(project, Act.CHANGE_STEP, owner, step=1, assignee=None, assignee_name="Joe from the studio")
    assert ProjectStep.objects.get().assignee_name == "Joe from the studio"


WRONG: list[tuple[Act, dict[str, Any], str]] = [
    (Act.EDIT, {"title": " "}, "title"),
    (Act.EDIT, {"title": "x" * 151}, "title"),
    (Act.EDIT, {"title": "a\x00b"}, "title"),
    (Act.EDIT, {"year": 12}, "year"),
    (Act.EDIT, {"video_url": "javascript:alert(1)"}, "video_url"),
    (Act.EDIT, {"download_url": "//["}, "download_url"),
    (Act.EDIT, {"is_optional": True}, "is_optional"),
    (Act.SET_STATE, {"state": "lost"}, "state"),
    (Act.SET_VISIBILITY, {"visibility": "moon"}, "visibility"),
    (Act.ADD_STEPS, {"steps": []}, "steps"),
    (Act.ADD_STEPS, {"steps": [{"name": ""}]}, "name"),
    (Act.ADD_STEPS, {"steps": [{"name": "Mix", "weight": 0}]}, "weight"),
    (Act.ADD_STEPS, {"steps": [{"name": str(number)} for number in range(101)]}, "steps"),
    (Act.ADD_LINK, {"url": "ftp://example.com/x"}, "url"),
    (Act.ADD_LINK, {"url": "https://example.com/x", "message": "x" * 501}, "message"),
]


@pytest.mark.parametrize(("name", "given", "field"), WRONG)
def test_wrong_input_is_refused_beside_its_field(
    project: Project, owner: User, name: Act, given: dict[str, Any], field: str
) -> None:
    before = StudioEvent.objects.count()
    with pytest.raises(ValidationError) as refused:
        act(project, name, owner, **given)
    assert list(refused.value.message_dict) == [field]
    assert StudioEvent.objects.count() == before


def test_track_owns_title_and_artist(project: Project, owner: User) -> None:
    track = make_track(owner, title="Tides")
    act(project, Act.LINK_TRACK, owner, track=track)
    linked = fresh(project)
    assert (linked.title, linked.shown_title) == ("", "Tides")
    with pytest.raises(ValidationError, match="linked track"):
        act(project, Act.EDIT, owner, title="Ebb")
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(title="Ebb")
    with pytest.raises(NotPossible, match="Another project"):
        act(a_project(owner), Act.LINK_TRACK, owner, track=track)
    act(project, Act.UNLINK_TRACK, owner)
    assert fresh(project).title == "Tides"


def test_mix_name_of_a_track_is_shown_and_kept(project: Project, owner: User) -> None:
    track = make_track(owner, title="Tides", mix="Vera Remix")
    act(project, Act.LINK_TRACK, owner, track=track)
    assert fresh(project).shown_title == "Tides (Vera Remix)"
    act(project, Act.UNLINK_TRACK, owner)
    assert fresh(project).title == "Tides (Vera Remix)"
    long = make_track(owner, title="x" * 150, mix="Vera Remix")
    act(project, Act.LINK_TRACK, owner, track=long)
    act(project, Act.UNLINK_TRACK, owner)
    assert fresh(project).title == "x" * 150


def test_track_of_somebody_else_is_not_linked(project: Project, owner: User) -> None:
    with pytest.raises(NotAllowed):
        act(project, Act.LINK_TRACK, owner, track=make_track(make_producer()))


def test_released_keeps_its_moment_until_it_is_taken_back(project: Project, owner: User) -> None:
    act(project, Act.SET_STATE, owner, state=State.RELEASED)
    assert fresh(project).released_at
    act(project, Act.SET_STATE, owner, state=State.FINISHED)
    assert fresh(project).released_at is None
    with pytest.raises(NotPossible, match="already"):
        act(project, Act.SET_STATE, owner, state=State.FINISHED)


def test_cover_is_replaced_and_removed(project: Project, owner: User) -> None:
    first, second = (Picture.objects.create(data=word) for word in (b"one", b"two"))
    act(project, Act.SET_COVER, owner, picture=first)
    act(project, Act.SET_COVER, owner, picture=second)
    assert fresh(project).cover == second
    assert list(Picture.objects.all()) == [second]
    act(project, Act.SET_COVER, owner)
    assert not Picture.objects.exists()
    with pytest.raises(NotPossible, match="no cover"):
        act(project, Act.SET_COVER, owner)


def test_pack_keeps_its_order(owner: User) -> None:
    pack = a_pack(owner)
    first, second, third = (a_project(owner, pack=pack, title=title) for title in ("A", "B", "C"))
    act(pack, Act.ORDER_PROJECTS, owner, projects=[third.code, first.code, second.code])
    assert [each.title for each in pack.projects.order_by("position")] == ["C", "A", "B"]
    act(first, Act.TAKE_OUT, owner)
    act(first, Act.PLACE, owner, pack=pack)
    assert [each.title for each in pack.projects.order_by("position")] == ["C", "B", "A"]
    with pytest.raises(NotPossible, match="Remove it from that pack first"):
        act(first, Act.PLACE, owner, pack=a_pack(owner))
    with pytest.raises(NotPossible, match="Remove its projects"):
        act(pack, Act.DISCARD, owner)


def test_project_made_after_one_was_taken_out_comes_last(owner: User) -> None:
    pack = a_pack(owner)
    first, _ = (a_project(owner, pack=pack, title=title) for title in ("A", "B"))
    act(first, Act.TAKE_OUT, owner)
    last = a_project(owner, pack=pack, title="C")
    assert list(pack.projects.order_by("position").values_list("title", "position")) == [("B", 2), ("C", 3)]
    assert last.position == 3


def test_pack_in_the_bin_takes_no_project(owner: User) -> None:
    pack, project = a_pack(owner), a_project(owner)
    act(pack, Act.DISCARD, owner)
    with pytest.raises(NotPossible, match="in the bin"):
        act(project, Act.PLACE, owner, pack=pack)
    assert fresh(project).pack is None


def test_project_restored_from_a_pack_in_the_bin_is_in_no_pack(owner: User) -> None:
    pack = a_pack(owner, kind="series")
    project = a_project(owner, pack=pack)
    act(pack, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides")])
    act(pack, Act.MARK_ENTRY, owner, entry=1, mark=Mark.PROJECT, project=project)
    act(project, Act.DISCARD, owner)
    act(pack, Act.DISCARD, owner)
    assert act(project, Act.RESTORE, owner).details == {"pack": pack.code}
    assert (fresh(project).pack, fresh(project).discarded_at) == (None, None)
    entry = Entry.objects.get()
    assert (entry.mark, entry.project) == (Mark.OPEN, None)


def test_project_restored_stays_in_a_pack_that_is_there(owner: User) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    act(project, Act.DISCARD, owner)
    assert act(project, Act.RESTORE, owner).details == {}
    assert fresh(project).pack == pack


def test_nobody_adds_to_the_pack_of_others(owner: User) -> None:
    pack, stranger = a_pack(owner), make_producer()
    with pytest.raises(NotAllowed):
        make_project(stranger, key=uuid4(), pack=pack, title="Mine")
    with pytest.raises(NotAllowed):
        act(a_project(stranger), Act.PLACE, stranger, pack=pack)


def test_same_form_makes_one(owner: User) -> None:
    key = uuid4()
    assert make_project(owner, key=key, title="A") == make_project(owner, key=key, title="A")
    other = uuid4()
    assert make_pack(owner, key=other, title="P") == make_pack(owner, key=other, title="P")
    assert (Project.objects.count(), Pack.objects.count()) == (1, 1)


def test_series_marks_its_lines(owner: User) -> None:
    series = a_pack(owner, kind="series", series_number=4)
    act(series, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides"), ("Nova", "Ebb"), ("", "Intro")])
    project = a_project(owner, pack=series, title="Tides")
    act(series, Act.MARK_ENTRY, owner, entry=1, mark=Mark.PROJECT, project=project)
    act(series, Act.MARK_ENTRY, owner, entry=2, mark=Mark.EXISTS)
    act(series, Act.MARK_ENTRY, owner, entry=3, mark=Mark.IRRELEVANT)
    assert [entry.mark for entry in series.entries.all()] == ["project", "exists", "irrelevant"]
    act(project, Act.TAKE_OUT, owner)
    assert series.entries.get(number=1).mark == Mark.OPEN
    with pytest.raises(ValidationError):
        act(series, Act.MARK_ENTRY, owner, entry=1, mark=Mark.PROJECT)
    with pytest.raises(ValidationError):
        act(series, Act.MARK_ENTRY, owner, entry=1, mark=Mark.PROJECT, project=a_project(owner))
    with pytest.raises(Gone):
        act(series, Act.REMOVE_ENTRY, owner, entry=9)
    with pytest.raises(NotPossible, match="series"):
        act(a_pack(owner), Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides")])


def test_pack_that_is_no_series_any_more_has_no_number(owner: User) -> None:
    pack = a_pack(owner, kind="series", series_number=4)
    act(pack, Act.EDIT, owner, kind="ep")
    assert Pack.objects.get().series_number is None


@pytest.fixture
def asked(project: Project, owner: User) -> CrewRequest:
    """The request of somebody who would like to drum."""
    act(project, Act.SET_VISIBILITY, owner, visibility=Visibility.PUBLIC)
    drummer = make_producer()
    act(project, Act.ASK_TO_JOIN, drummer, message="I drum.", parts=["drums", "drums", ""])
    return CrewRequest.objects.select_related("user").get()


def test_request_is_accepted_with_parts(project: Project, owner: User, asked: CrewRequest) -> None:
    assert asked.parts_wanted == ["drums"]
    event = act(
        project, Act.ACCEPT_REQUEST, owner, request=asked.pk, level=Level.EDIT, parts=["drums", "fills"]
    )
    crew = ProjectCrew.objects.get()
    assert (crew.user, crew.level, crew.parts) == (asked.user, Level.EDIT, ["drums", "fills"])
    assert event.details == {"request": asked.pk, "person": asked.user_id, "level": 3, "is_new": True}
    asked.refresh_from_db()
    assert (asked.state, asked.parts_given, asked.answered_by) == ("accepted", ["drums", "fills"], owner)
    assert level_in_project(asked.user, fresh(project)) == Level.EDIT


def test_refused_request_is_reopened_by_the_owner_alone(
    project: Project, owner: User, asked: CrewRequest
) -> None:
    act(project, Act.REFUSE_REQUEST, owner, request=asked.pk)
    with pytest.raises(NotPossible, match="already asked"):
        act(project, Act.ASK_TO_JOIN, asked.user)
    act(project, Act.REOPEN_REQUEST, owner, request=asked.pk)
    act(project, Act.ACCEPT_REQUEST, owner, request=asked.pk)
    with pytest.raises(NotPossible, match="no longer open"):
        act(project, Act.REFUSE_REQUEST, owner, request=asked.pk)


def test_withdrawn_request_can_be_made_again(project: Project, asked: CrewRequest) -> None:
    act(project, Act.WITHDRAW_REQUEST, asked.user)
    act(project, Act.ASK_TO_JOIN, asked.user, message="After all.")
    asked.refresh_from_db()
    assert (asked.state, asked.message) == (RequestState.PENDING, "After all.")


def test_crew_leaves_and_owners_do_not(project: Project, owner: User) -> None:
    person = make_producer()
    act(project, Act.ADD_CREW, owner, person=person, level=Level.EDIT)
    act(project, Act.LEAVE, person)
    assert not ProjectCrew.objects.exists()
    with pytest.raises(NotPossible, match="cannot leave"):
        act(project, Act.LEAVE, owner)
    with pytest.raises(ValidationError, match="owner"):
        act(project, Act.ADD_CREW, owner, person=owner, level=Level.EDIT)
    with pytest.raises(ValidationError):
        act(project, Act.ADD_CREW, owner, person=person, level=Level.OWN)


@pytest.mark.parametrize("act_name", [Act.LEAVE, Act.REMOVE_CREW])
@pytest.mark.parametrize("kind", ["project", "pack"])
def test_open_steps_of_who_is_no_longer_in_the_crew_are_nobodys(
    owner: User, act_name: Act, kind: str
) -> None:
    pack, drummer = a_pack(owner), make_producer()
    project = a_project(owner, pack=pack)
    crew: Project | Pack = project if kind == "project" else pack
    act(crew, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    steps = [
        {"name": name, "assignee": person} for name, person in (("A", drummer), ("B", owner), ("C", drummer))
    ]
    act(project, Act.ADD_STEPS, owner, steps=steps)
    act(project, Act.COMPLETE_STEP, drummer, step=3)
    if act_name == Act.LEAVE:
        act(crew, Act.LEAVE, drummer)
    else:
        act(crew, Act.REMOVE_CREW, owner, person=drummer.pk)
    assert list(project.steps.order_by("number").values_list("assignee", flat=True)) == [
        None,
        owner.pk,
        drummer.pk,
    ]


def test_steps_stay_with_who_is_in_the_crew_of_the_pack_still(owner: User) -> None:
    pack, drummer = a_pack(owner), make_producer()
    project = a_project(owner, pack=pack)
    for crew in (project, pack):
        act(crew, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Drums", "assignee": drummer}])
    act(project, Act.LEAVE, drummer)
    assert project.steps.get().assignee == drummer
    act(project, Act.TAKE_OUT, owner)
    assert project.steps.get().assignee is None


def test_events_hold_no_words(project: Project, owner: User, asked: CrewRequest) -> None:
    with_steps(project, owner, "Secret step")
    act(project, Act.EDIT, owner, notes="Secret notes", title="Secret title")
    act(project, Act.ADD_LINK, owner, url="https://example.com/secret", message="Secret")
    said = str(list(StudioEvent.objects.values_list("details", flat=True)))
    assert "ecret" not in said
    assert "drum" not in said


def test_nothing_typed_by_somebody_who_left_stays(project: Project, owner: User) -> None:
    with_steps(project, owner, "Secret step")
    pack = a_pack(owner, kind="series", title="Secret pack")
    act(pack, Act.ADD_ENTRIES, owner, entries=[("Secret", "Secret song")])
    act(project, Act.EDIT, owner, notes="Secret", artist="Secret")
    act(project, Act.ADD_LINK, owner, url="https://example.com/secret")
    for _ in range(2):
        forget(owner.pk)
    assert fresh(project).title == Pack.objects.get().title == REMOVED
    texts = [list(model.objects.values()) for model in (Project, Pack, ProjectStep)]
    assert "ecret" not in str(texts) + str(list(pack.entries.values())) + str(list(project.links.values()))
    assert StudioEvent.objects.filter(project=project).exists()
