"""Proposals in the office."""

import uuid

import pytest
from django.test import Client

from accounts.models import User
from desk.models import Proposal
from labels.choices import Role
from labels.tests.builders import make_member, make_user
from submissions.models import Submission
from submissions.tests.builders import make_submission

pytestmark = pytest.mark.django_db

LIST = "/admin/desk/proposal/"


@pytest.fixture
def proposal() -> Proposal:
    submission = make_submission("in_review")
    return Proposal.objects.create(
        submission=submission,
        transition="accept",
        turn=submission.turn,
        key=uuid.uuid4(),
        prepared_by=make_member(submission.label, Role.REVIEWER),
    )


def test_admin_reads_proposals_and_changes_none(client: Client, proposal: Proposal) -> None:
    client.force_login(User.objects.create_superuser("office@example.com"))
    page = client.get(LIST, {"q": proposal.submission.reference.lower()})
    assert proposal.submission.reference in page.content.decode()
    url = f"{LIST}{proposal.pk}/"
    assert client.get(f"{url}change/").status_code == 200
    assert client.post(f"{url}change/", {}).status_code == 403
    assert client.post(f"{url}delete/", {"post": "yes"}).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403


def test_admin_who_is_the_producer_sees_no_proposal_about_their_demo(
    client: Client, proposal: Proposal
) -> None:
    producer = Submission.objects.get().producer
    User.objects.filter(pk=producer.pk).update(is_staff=True, is_superuser=True)
    client.force_login(User.objects.get(pk=producer.pk))
    assert proposal.submission.reference not in client.get(LIST).content.decode()


def test_nobody_else_gets_in(client: Client, proposal: Proposal) -> None:
    client.force_login(make_user("someone@example.com"))
    assert client.get(LIST).status_code == 302
