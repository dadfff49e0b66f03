"""Steps of a project: done in one press with HTMX and without, added, changed, put in order."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.choices import Act, Level, State
from studio.models import Project, ProjectStep, StudioEvent
from studio.template_table import BUILT_IN
from studio.tests.builders import a_pack, a_project, act, own_template
from studio.tests.test_project_page import text_of, url
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db

ROW = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "step-1"}
HTMX = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "steps"}
ORDER = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "order-base"}


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def project(owner: User) -> Project:
    project = a_project(owner)
    act(project, Act.ADD_STEPS, owner, steps=[{"name": name} for name in ("Mix", "Master", "Send")])
    return project


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def send(client: Client, project: Project, place: str, *, headers: Any = None, **data: Any) -> Any:
    return client.post(url(project, f"steps/{place}"), {"key": uuid4(), **data}, **(headers or {}))


def names() -> list[str]:
    return [step.name for step in ProjectStep.objects.all()]


def test_step_is_completed_skipped_and_reopened_without_javascript(client: Client, project: Project) -> None:
    answer = send(client, project, "1/act/", act="complete_step")
    assert (answer.status_code, answer.url) == (303, f"{url(project)}#step-1")
    assert "“Mix” is done." in text_of(client.get(url(project)))
    assert ProjectStep.objects.get(number=1).is_done
    send(client, project, "1/act/", act="reopen_step")
    assert ProjectStep.objects.get(number=1).is_open
    send(client, project, "1/act/", act="skip_step")
    assert ProjectStep.objects.get(number=1).is_skipped


def test_step_is_completed_in_one_press_with_the_status_beside_it(client: Client, project: Project) -> None:
    answer = send(client, project, "1/act/", act="complete_step", headers=ROW)
    assert answer.status_code == 200
    page = text_of(answer)
    assert page.startswith('<li class="making__step making__step--done" id="step-1"')
    assert page.count("<li") == 1
    assert "by you" in page
    assert "In progress" in page
    assert "33%" in page
    assert "“Mix” is done." in page
    assert Project.objects.get().state == State.IN_PROGRESS


def test_second_press_is_told_that_it_is_done(client: Client, project: Project) -> None:
    send(client, project, "1/act/", act="complete_step")
    answer = send(client, project, "1/act/", act="complete_step", headers=ROW)
    assert answer.status_code == 409
    assert "This step is already done." in text_of(answer)
    assert send(client, project, "1/act/", act="complete_step").status_code == 409


def test_step_that_is_gone_leaves_the_list(client: Client, project: Project, owner: User) -> None:
    act(project, Act.REMOVE_STEP, owner, step=1)
    answer = send(client, project, "1/act/", act="complete_step", headers=ROW)
    assert answer.status_code == 409
    page = text_of(answer)
    assert "This step has been removed." in page
    assert "<li" not in page


def test_same_press_sent_twice_acts_once(client: Client, project: Project) -> None:
    data = {"key": uuid4(), "act": "complete_step"}
    before = StudioEvent.objects.count()
    assert [client.post(url(project, "steps/1/act/"), data).status_code for _ in range(2)] == [303, 303]
    assert StudioEvent.objects.count() == before + 1


def test_unknown_act_and_page_without_a_key_are_refused(client: Client, project: Project) -> None:
    assert send(client, project, "1/act/", act="discard").status_code == 404
    answer = client.post(url(project, "steps/1/act/"), {"act": "complete_step"})
    assert answer.status_code == 422
    assert "This page has expired. Try again." in text_of(answer)
    assert ProjectStep.objects.get(number=1).is_open


def test_step_is_added_by_its_name(client: Client, project: Project) -> None:
    assert send(client, project, "", name="Video").status_code == 303
    answer = send(client, project, "", name="Poster", headers=HTMX)
    assert answer.status_code == 200
    assert names() == ["Mix", "Master", "Send", "Video", "Poster"]
    answer = send(client, project, "", name=" ", headers=HTMX)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in text_of(answer)


@pytest.mark.parametrize("word", BUILT_IN)
def test_steps_of_a_built_in_template_are_added_below(client: Client, project: Project, word: str) -> None:
    assert send(client, project, "add/", template=word).status_code == 303
    assert names() == ["Mix", "Master", "Send", *(name for name, _ in BUILT_IN[word].steps)]


def test_steps_of_ones_own_template_are_added_those_of_others_are_not(
    client: Client, project: Project, owner: User
) -> None:
    own, foreign = own_template(owner, "Demo", "Vocals"), own_template(make_producer(), "Theirs")
    assert send(client, project, "add/", template=f"own-{foreign.pk}").status_code == 422
    assert send(client, project, "add/", template=f"own-{own.pk}").status_code == 303
    assert names() == ["Mix", "Master", "Send", "Demo", "Vocals"]


def test_one_step_is_added_with_all_about_it(client: Client, project: Project) -> None:
    data = {"name": "Vocals", "weight": "30", "assignee_name": "Ada", "note": "In the small room"}
    assert send(client, project, "add/", **data).status_code == 303
    step = ProjectStep.objects.get(name="Vocals")
    assert (step.weight, step.assignee_name, step.note) == (30, "Ada", "In the small room")
    answer = send(client, project, "add/", **{**data, "weight": "0"})
    assert answer.status_code == 422
    assert "In the small room" in text_of(answer)


def test_step_is_given_to_the_crew_of_project_or_pack_alone(client: Client, owner: User) -> None:
    pack = a_pack(owner)
    project = a_project(owner, pack=pack)
    act(project, Act.ADD_STEPS, owner, steps=[{"name": "Drums"}])
    drummer, singer, stranger = make_producer(), make_producer(), make_producer()
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.VIEW)
    act(pack, Act.ADD_CREW, owner, person=singer, level=Level.VIEW)
    form = client.get(url(project, "steps/1/")).context["form"]
    assert set(form.fields["assignee"].queryset) == {owner, drummer, singer}
    data = {"name": "Drums", "weight": "10"}
    assert send(client, project, "1/", **data, assignee=stranger.pk).status_code == 422
    assert send(client, project, "1/", **data, assignee=drummer.pk).status_code == 303
    assert ProjectStep.objects.get().assignee == drummer
    assert "assigned to you" in text_of(client_of(drummer).get(url(project)))


@pytest.fixture
def drummer(project: Project, owner: User) -> User:
    drummer = make_producer(artist_name="Ada Beat")
    act(project, Act.ADD_CREW, owner, person=drummer, level=Level.EDIT)
    return drummer


def test_who_saves_an_older_page_of_a_step_is_told_what_stands_there(
    client: Client, project: Project, drummer: User
) -> None:
    stamp = client.get(url(project, "steps/1/")).context["form"]["stamp"].initial
    theirs = client_of(drummer)
    their_stamp = theirs.get(url(project, "steps/1/")).context["form"]["stamp"].initial
    changed = {"name": "Mix", "weight": "40", "assignee": drummer.pk, "note": "Sidechain"}
    assert send(theirs, project, "1/", **changed, stamp=their_stamp).status_code == 303
    data = {"name": "Final mix", "weight": "10", "note": "Brighter hats"}
    answer = send(client, project, "1/", **data, stamp=stamp)
    assert answer.status_code == 409
    page = text_of(answer)
    for words in ("Weight: 40", "Assigned to: Ada Beat", "Note: Sidechain", "Brighter hats", "Final mix"):
        assert words in page
    assert "Key:" not in page
    step = ProjectStep.objects.get(number=1)
    assert (step.name, step.weight, step.note, step.assignee) == ("Mix", 40, "Sidechain", drummer)
    again = answer.context["form"]["stamp"].value()
    assert send(client, project, "1/", **data, stamp=again).status_code == 303
    step = ProjectStep.objects.get(number=1)
    assert (step.name, step.weight, step.note, step.assignee) == ("Final mix", 10, "Brighter hats", None)


def test_assignment_to_somebody_of_the_same_name_is_a_change_too(
    client: Client, project: Project, owner: User, drummer: User
) -> None:
    other = make_producer(artist_name="Ada Beat")
    act(project, Act.ADD_CREW, owner, person=other, level=Level.VIEW)
    act(project, Act.CHANGE_STEP, owner, step=1, assignee=other)
    stamp = client.get(url(project, "steps/1/")).context["form"]["stamp"].initial
    act(project, Act.CHANGE_STEP, owner, step=1, assignee=drummer)
    answer = send(client, project, "1/", name="Mix", weight="10", assignee=other.pk, stamp=stamp)
    assert answer.status_code == 409
    assert ProjectStep.objects.get(number=1).assignee == drummer


def test_step_saved_twice_by_the_same_form_is_no_conflict(client: Client, project: Project) -> None:
    stamp = client.get(url(project, "steps/1/")).context["form"]["stamp"].initial
    data = {"key": uuid4(), "name": "Final mix", "weight": "20", "stamp": stamp}
    before = StudioEvent.objects.count()
    assert [client.post(url(project, "steps/1/"), data).status_code for _ in range(2)] == [303, 303]
    assert StudioEvent.objects.count() == before + 1


def test_step_is_removed(client: Client, project: Project) -> None:
    assert send(client, project, "2/act/", act="remove_step").status_code == 303
    assert names() == ["Mix", "Send"]
    assert client.get(url(project, "steps/2/")).status_code == 404


def test_order_is_saved_as_dragged_and_by_buttons(client: Client, project: Project) -> None:
    answer = send(client, project, "order/", order=[3, 1, 2], headers=ORDER)
    assert (answer.status_code, "The order is saved." in text_of(answer)) == (200, True)
    assert names() == ["Send", "Mix", "Master"]
    assert send(client, project, "order/", order=[3, 1, 2], down=3).status_code == 303
    assert names() == ["Mix", "Send", "Master"]
    assert send(client, project, "order/", order=[1, 3, 2], up=1, headers=HTMX).status_code == 200
    assert names() == ["Mix", "Send", "Master"]
    assert send(client, project, "order/", order=[1, 3, 2], up=2, headers=HTMX).status_code == 200
    assert names() == ["Mix", "Master", "Send"]


def test_order_of_other_steps_is_refused(client: Client, project: Project, owner: User) -> None:
    act(project, Act.REMOVE_STEP, owner, step=2)
    answer = send(client, project, "order/", order=[3, 1, 2], headers=ORDER)
    assert answer.status_code == 409
    assert "The steps have changed meanwhile." in text_of(answer)
    assert names() == ["Mix", "Send"]
