"""Two people at one project at the same moment: nobody is silently overwritten, and nothing is done twice."""

from functools import partial
from typing import Any
from uuid import uuid4

import pytest

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level
from studio.creation import make_project
from studio.models import Project, ProjectStep, StudioEvent
from studio.series_page.service import begin_entry
from studio.tasks import forget_person
from studio.tests.builders import a_pack, a_project, act
from studio.tests.test_project_page import text_of, url
from trackflow.testing.clients import client_of
from trackflow.testing.races import at_once, overtaken

pytestmark = pytest.mark.usefixtures("committed_db")


@pytest.fixture
def owner(committed_db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    return a_project(owner, pack=a_pack(owner))


def posted(user: User, project: Project, place: str, **data: Any) -> Any:
    return client_of(user).post(url(project, place), {"key": uuid4(), **data})


def test_who_saves_while_somebody_else_saves_is_told(project: Project, owner: User) -> None:
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    page = client_of(editor).get(url(project, "edit/"))
    stamp = page.context["facts_form"]["stamp"].initial
    assert project.pack
    answer = overtaken(
        lambda: posted(editor, project, "edit/", title="Mine", stamp=stamp),
        by=lambda: act(project, Act.EDIT, owner, title="Theirs"),
        at=project.pack,
    )
    assert answer.status_code == 409
    assert "Title: Theirs" in text_of(answer)
    assert Project.objects.get().title == "Theirs"


def test_who_saves_a_step_while_somebody_else_saves_it_is_told(project: Project, owner: User) -> None:
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}])
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    stamp = client_of(editor).get(url(project, "steps/1/")).context["form"]["stamp"].initial
    assert project.pack
    answer = overtaken(
        lambda: posted(editor, project, "steps/1/", name="Mine", weight=10, stamp=stamp),
        by=lambda: act(project, Act.CHANGE_STEP, owner, step=1, name="Theirs"),
        at=project.pack,
    )
    assert answer.status_code == 409
    assert "Step: Theirs" in text_of(answer)
    assert ProjectStep.objects.get().name == "Theirs"


def test_step_that_two_complete_at_once_is_completed_by_one(project: Project, owner: User) -> None:
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}])
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    press = partial(posted, project=project, place="steps/1/act/", act="complete_step")
    answers = at_once([partial(press, owner), partial(press, editor)])
    assert sorted(answer.status_code for answer in answers) == [303, 409]
    done = StudioEvent.objects.get(act=Act.COMPLETE_STEP)
    assert ProjectStep.objects.get().done_by == done.actor


def test_form_that_arrives_twice_at_once_acts_once(project: Project, owner: User) -> None:
    data = {"key": uuid4(), "name": "Mix"}
    answers = at_once([lambda: client_of(owner).post(url(project, "steps/"), data)] * 2)
    assert [answer.status_code for answer in answers] == [303, 303]
    assert ProjectStep.objects.count() == 1


def test_order_made_while_a_step_is_removed_is_refused(project: Project, owner: User) -> None:
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Mix"}, {"name": "Master"}])
    assert project.pack
    answer = overtaken(
        lambda: posted(owner, project, "steps/order/", order=[2, 1]),
        by=lambda: act(project, Act.REMOVE_STEP, owner, step=1),
        at=project.pack,
    )
    assert answer.status_code == 409
    assert [step.name for step in ProjectStep.objects.all()] == ["Master"]


def test_line_is_begun_while_its_maker_begins_a_project_in_the_pack(owner: User) -> None:
    """Both lock the person and then the pack: neither waits for the other."""
    series = a_pack(owner, kind="series")
    act(series, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides")])
    begun = overtaken(
        lambda: begin_entry(series, 1, user=owner, key=uuid4()),
        by=lambda: make_project(owner, key=uuid4(), pack=series, title="Ebb"),
        at=owner,
    )
    assert begun.act == Act.MARK_ENTRY
    assert sorted(each.title for each in series.projects.all()) == ["Ebb", "Tides"]


def test_line_that_is_begun_twice_at_once_is_begun_once(owner: User) -> None:
    series, key = a_pack(owner, kind="series"), uuid4()
    act(series, Act.ADD_ENTRIES, owner, entries=[("Nova", "Tides")])
    first, second = at_once([lambda: begin_entry(series, 1, user=owner, key=key)] * 2)
    assert first == second
    assert series.projects.count() == 1


def test_project_is_edited_while_its_owner_is_forgotten(project: Project, owner: User) -> None:
    """Both lock the pack and then the project: neither waits for the other."""
    editor = make_producer()
    act(project, Act.ADD_CREW, owner, person=editor, level=Level.EDIT)
    assert project.pack
    overtaken(
        lambda: forget_person(user_id=owner.pk),
        by=lambda: act(project, Act.EDIT, editor, notes="Secret"),
        at=project.pack,
    )
    assert Project.objects.get().notes == ""
