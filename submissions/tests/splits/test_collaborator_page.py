"""The page behind a share's link: opening it changes nothing, its buttons answer, and it shows no more than it may."""

import uuid
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from accounts.models import User
from labels.models import Label
from labels.tests.builders import make_user
from submissions.models import Event, Share, Submission
from submissions.splits.links import path_of
from submissions.tests.builders import act, history, make_submission, shares_of, waiting_share
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(maya: User, label: Label, manager: User) -> Submission:
    submission = make_submission("signed", producer=maya, label=label, manager=manager)
    return act(submission, "set_splits", shares=shares_of("50.00", "30.00", "20.00")).submission


@pytest.fixture
def share(signed: Submission) -> Share:
    found = Share.objects.current().with_submission().get(sheet__submission=signed, position=2)
    assert found.said["email"] == "jo@example.com"
    return found


def answer(share: Share, what: str, client: Client | None = None, **said: Any) -> Any:
    data = {"key": uuid.uuid4(), "sheet": share.sheet.digest_hex, "answer": what, **said}
    return (client or Client()).post(path_of(share), data)


def last(submission: Submission) -> Event:
    event = Event.objects.of(submission).with_people().last()
    assert event
    return event


def test_opening_the_link_changes_nothing_and_names_no_address(share: Share, signed: Submission) -> None:
    before = history(signed)
    for _ in range(2):
        page = Client().get(path_of(share))
        assert page.status_code == 200
    assert history(signed) == before
    words = page.content.decode()
    for shown in ("Jo Vox", "Sam Keys", "30.00 %", "20.00 %", "Confirm the shares", "Harbour"):
        assert shown in words
    assert "@example.com" not in words.split("<main")[1]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert 'name="robots" content="noindex, nofollow"' in words


def test_somebody_confirms_without_an_account_and_then_reads_on(share: Share, signed: Submission) -> None:
    response = answer(share, "confirm", note="ignored")
    assert (response.status_code, response.url) == (303, path_of(share))
    event = last(signed)
    assert (event.transition, event.actor, event.note) == ("confirm_split", None, "")
    page = Client().get(path_of(share)).content.decode()
    assert "What happened so far" in page
    assert "Signed" in page
    assert "Confirm the shares" not in page


def test_states_are_shown_only_once_confirmed_and_never_words(
    maya: User, label: Label, manager: User
) -> None:
    submission = make_submission("in_review", producer=maya, label=label, manager=manager)
    act(submission, "accept", manager=manager, text="SECRET terms", note="SECRET hello")
    act(submission, "sign", note="SECRET thanks")
    act(submission, "set_splits", shares=shares_of("30.00", "70.00"))
    act(submission, "object_split", note="SECRET objection")
    share = Share.objects.current().with_submission().get(sheet__submission=submission, position=2)
    act(submission, "schedule", manager=manager, note="SECRET date")
    before = Client().get(path_of(share)).content.decode()
    assert "1 January 2999" not in before
    assert "Exclusive licence" in before
    assert "10 years" not in before
    answer(share, "confirm")
    after = Client().get(path_of(share)).content.decode()
    assert "1 January 2999" in after
    for page in (before, after):
        assert "SECRET" not in page
        assert "soundcloud.com" not in page
        assert "TF001" not in page


def test_somebody_objects_with_words(share: Share, signed: Submission) -> None:
    without = answer(share, "object")
    assert without.status_code == 422
    assert "Say what is wrong with the sheet." in without.content.decode()
    assert answer(share, "object", note="I wrote the hook.").status_code == 303
    assert (last(signed).transition, last(signed).note) == ("object_split", "I wrote the hook.")
    page = Client().get(path_of(share)).content.decode()
    assert "You objected." in page
    assert answer(share, "confirm").status_code == 303


