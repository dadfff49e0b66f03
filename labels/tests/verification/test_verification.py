"""Giving proof, confirming an address, asking back, granting: the rows and the links."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from accounts.models import User
from kit.clock import at, now
from labels import status as labels_status
from labels.choices import ProofState, Status
from labels.models import Label, Proof
from labels.tests.builders import make_label, make_member, make_user
from labels.verification import service as verification

pytestmark = pytest.mark.django_db

LINK, ADDRESS = "https://harbour.example/demos", "demos@harbour.example"


@pytest.fixture
def label() -> Label:
    return make_label(status=Status.UNVERIFIED, website="https://harbour.example/")


@pytest.fixture
def owner(label: Label) -> User:
    return make_member(label)


def give(label: Label, owner: User, **said: Any) -> tuple[Proof, bool]:
    return verification.submit_proof(
        label, by=owner, **{"link": LINK, "address": ADDRESS, "said": "", **said}
    )


def test_label_has_one_open_proof_that_it_may_change(label: Label, owner: User) -> None:
    first, is_new = give(label, owner)
    assert (first.state, is_new) == (ProofState.WAITING, True)
    second, is_new = give(label, owner, link="", said="Our site is being moved.")
    assert (second.pk, second.link, is_new) == (first.pk, "", False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Proof.objects.create(label=label, link=LINK, given_by=owner)


def test_link_alone_needs_no_mail(label: Label, owner: User) -> None:
    assert give(label, owner, address="")[1] is False


def test_mailed_token_confirms_once_and_again_without_harm(label: Label, owner: User) -> None:
    token = verification.token_of(give(label, owner)[0])
    assert verification.proof_for_token(token, label=label).confirmed_at is None
    confirmed = verification.confirm_address(token, label=label).confirmed_at
    assert confirmed
    with at(now() + timedelta(hours=1)):
        assert verification.confirm_address(token, label=label).confirmed_at == confirmed


def test_another_address_is_unconfirmed_and_kills_the_link_before(label: Label, owner: User) -> None:
    token = verification.token_of(give(label, owner)[0])
    verification.confirm_address(token, label=label)
    again, _ = give(label, owner)
    assert again.confirmed_at
    other, is_new = give(label, owner, address="info@harbour.example")
    assert (other.confirmed_at, is_new) == (None, True)
    with pytest.raises(ValidationError) as refusal:
        verification.confirm_address(token, label=label)
    assert refusal.value.code == "dead"


def test_token_is_refused_when_forged_or_for_another_label(label: Label, owner: User) -> None:
    token = verification.token_of(give(label, owner)[0])
    for wrong, where, code in (("x:y:z", label, "forged"), (token + "x", label, "forged")):
        with pytest.raises(ValidationError) as refusal:
            verification.proof_for_token(wrong, label=where)
        assert refusal.value.code == code
    other = make_label("Quay", status=Status.UNVERIFIED)
    with pytest.raises(ValidationError) as refusal:
        verification.proof_for_token(token, label=other)
    assert refusal.value.code == "dead"


@pytest.mark.parametrize(("hours", "code"), [(-1, None), (1, "expired")])
def test_token_holds_for_three_days(
    label: Label, owner: User, monkeypatch: pytest.MonkeyPatch, hours: int, code: str | None
) -> None:
    token = verification.token_of(give(label, owner)[0])
    later = (now() + timedelta(days=verification.LINK_DAYS, hours=hours)).timestamp()
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    if code is None:
        assert verification.proof_for_token(token, label=label)
        return
    with pytest.raises(ValidationError) as refusal:
        verification.proof_for_token(token, label=label)
    assert refusal.value.code == code


def test_asked_back_waits_for_the_label_and_its_answer_waits_for_us(label: Label, owner: User) -> None:
    admin = make_user(is_staff=True)
    proof, _ = give(label, owner)
    asked = verification.ask_back(proof, by=admin, words="Who are you?")
    assert (asked.state, asked.reply, asked.replied_by) == (ProofState.ASKED_BACK, "Who are you?", admin)
    with pytest.raises(ValidationError, match="nothing to ask back"):
        verification.ask_back(proof, by=admin, words="And?")
    answered, _ = give(label, owner, said="We are Olga and Mona.")
    assert (answered.state, answered.reply) == (ProofState.WAITING, "Who are you?")


def test_verifying_a_label_grants_its_proof(label: Label, owner: User) -> None:
    proof, _ = give(label, owner)
    labels_status.verify(label)
    proof.refresh_from_db()
    assert proof.state == ProofState.GRANTED
    assert verification.open_proof(label) is None
    with pytest.raises(ValidationError, match="verified: there is nothing to prove"):
        give(label, owner)


@pytest.mark.parametrize("status", [Status.VERIFIED, Status.SUSPENDED, Status.CLOSED])
def test_label_that_is_past_it_proves_nothing(label: Label, owner: User, status: str) -> None:
    Label.objects.update(status=status)
    with pytest.raises(ValidationError, match="nothing to prove"):
        give(label, owner)


def test_reopened_label_gives_proof_anew(label: Label, owner: User) -> None:
    first, _ = give(label, owner)
    for step in (labels_status.verify, labels_status.close, labels_status.reopen):
        step(label)
    second, is_new = give(label, owner)
    assert (second.pk != first.pk, is_new) == (True, True)
