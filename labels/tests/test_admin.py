"""The office: labels and intakes in Django admin."""

from typing import Any

import pytest
from django.test import Client

from labels.choices import Role, Status
from labels.models import Intake, Label, Membership, Question
from labels.tests.builders import make_label, make_member, make_question, make_user

pytestmark = pytest.mark.django_db

LABELS, INTAKES = "/admin/labels/label/", "/admin/labels/intake/"


@pytest.fixture(autouse=True)
def admin(client: Client) -> Any:
    user = make_user("admin@example.com", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def fields_of(response: Any) -> dict[str, Any]:
    """Return what a browser would post from an admin page that was opened."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    bounds = [bound for form in forms for bound in form if not bound.field.disabled]
    return {bound.html_name: value for bound in bounds if (value := _plain(bound.value()))}


def _plain(value: Any) -> Any:
    if isinstance(value, list):
        return [getattr(each, "pk", each) for each in value]
    return "0" if value == 0 and value is not False else value


def test_pages_open_and_search(client: Client) -> None:
    label = make_label()
    make_member(label)
    make_question(label.intakes.get(), "choice")
    pages = [f"{LABELS}?q=harb", f"{LABELS}{label.pk}/change/", f"{LABELS}{label.pk}/history/"]
    pages += [f"{INTAKES}?q=harb", f"{INTAKES}{label.intakes.get().pk}/change/", f"{INTAKES}add/"]
    for page in pages:
        assert client.get(page).status_code == 200, page


def test_no_label_is_added_and_nothing_deleted(client: Client) -> None:
    label = make_label()
    intake = label.intakes.get()
    for page in (f"{LABELS}add/", f"{LABELS}{label.pk}/delete/", f"{INTAKES}{intake.pk}/delete/"):
        assert client.get(page).status_code == 403, page
    assert b"delete_selected" not in client.get(LABELS).content + client.get(INTAKES).content


@pytest.mark.parametrize(
    ("action", "before", "after"),
    [
        ("verify", Status.UNVERIFIED, Status.VERIFIED),
        ("unsuspend", Status.SUSPENDED, Status.VERIFIED),
        ("reopen", Status.CLOSED, Status.UNVERIFIED),
    ],
)
def test_action_moves_the_label_and_says_so(client: Client, action: str, before: str, after: str) -> None:
    label = make_label(status=before)
    response = client.post(LABELS, {"action": action, "_selected_action": [label.pk]}, follow=True)
    assert Label.objects.get().status == after
    assert f"Harbour is {Status(after).label.lower()}." in response.content.decode()


def test_action_that_does_not_fit_is_refused_in_words(client: Client) -> None:
    label = make_label(status=Status.CLOSED)
    response = client.post(LABELS, {"action": "verify", "_selected_action": [label.pk]}, follow=True)
    assert "Harbour is closed: you cannot verify it." in response.content.decode()
    assert Label.objects.get().status == Status.CLOSED


def test_status_is_not_editable_by_hand_and_a_new_slug_keeps_the_old(client: Client) -> None:
    label = make_label()
    make_member(label)
    page = f"{LABELS}{label.pk}/change/"
    data = fields_of(client.get(page)) | {"status": Status.CLOSED, "slug": "quay"}
    assert client.post(page, data).status_code == 302
    label = Label.objects.get()
    assert (label.slug, label.status) == ("quay", Status.VERIFIED)
    assert [former.slug for former in label.former_slugs.all()] == ["harbour"]


@pytest.mark.parametrize("change", [{"memberships-0-role": Role.MANAGER}, {"memberships-0-DELETE": "on"}])
def test_last_owner_stays(client: Client, change: dict[str, Any]) -> None:
    label = make_label()
    make_member(label, Role.OWNER)
    make_member(label, Role.MANAGER)
    page = f"{LABELS}{label.pk}/change/"
    response = client.post(page, fields_of(client.get(page)) | change)
    assert "at least one active owner" in response.content.decode()
    assert Membership.objects.filter(role=Role.OWNER).count() == 1


def test_owner_may_go_when_another_is_there(client: Client) -> None:
    label = make_label()
    make_member(label, Role.OWNER)
    make_member(label, Role.OWNER)
    page = f"{LABELS}{label.pk}/change/"
    assert client.post(page, fields_of(client.get(page)) | {"memberships-0-DELETE": "on"}).status_code == 302
    assert Membership.objects.count() == 1


def test_intake_keeps_its_required_fields(client: Client) -> None:
    intake = make_label().intakes.get()
    page = f"{INTAKES}{intake.pk}/change/"
    data = fields_of(client.get(page)) | {"required_fields": ["tempo", "isrc"]}
    assert client.post(page, data).status_code == 302
    intake.refresh_from_db()
    assert intake.required_fields == ["tempo", "isrc"]


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"tempo_from": "130", "tempo_to": "120"}, "tempo_to"),
        ({"tempo_from": "39.99"}, "tempo_from"),
        (
            {
                "opens_at_0": "2026-06-01",
                "opens_at_1": "12:00",
                "closes_at_0": "2026-06-01",
                "closes_at_1": "12:00",
            },
            "closes_at",
        ),
        ({"required_fields": ["title"]}, "required_fields"),
        ({"message": "a\x00b"}, "message"),
        ({"promise_days": "0"}, "promise_days"),
    ],
)
def test_intake_that_contradicts_itself_is_refused_at_its_field(
    client: Client, data: dict[str, Any], field: str
) -> None:
    page = f"{INTAKES}{make_label().intakes.get().pk}/change/"
    response = client.post(page, fields_of(client.get(page)) | data)
    assert list(response.context["adminform"].form.errors) == [field]


def test_second_standing_intake_is_refused_in_words(client: Client) -> None:
    label = make_label()
    data = fields_of(client.get(f"{INTAKES}add/")) | {"label": label.pk}
    response = client.post(f"{INTAKES}add/", data)
    assert "name this call" in response.content.decode()
    assert client.post(f"{INTAKES}add/", data | {"call_name": "Autumn"}).status_code == 302
    assert Intake.objects.filter(call_name="Autumn").exists()


ASKED = {
    "questions-TOTAL_FORMS": "1",
    "questions-0-kind": "choice",
    "questions-0-position": "1",
    "questions-0-text": "Which colour?",
    "questions-0-options": "red\n\n green \nred",
}


def test_question_is_asked_with_its_options_a_line_each(client: Client) -> None:
    page = f"{INTAKES}{make_label().intakes.get().pk}/change/"
    assert client.post(page, fields_of(client.get(page)) | ASKED).status_code == 302
    assert Question.objects.get().options == ["red", "green"]


@pytest.mark.parametrize(
    "options", ["", "red", "red\nred", "x" * 121 + "\ny", "\n".join(map(str, range(51)))]
)
def test_choice_with_too_few_or_too_many_options_is_refused(client: Client, options: str) -> None:
    page = f"{INTAKES}{make_label().intakes.get().pk}/change/"
    response = client.post(page, fields_of(client.get(page)) | ASKED | {"questions-0-options": options})
    assert list(response.context["inline_admin_formsets"][0].formset.errors[0]) == ["options"]


def test_question_keeps_its_kind_and_is_retired_and_brought_back(client: Client) -> None:
    question = make_question(make_label().intakes.get(), "short")
    page = f"{INTAKES}{question.intake_id}/change/"
    data = fields_of(client.get(page)) | {"questions-0-kind": "date", "questions-0-text": "New text"}
    assert (
        client.post(page, data | {"questions-0-is_retired": "on", "questions-0-DELETE": "on"}).status_code
        == 302
    )
    question.refresh_from_db()
    assert (question.kind, question.text, question.retired_at is None) == ("short", "New text", False)
    assert client.post(page, data).status_code == 302
    question.refresh_from_db()
    assert question.retired_at is None