def test_account_with_the_address_is_named_and_another_is_not(share: Share, signed: Submission) -> None:
    stranger = make_user("stranger@example.com")
    jo = make_user("jo.vox@example.com")
    EmailAddress.objects.create(user=jo, email="jo@example.com", verified=True)
    third = Share.objects.current().with_submission().get(sheet__submission=signed, position=3)
    assert answer(third, "confirm", client_of(stranger)).status_code == 303
    assert last(signed).actor is None
    assert answer(share, "confirm", client_of(jo)).status_code == 303
    assert last(signed).actor == jo


def test_producer_cannot_answer_for_somebody_else(share: Share, signed: Submission, maya: User) -> None:
    response = answer(share, "confirm", client_of(maya))
    assert response.status_code == 403
    assert history(signed)[-1] == "set_splits"


def test_old_link_is_gone(share: Share, signed: Submission) -> None:
    act(signed, "set_splits", shares=shares_of("60.00", "40.00"))
    page = Client().get(path_of(share))
    assert page.status_code == 410
    assert "There is a newer list" in page.content.decode()
    assert "Sam Keys" not in page.content.decode()
    assert answer(share, "confirm").status_code == 410
    assert history(signed)[-1] == "set_splits"


def test_form_of_an_older_sheet_is_refused(share: Share, signed: Submission) -> None:
    response = answer(share, "confirm", sheet="00" * 32)
    assert response.status_code == 409
    assert "newer split sheet" in response.content.decode()


@pytest.mark.parametrize("what", ["", "sign", "release"])
def test_other_answers_are_refused(share: Share, signed: Submission, what: str) -> None:
    assert answer(share, what).status_code == 422
    assert history(signed)[-1] == "set_splits"


@pytest.mark.parametrize("token", ["x", "x.y", f"{uuid.UUID(int=7).hex}.abc", "a" * 500])
def test_link_that_we_did_not_make_leads_nowhere(token: str) -> None:
    assert Client().get(reverse("split", args=[token])).status_code == 404


def test_another_secret_is_refused(share: Share) -> None:
    """A signature covers its own share alone."""
    token = path_of(share).rstrip("/").rpartition("/")[2]
    other = Share.objects.get(sheet=share.sheet, position=3)
    forged = token.replace(share.nonce.hex, other.nonce.hex)
    assert Client().get(reverse("split", args=[forged])).status_code == 404


def test_confirming_twice_is_told(share: Share) -> None:
    assert answer(share, "confirm").status_code == 303
    again = answer(share, "confirm")
    assert again.status_code == 409
    assert "You confirmed your share already." in again.content.decode()


def test_closed_submission_asks_nothing(share: Share, signed: Submission, manager: User) -> None:
    act(signed, "rescind", manager=manager)
    page = Client().get(path_of(share)).content.decode()
    assert "Nothing is asked of you" in page
    assert "Confirm the shares" not in page
    assert answer(share, "confirm").status_code == 409


def test_producers_own_line_has_no_page(signed: Submission) -> None:
    own = Share.objects.filter(sheet__submission=signed, is_own=True).first()
    assert own
    assert Client().get(path_of(own)).status_code == 404


def test_account_finds_the_shares_of_its_addresses(share: Share, signed: Submission) -> None:
    jo = make_user("jo.vox@example.com")
    EmailAddress.objects.create(user=jo, email="JO@example.com", verified=True)
    page = client_of(jo).get(reverse("splits")).content.decode()
    assert path_of(share) in page
    assert signed.shown_title in page
    act(signed, "set_splits", shares=shares_of("100.00"))
    assert "No shares yet" in client_of(jo).get(reverse("splits")).content.decode()


def test_unconfirmed_address_finds_nothing(share: Share) -> None:
    jo = make_user("jo.vox@example.com")
    EmailAddress.objects.create(user=jo, email="jo@example.com", verified=False)
    assert "No shares yet" in client_of(jo).get(reverse("splits")).content.decode()


def test_redacted_sheet_shows_no_names(share: Share, signed: Submission) -> None:
    from submissions.redaction import redact  # lazy: one test

    redact(share.sheet.event)
    page = Client().get(path_of(share))
    assert page.status_code == 200
    assert "Sam Keys" not in page.content.decode()
    assert waiting_share(signed)
