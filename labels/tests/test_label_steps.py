"""The office's buttons on a label and its proof: verify, ask back, suspend with a reason, lift, close, reopen."""

from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client

from accounts.models import User
from labels.choices import Status
from labels.models import Label, Proof
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db

LABELS, PROOFS = "/admin/labels/label/", "/admin/labels/proof/"


@pytest.fixture(autouse=True)
def admin(client: Client) -> User:
    user = make_user("admin@example.com", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def step_url(label: Label, step: str) -> str:
    return f"{LABELS}{label.pk}/step/{step}/"


OFFERED = {
    Status.UNVERIFIED: ["verify", "close"],
    Status.VERIFIED: ["suspend", "close"],
    Status.SUSPENDED: ["unsuspend", "close"],
    Status.CLOSED: ["reopen"],
}


@pytest.mark.parametrize("status", Status)
def test_page_of_a_label_has_a_button_for_each_possible_step(client: Client, status: Status) -> None:
    label = make_label(status=status)
    page = client.get(f"{LABELS}{label.pk}/change/").content.decode()
    steps = ["verify", "suspend", "unsuspend", "close", "reopen"]
    assert [step for step in steps if step_url(label, step) in page] == OFFERED[status]


def test_page_of_a_proof_verifies_asks_back_and_suspends(client: Client) -> None:
    label = make_label(status=Status.UNVERIFIED)
    proof = Proof.objects.create(label=label, given_by=make_member(label), link="https://harbour.example")
    page = client.get(f"{PROOFS}{proof.pk}/change/").content.decode()
    assert f'action="{step_url(label, "verify")}"' in page
    assert f'href="{PROOFS}{proof.pk}/ask-back/"' in page
    answer = client.post(step_url(label, "verify"), {"next": "proofs"}, follow=True)
    assert answer.redirect_chain == [(PROOFS, 303)]
    assert "Harbour is verified." in answer.content.decode()
    assert step_url(label, "suspend") in client.get(f"{PROOFS}{proof.pk}/change/").content.decode()


def test_suspending_asks_first_needs_a_reason_and_keeps_it(client: Client, admin: User) -> None:
    label = make_label()
    url = step_url(label, "suspend")
    assert "is told, in the app and by mail, that Harbour is suspended" in client.get(url).content.decode()
    assert Label.objects.get().status == Status.VERIFIED
    answer = client.post(url, {"reason": " "})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    client.post(url, {"reason": "They asked for money."})
    suspension = Label.objects.get().suspensions.get()
    assert (suspension.reason, suspension.by) == ("They asked for money.", admin)
    assert "They asked for money." in LogEntry.objects.get().change_message


def test_step_that_does_not_fit_any_more_is_refused_in_words(client: Client) -> None:
    label = make_label(status=Status.CLOSED)
    answer = client.post(step_url(label, "suspend"), {"reason": "Money."})
    assert answer.status_code == 409
    assert "Harbour is closed: you cannot suspend it." in answer.content.decode()
    assert client.get(step_url(label, "anything")).status_code == 404


@pytest.mark.parametrize("action", ["suspend", "close"])
def test_list_leads_to_the_page_that_asks_for_one_label_at_a_time(client: Client, action: str) -> None:
    label, other = make_label(), make_label("Quay")
    answer = client.post(LABELS, {"action": action, "_selected_action": [label.pk]})
    assert answer["Location"] == step_url(label, action)
    both = client.post(LABELS, {"action": action, "_selected_action": [label.pk, other.pk]}, follow=True)
    assert "one label at a time" in both.content.decode()
    assert not Label.objects.exclude(status=Status.VERIFIED).exists()


def test_who_may_only_look_gets_no_button_and_no_step(client: Client) -> None:
    clerk = make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.set(Permission.objects.filter(codename="view_label"))
    client.force_login(clerk)
    label = make_label()
    page: Any = client.get(f"{LABELS}{label.pk}/change/")
    assert step_url(label, "suspend") not in page.content.decode()
    assert client.post(step_url(label, "suspend"), {"reason": "Money."}).status_code == 403
