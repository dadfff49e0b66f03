"""Proofs in the office: listed, granted, asked about."""

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from kit.clock import now
from labels.choices import ProofState, Status
from labels.models import Label, Proof
from labels.tests.builders import make_label, make_member, make_user

pytestmark = pytest.mark.django_db

PROOFS, LABELS = "/admin/labels/proof/", "/admin/labels/label/"


@pytest.fixture(autouse=True)
def admin(client: Client) -> User:
    user = make_user("admin@example.com", is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


def make_proof(name: str = "Harbour", **fields: Any) -> Proof:
    label = make_label(name, status=Status.UNVERIFIED, website=f"https://{name.lower()}.example/")
    given = {"link": "https://bandcamp.com/harbour", "address": f"demos@{name.lower()}.example", **fields}
    return Proof.objects.create(label=label, given_by=make_member(label), **given)


def act(client: Client, where: str, action: str, *rows: Any) -> str:
    said = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(where, said, follow=True).content.decode()


def test_list_begins_with_what_waits_longest_and_says_what_was_given(client: Client) -> None:
    for name, state, days in (("Asked", "asked_back", 9), ("New", "waiting", 1), ("Old", "waiting", 5)):
        make_proof(
            name, state=state, given_at=now() - timedelta(days=days), confirmed_at=now(), said=f"I am {name}"
        )
    page = client.get(PROOFS)
    assert [str(proof.label) for proof in page.context["cl"].result_list] == ["Old", "New", "Asked"]
    shown = page.content.decode()
    for words in ("https://bandcamp.com/harbour", "demos@old.example", "I am Old", "icon-yes"):
        assert words in shown


def test_list_says_where_an_address_is_not_at_the_website_any_more(client: Client) -> None:
    make_proof(address="demos@quay.example", confirmed_at=now())
    assert "icon-no" in client.get(PROOFS).content.decode()


@pytest.mark.parametrize("rows", [1, 5])
def test_list_asks_a_constant_number_of_queries(
    client: Client, django_assert_num_queries: Any, rows: int
) -> None:
    for number in range(rows):
        make_proof(f"Label{number}")
    client.get(PROOFS)
    with django_assert_num_queries(3):
        client.get(PROOFS)


def test_admin_verifies_from_the_proofs_and_grants_them(client: Client) -> None:
    proof = make_proof()
    assert "Harbour is verified." in act(client, PROOFS, "verify", proof)
    proof.refresh_from_db()
    assert (proof.state, Label.objects.get().status) == (ProofState.GRANTED, Status.VERIFIED)
    assert ProcrastinateJob.objects.filter(task_name="workspace.tell_verified").count() == 1


def test_admin_verifies_from_the_labels_and_grants_the_proof_too(client: Client) -> None:
    proof = make_proof()
    act(client, LABELS, "verify", proof.label)
    proof.refresh_from_db()
    assert proof.state == ProofState.GRANTED


def test_proof_of_a_label_that_moved_on_is_refused_in_words(client: Client) -> None:
    proof = make_proof()
    Label.objects.update(status=Status.CLOSED)
    assert "Harbour is closed: you cannot verify it." in act(client, PROOFS, "verify", proof)
    proof.refresh_from_db()
    assert proof.state == ProofState.WAITING


def test_admin_asks_back_with_words_of_their_own(client: Client, admin: User) -> None:
    proof = make_proof()
    page = f"{PROOFS}{proof.pk}/ask-back/"
    assert page in client.get(f"{PROOFS}{proof.pk}/change/").content.decode()
    assert client.get(page).status_code == 200
    assert client.post(page, {"words": " "}).status_code == 422
    assert client.post(page, {"words": "Where do you say so?"}).status_code == 303
    proof.refresh_from_db()
    assert (proof.state, proof.reply, proof.replied_by) == (
        ProofState.ASKED_BACK,
        "Where do you say so?",
        admin,
    )
    assert ProcrastinateJob.objects.filter(task_name="workspace.tell_asked_back").count() == 1
    again = client.post(page, {"words": "And?"})
    assert again.status_code == 409
    assert "nothing to ask back" in again.content.decode()


def test_proofs_are_read_and_neither_added_changed_nor_deleted(client: Client) -> None:
    proof = make_proof()
    for path in ("add/", f"{proof.pk}/delete/"):
        assert client.get(PROOFS + path).status_code == 403
    assert client.post(f"{PROOFS}{proof.pk}/change/", {"state": "granted"}).status_code == 403


def test_staff_who_only_read_settle_nothing(client: Client) -> None:
    proof, clerk = make_proof(), make_user("clerk@example.com", is_staff=True)
    clerk.user_permissions.add(Permission.objects.get(codename="view_proof"))
    client.force_login(clerk)
    assert client.get(PROOFS).status_code == 200
    act(client, PROOFS, "verify", proof)
    assert client.post(f"{PROOFS}{proof.pk}/ask-back/", {"words": "Who?"}).status_code == 403
    proof.refresh_from_db()
    assert proof.state == ProofState.WAITING


def test_labels_are_found_by_their_proof(client: Client) -> None:
    make_proof("Waiting")
    make_proof("Asked", state="asked_back")
    make_label("None")
    found = client.get(f"{LABELS}?proof=waiting").context["cl"].result_list
    assert [label.name for label in found] == ["Waiting"]
