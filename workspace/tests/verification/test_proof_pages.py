"""Verification: who gives proof, what goes out, who confirms, and what is said to whom."""

import re
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import User
from activity.tests.log_lines import logged
from labels import status as labels_status
from labels.choices import ProofState, Role, Status
from labels.models import Label, Proof
from labels.tests.builders import make_label, make_member, make_user
from labels.verification import service as verification
from notifications.models import Delivery, Notice
from trackflow.testing.clients import client_of
from workspace.tasks import send_proof, tell_asked_back
from workspace.verification import proof_mail
from workspace.verification.proof_submission import MOST_A_DAY

pytestmark = pytest.mark.django_db

URL = "/desk/harbour/proof/"
GOOD = {"link": "https://bandcamp.com/harbour", "address": "demos@harbour.example", "said": "Hello."}


@pytest.fixture
def label() -> Label:
    return make_label(status=Status.UNVERIFIED, website="https://www.harbour.example/")


@pytest.fixture
def owner(label: Label) -> User:
    user = make_member(label)
    User.objects.filter(pk=user.pk).update(name="Olga", email="olga@harbour.example")
    user.refresh_from_db()
    return user


def give(user: User, **said: str) -> Any:
    return client_of(user).post(URL, GOOD | said)


def later() -> None:
    """Let a minute pass, as far as mails are counted."""
    cache.delete(f"proof-mail/{Label.objects.get().pk}")


def jobs() -> int:
    return ProcrastinateJob.objects.filter(task_name="workspace.send_proof").count()


def link() -> str:
    """Return the path that the mail of the open proof holds."""
    proof = Proof.objects.select_related("label", "given_by").get()
    (url,) = re.findall(r"http\S+/proofs/\S+", str(proof_mail.build(proof, asked_at=1).body))
    return "/" + url.split("/", 3)[3]


def test_owner_gives_a_link_and_an_address_which_is_mailed(label: Label, owner: User) -> None:
    assert client_of(owner).get(URL).status_code == 200
    assert give(owner)["Location"] == URL
    proof = Proof.objects.get()
    assert (proof.link, proof.address, proof.said) == (GOOD["link"], GOOD["address"], "Hello.")
    assert (proof.state, proof.given_by, jobs()) == (ProofState.WAITING, owner, 1)
    assert logged() == ["submitted proof for verification"]
    shown = client_of(owner).get(URL).content.decode()
    for words in ("Waiting for confirmation", "not confirmed yet", "Send the mail again"):
        assert words in shown


@pytest.mark.parametrize(("role", "status"), [(Role.MANAGER, 303), (Role.REVIEWER, 403), (Role.VIEWER, 403)])
def test_proof_is_given_by_owners_and_managers(label: Label, role: Role, status: int) -> None:
    member = make_member(label, role)
    assert client_of(member).get(URL).status_code == (200 if status == 303 else status)
    assert give(member).status_code == status
    assert give(make_user()).status_code == 404


@pytest.mark.parametrize(
    ("said", "field", "words"),
    [
        ({"link": "", "address": ""}, "link", "a link, an email address, or both"),
        ({"address": "demos@gmail.com"}, "address", "gmail.com, so it proves nothing"),
        ({"address": "demos@quay.example"}, "address", "not the domain of your website"),
        ({"address": "nobody"}, "address", "valid email"),
        ({"link": "javascript:alert(1)"}, "link", "valid URL"),
        ({"link": "https://10.0.0.1/"}, "link", "public host"),
        ({"said": "x" * 2001}, "said", "at most 2000"),
        ({"said": "a\x00b"}, "said", "not text"),
    ],
)
def test_what_proves_nothing_is_said_at_its_field_and_kept(
    label: Label, owner: User, said: dict[str, str], field: str, words: str
) -> None:
    answer = give(owner, **said)
    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    assert words in form.errors[field][0]
    assert {name: form[name].value() for name in GOOD} == GOOD | said
    assert (Proof.objects.count(), jobs()) == (0, 0)


def test_label_without_a_website_is_asked_for_it(label: Label, owner: User) -> None:
    Label.objects.update(website="")
    assert list(give(owner).context["form"].errors) == ["website"]
    assert give(owner, website="harbour.example").status_code == 303
    assert Label.objects.get().website == "https://harbour.example/"


def test_mail_says_who_asks_and_leads_to_a_button(label: Label, owner: User) -> None:
    give(owner)
    proof = Proof.objects.select_related("label", "given_by").get()
    message = proof_mail.build(proof, asked_at=7)
    assert (message.to, message.subject) == (["demos@harbour.example"], "Is this Harbour’s address?")
    for body in (str(message.body), str(message.alternatives[0][0])):
        assert "Olga (olga@harbour.example) set up Harbour on Trackflow" in body
        assert "/proofs/harbour/" in body
        assert "valid for 3 days" in body
    assert (
        message.extra_headers["Message-ID"] == proof_mail.build(proof, asked_at=7).extra_headers["Message-ID"]
    )


def test_opening_the_link_confirms_nothing_and_the_button_does(label: Label, owner: User) -> None:
    give(owner)
    visitor, path = Client(), link()
    for method in (visitor.head, visitor.get, visitor.get):
        assert method(path).status_code == 200
    assert Proof.objects.get().confirmed_at is None
    assert visitor.post(path)["Location"] == path
    assert Proof.objects.get().confirmed_at
    assert "Confirmed" in visitor.get(path).content.decode()
    shown = client_of(owner).get(URL).content.decode()
    assert "Being checked" in shown
    assert "Send the mail again" not in shown


