"""What a label usually asks for: who reads and who changes the list."""

from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from activity.tests.log_lines import logged
from kit.errors import Gone
from labels.deliverable_templates import MOST, USUAL, retire, save, stamp_of
from labels.models import DeliverableTemplate
from labels.status import suspend
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of

NEW = {"name": "Stems", "kind": "link", "instructions": "Dry and processed.", "days": "21"}


def page(user: User) -> Any:
    return client_of(user).get(reverse("workspace:deliverable-templates", args=["harbour"]))


def create(user: User, **fields: str) -> Any:
    return client_of(user).post(reverse("workspace:deliverable-template-create", args=["harbour"]), fields)


def edit(user: User, row: DeliverableTemplate, verb: str = "edit", **fields: str) -> Any:
    address = reverse(f"workspace:deliverable-template-{verb}", args=["harbour", row.pk])
    return client_of(user).post(address, {"stamp": stamp_of(row), **fields})


def test_manager_adds_a_line_and_everybody_at_the_desk_reads_it(cast: Cast) -> None:
    assert create(cast.manager, **NEW).status_code == 303
    row = DeliverableTemplate.objects.get()
    assert (row.label, row.name, row.kind, row.days) == (cast.label, "Stems", "link", 21)
    for person in (cast.viewer, cast.reviewer, cast.manager, cast.owner):
        assert "Dry and processed." in page(person).content.decode()
    for person in (cast.rival, cast.producer, cast.stranger):
        assert page(person).status_code == 404
    assert logged() == ["changed what producers are asked for: Stems"]


def test_only_managers_change_it(cast: Cast) -> None:
    row = DeliverableTemplate.objects.create(label=cast.label, name="Photo")
    begin = reverse("workspace:deliverable-templates-begin", args=["harbour"])
    for person, status in ((cast.viewer, 403), (cast.reviewer, 403), (cast.rival, 404), (cast.producer, 404)):
        assert create(person, **NEW).status_code == status
        assert edit(person, row, **NEW).status_code == status
        assert edit(person, row, "retire").status_code == status
        assert client_of(person).post(begin).status_code == status
    assert "Add a line" not in page(cast.reviewer).content.decode()


def test_line_is_changed_and_removed(cast: Cast) -> None:
    row = DeliverableTemplate.objects.create(label=cast.label, name="Photo")
    assert edit(cast.manager, row, **NEW).status_code == 303
    row.refresh_from_db()
    assert row.name == "Stems"
    assert edit(cast.manager, row, "retire").status_code == 303
    assert "Stems" not in page(cast.manager).content.decode().split("<main")[1].split("off the list")[-1]
    assert edit(cast.manager, row, **NEW).status_code == 404


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": ""}, "This field is required."),
        ({"name": "PHOTO"}, "This is on your list already."),
        ({"kind": "gold"}, "Select a valid choice"),
        ({"days": "0"}, "greater than or equal to 1"),
        ({"days": "366"}, "less than or equal to 365"),
        ({"name": "a\x00b"}, "characters that are not text"),
    ],
)
def test_wrong_line_is_told_at_its_field(cast: Cast, wrong: dict[str, str], sentence: str) -> None:
    DeliverableTemplate.objects.create(label=cast.label, name="Photo")
    answer = create(cast.manager, **{**NEW, **wrong})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert "Dry and processed." in answer.content.decode()


def test_somebody_was_faster_is_told_and_keeps_what_was_typed(cast: Cast) -> None:
    row = DeliverableTemplate.objects.create(label=cast.label, name="Photo")
    old = stamp_of(row)
    DeliverableTemplate.objects.filter(pk=row.pk).update(days=3)
    address = reverse("workspace:deliverable-template-edit", args=["harbour", row.pk])
    answer = client_of(cast.manager).post(address, {**NEW, "stamp": old})
    assert answer.status_code == 409
    assert 'value="Stems"' in answer.content.decode()
    row.refresh_from_db()
    assert edit(cast.manager, row, **NEW).status_code == 303


def test_removed_line_is_gone(cast: Cast) -> None:
    row = DeliverableTemplate.objects.create(label=cast.label, name="Photo")
    assert retire(row)
    assert not retire(row)
    with pytest.raises(Gone):
        save(row, stamp=stamp_of(row))


def test_usual_list_is_begun_once(cast: Cast) -> None:
    begin = reverse("workspace:deliverable-templates-begin", args=["harbour"])
    for _ in range(2):
        assert client_of(cast.manager).post(begin).status_code == 303
    assert DeliverableTemplate.objects.count() == len(USUAL)
    assert "Begin with the usual" not in page(cast.manager).content.decode()


def test_list_has_a_limit(cast: Cast) -> None:
    DeliverableTemplate.objects.bulk_create(
        DeliverableTemplate(label=cast.label, name=f"Thing {each}") for each in range(MOST)
    )
    answer = create(cast.manager, **NEW)
    assert answer.status_code == 422
    assert f"at most {MOST} lines" in answer.content.decode()


def test_suspended_label_changes_nothing(cast: Cast) -> None:
    row = DeliverableTemplate.objects.create(label=cast.label, name="Photo")
    suspend(cast.label, reason="Asked for money.")
    assert create(cast.manager, **NEW).status_code == 409
    assert edit(cast.manager, row, "retire").status_code == 409
    assert list(DeliverableTemplate.objects.of(cast.label)) == [row]


def test_list_costs_the_same_for_one_and_for_many(cast: Cast, django_assert_num_queries: Any) -> None:
    client, address = client_of(cast.manager), reverse("workspace:deliverable-templates", args=["harbour"])
    for number in range(5):
        DeliverableTemplate.objects.create(label=cast.label, name=f"Thing {number}")
        if number in (0, 4):
            with django_assert_num_queries(4):
                client.get(address)
