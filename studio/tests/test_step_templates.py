"""A person's own step templates: made, copied, changed, put in order, retired, and the default one."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from catalog.tests.builders import make_producer
from studio.models import StepTemplate, StudioSettings
from studio.step_lists import choices_of, default_of, own_templates, steps_of
from studio.step_templates.forms import MORE, MOST_ROWS
from studio.template_table import BUILT_IN
from studio.tests.builders import own_template
from studio.tests.test_project_page import text_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db

LIST = "/studio/step-templates/"


@pytest.fixture
def owner(db: None) -> User:
    return make_producer()


@pytest.fixture
def client(owner: User) -> Client:
    return client_of(owner)


def rows(*steps: tuple[str, str, str]) -> dict[str, str]:
    """Return what the form sends for (place, name, weight)."""
    data = {"many": str(len(steps))}
    for number, (place, name, weight) in enumerate(steps, 1):
        data |= {f"row{number}-place": place, f"row{number}-name": name, f"row{number}-weight": weight}
    return data


def names_of(template: StepTemplate) -> list[str]:
    return [step.name for step in template.steps.all()]


def send(client: Client, place: str, **data: Any) -> Any:
    return client.post(f"{LIST}{place}", data)


def test_template_is_made_in_the_order_of_its_places(client: Client, owner: User) -> None:
    data = rows(("2", "Mix", "30"), ("1", "Sketch", ""), ("3", "", ""))
    assert send(client, "new/", name="House", **data).status_code == 303
    template = own_templates(owner).get()
    assert [(step.name, step.weight) for step in template.steps.all()] == [("Sketch", 10), ("Mix", 30)]
    assert steps_of(owner, f"own-{template.pk}") == [
        {"name": "Sketch", "weight": 10, "note": ""},
        {"name": "Mix", "weight": 30, "note": ""},
    ]


def test_more_rows_are_added_and_what_was_typed_stays(client: Client, owner: User) -> None:
    assert len(client.get(f"{LIST}new/").context["form"].rows) == MORE
    data = {"name": "House", **rows(("2", "Mix", "x"), ("", "Sketch", ""))}
    for place in ("new/", f"{own_template(owner).pk}/"):
        answer = send(client, place, more="yes", **data)
        form = answer.context["form"]
        assert (answer.status_code, form["name"].value(), len(form.rows)) == (200, "House", 2 + MORE)
        shown = [[row[name].value() for name in ("place", "name", "weight")] for row in form.rows]
        assert shown[:3] == [["2", "Mix", "x"], [2, "Sketch", 10], [3, None, 10]]
        assert answer.content.decode().count("autofocus") == 1
    assert own_templates(owner).count() == 1


def test_form_has_rows_for_a_hundred_steps_and_no_more(client: Client) -> None:
    answer = send(client, "new/", more="yes", many="99")
    assert len(answer.context["form"].rows) == MOST_ROWS
    assert 'name="more"' not in answer.content.decode()


def test_form_that_is_sent_twice_makes_one_template(client: Client, owner: User) -> None:
    data = {"name": "House", **rows(("1", "Sketch", "10"), ("2", "Mix", "30"))}
    assert [send(client, "new/", **data).status_code for _ in range(2)] == [303, 303]
    assert own_templates(owner).count() == 1


def test_built_in_template_is_copied_into_the_form(client: Client) -> None:
    form = client.get(f"{LIST}new/?from=remix").context["form"]
    shown = [row["name"].value() for row in form.rows]
    assert shown == [*(name for name, _ in BUILT_IN["remix"].steps), None, None, None]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"name": "", **rows(("1", "Mix", "10"))}, "name"),
        ({"name": "House", **rows(("1", "", "10"))}, "__all__"),
        ({"name": "house", **rows(("1", "Master", "10"))}, "name"),
        ({"name": "House", "many": "x"}, "many"),
    ],
    ids=["no name", "no steps", "name taken", "no number"],
)
def test_wrong_template_is_refused(client: Client, owner: User, data: dict[str, str], field: str) -> None:
    if data["name"] == "house":
        own_template(owner, name="House")
    before = StepTemplate.objects.count()
    answer = send(client, "new/", **data)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert StepTemplate.objects.count() == before


def test_wrong_weight_is_said_in_its_row_and_the_rest_is_kept(client: Client) -> None:
    answer = send(client, "new/", name="House", **rows(("1", "Mix", "500"), ("2", "Master", "10")))
    assert answer.status_code == 422
    page = text_of(answer)
    assert 'value="Master"' in page
    assert 'aria-invalid="true"' in page


def test_template_is_changed_and_the_steps_replaced(client: Client, owner: User) -> None:
    template = own_template(owner, "Mix", "Master")
    page = client.get(f"{LIST}{template.pk}/").context["form"]
    assert [row["name"].value() for row in page.rows][:2] == ["Mix", "Master"]
    answer = send(client, f"{template.pk}/", name="Mine", **rows(("2", "Mix", "10"), ("1", "Loud", "20")))
    assert answer.status_code == 303
    assert names_of(template) == ["Loud", "Mix"]


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        (("1", "2", "1"), ["C", "A", "B"]),
        (("3", "2", "3"), ["B", "C", "A"]),
        (("2", "2", "3"), ["B", "A", "C"]),
        (("", "1", ""), ["B", "A", "C"]),
    ],
    ids=["last to the front", "first to the end", "first behind the second", "one place typed"],
)
def test_step_takes_the_place_that_is_typed(
    client: Client, owner: User, places: tuple[str, str, str], expected: list[str]
) -> None:
    steps = [(place, name, "10") for place, name in zip(places, "ABC", strict=True)]
    send(client, "new/", name="House", **rows(*steps))
    assert names_of(own_templates(owner).get()) == expected


def test_templates_of_others_are_not_there(client: Client) -> None:
    foreign = own_template(make_producer())
    assert client.get(f"{LIST}{foreign.pk}/").status_code == 404
    assert send(client, f"{foreign.pk}/retire/").status_code == 404
    assert "Mine" not in text_of(client.get(LIST))


def test_templates_are_put_in_order(client: Client, owner: User) -> None:
    first, second, third = (own_template(owner, name=name) for name in ("A", "B", "C"))
    assert send(client, "order/", up=third.pk).status_code == 303
    assert [each.name for each in own_templates(owner)] == ["A", "C", "B"]
    send(client, "order/", up=first.pk)
    send(client, "order/", down="9" * 30)
    assert [each.name for each in own_templates(owner)] == ["A", "C", "B"]
    send(client, "order/", down=first.pk)
    assert [each.name for each in own_templates(owner)] == ["C", "A", "B"]
    assert second in own_templates(owner)


def test_retired_template_is_offered_no_longer(client: Client, owner: User) -> None:
    template = own_template(owner)
    send(client, "default/", template=f"own-{template.pk}")
    assert default_of(owner) == f"own-{template.pk}"
    assert send(client, f"{template.pk}/retire/").status_code == 303
    assert [name for name, _ in choices_of(owner)] == ["Built in"]
    assert default_of(owner) == ""
    assert steps_of(owner, f"own-{template.pk}") == []
    assert own_template(owner).name == template.name  # the name is free again


def test_new_projects_begin_with_the_track_template_until_one_chooses(client: Client, owner: User) -> None:
    assert default_of(owner) == "track"
    assert send(client, "default/", template="rock-band").status_code == 303
    assert default_of(owner) == "rock-band"
    assert send(client, "default/", template="").status_code == 303
    assert (default_of(owner), StudioSettings.objects.count()) == ("", 1)
    assert send(client, "default/", template="polka").status_code == 422


@pytest.mark.parametrize("many", ["", "x", "9" * 5000])
def test_rows_are_kept_although_their_number_was_lost(client: Client, many: str) -> None:
    answer = send(client, "new/", name="", many=many, **{"row2-name": "Drums"})
    assert answer.status_code == 422
    assert 'name="row2-name" value="Drums"' in answer.content.decode()