def test_link_outlives_a_new_address_of_the_label_but_not_of_the_proof(label: Label, owner: User) -> None:
    give(owner)
    path = link()
    label.former_slugs.create(slug="harbour")
    Label.objects.update(slug="quay")
    assert Client().get(path).status_code == 200
    Label.objects.update(slug="harbour")
    later()
    give(owner, address="info@harbour.example")
    refused = Client().post(path)
    assert refused.status_code == 410
    assert "a newer one has replaced it" in refused.content.decode()
    assert Proof.objects.get().confirmed_at is None


def test_forged_link_is_not_found(label: Label, owner: User) -> None:
    give(owner)
    assert Client().get(link()[:-2] + "x/").status_code == 404
    assert Client().post("/proofs/harbour/wrong/").status_code == 404
    assert Client().get("/proofs/nobody/wrong/").status_code == 404


def test_mail_is_sent_again_at_most_once_a_minute(label: Label, owner: User) -> None:
    give(owner)
    client = client_of(owner)
    soon = client.post(URL + "resend/")
    assert (soon.status_code, jobs()) == (409, 1)
    assert "less than a minute ago" in soon.content.decode()
    later()
    assert client.post(URL + "resend/").status_code == 303
    assert jobs() == 2
    changed = give(owner, address="info@harbour.example")
    assert (changed.status_code, list(changed.context["form"].errors)) == (422, ["address"])
    assert Proof.objects.get().address == "demos@harbour.example"


def test_ten_mails_are_enough_for_a_day(label: Label, owner: User) -> None:
    give(owner)
    client = client_of(owner)
    answers = []
    for _ in range(MOST_A_DAY):
        later()
        answers.append(client.post(URL + "resend/").status_code)
    assert answers == [303] * (MOST_A_DAY - 1) + [409]
    assert jobs() == MOST_A_DAY


def test_nothing_is_sent_again_where_nothing_waits(label: Label, owner: User) -> None:
    give(owner, address="")
    assert client_of(owner).post(URL + "resend/").status_code == 409
    assert jobs() == 0


def test_late_mail_does_not_go_out_once_it_is_pointless(label: Label, owner: User) -> None:
    give(owner)
    proof = Proof.objects.select_related("label").get()
    send_proof(proof_id=proof.pk, asked_at=1)
    verification.confirm_address(verification.token_of(proof), label=proof.label)
    send_proof(proof_id=proof.pk, asked_at=2)
    assert len(mail.outbox) == 1


def test_asked_back_is_read_answered_and_waits_again(label: Label, owner: User) -> None:
    give(owner)
    verification.ask_back(Proof.objects.get(), by=make_user(is_staff=True), words="Which of you\nruns it?")
    shown = client_of(owner).get(URL).content.decode()
    for words in ("We have a question", "Which of you\nruns it?", "Your answer"):
        assert words in shown
    silent = give(owner, said="")
    assert (silent.status_code, list(silent.context["form"].errors)) == (422, ["said"])
    assert give(owner, said="Both of us.").status_code == 303
    assert (Proof.objects.get().state, Proof.objects.get().said) == (ProofState.WAITING, "Both of us.")


def test_owners_and_managers_are_told_when_asked_back_and_when_verified(label: Label, owner: User) -> None:
    manager = make_member(label, Role.MANAGER)
    make_member(label, Role.REVIEWER)
    give(owner)
    verification.ask_back(Proof.objects.get(), by=make_user(is_staff=True), words="Who runs it?")
    run_waiting("workspace.tell_asked_back")
    assert told() == {owner, manager}
    assert (Notice.objects.get().text, Notice.objects.get().path) == ("Who runs it?", URL)
    labels_status.verify(label)
    run_waiting("workspace.tell_verified")
    run_waiting("workspace.tell_verified")
    assert Notice.objects.count() == 2
    assert Notice.objects.latest("pk").path == "/desk/harbour/setup/"
    assert Delivery.objects.count() == 8  # two people, two notices, in the app and by mail


def test_answered_question_is_told_to_nobody(label: Label, owner: User) -> None:
    give(owner)
    verification.ask_back(Proof.objects.get(), by=make_user(is_staff=True), words="Who?")
    (job,) = ProcrastinateJob.objects.filter(task_name="workspace.tell_asked_back")
    give(owner, said="We.")
    tell_asked_back(**job.args)
    assert not Notice.objects.exists()


@pytest.mark.parametrize("status", [Status.VERIFIED, Status.SUSPENDED, Status.CLOSED])
def test_label_that_is_past_it_is_told_so_and_nothing_is_taken(
    label: Label, owner: User, status: str
) -> None:
    Label.objects.update(status=status)
    page = client_of(owner).get(URL)
    assert page.status_code == 200
    assert "Submit for verification" not in page.content.decode()
    assert give(owner).status_code == 409
    assert client_of(owner).post(URL + "resend/").status_code == 409
    assert not Proof.objects.exists()


def run_waiting(name: str) -> None:
    """Do the jobs of a name, as a worker would."""
    for job in ProcrastinateJob.objects.filter(task_name=name):
        app.tasks[name](**job.args)


def told() -> set[User | None]:
    return {delivery.person for delivery in Delivery.objects.select_related("person")}
