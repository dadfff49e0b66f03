"""Guessing the code of a private call."""

from typing import Any

import pytest
from pytest_django import Settings

from kit.rates import changed
from labels.models import Intake
from labels.tests.builders import make_intake, make_label
from submissions.models import Draft, Submission
from submissions.tests.builders import make_draft
from submissions.tests.posting import own_client, post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _few_guesses(db: None, settings: Settings) -> None:
    settings.LIMITS = changed(settings.LIMITS, "call_code=2/h/user,4/h/address,6/h/key")


@pytest.fixture
def call() -> Intake:
    return make_intake(make_label(), call_name="Secret night", access_code="mothlight")


def draft_for(call: Intake) -> Submission:
    draft = make_draft(label=call.label)
    Submission.objects.filter(pk=draft.pk).update(intake=call)
    return draft


def send(draft: Submission, code: str, address: str = "10.0.0.1") -> Any:
    client = own_client(draft)
    client.defaults["REMOTE_ADDR"] = address
    return post(draft, "edit", client, do="send", access_code=code)


def guess(draft: Submission, times: int, address: str = "10.0.0.1") -> list[int]:
    return [send(draft, f"guess{number}", address).status_code for number in range(times)]


def test_third_guess_of_a_person_is_refused_at_its_field_and_the_right_code_too(call: Intake) -> None:
    draft = draft_for(call)
    assert guess(draft, 3) == [422, 422, 429]
    answer = send(draft, "mothlight")
    assert answer.status_code == 429
    assert 3500 < int(answer["Retry-After"]) <= 3600
    assert "Too many wrong codes" in answer.context["form"].errors["access_code"][0]
    assert 'value="mothlight"' in answer.content.decode()
    assert Draft.objects.get().access_code == "mothlight"
    assert send(draft_for(call), "mothlight").status_code == 303  # somebody else, from the same network


def test_what_is_refused_for_other_reasons_is_no_guess(call: Intake) -> None:
    draft = draft_for(call)
    Intake.objects.update(is_paused=True)
    assert {send(draft, "mothlight").status_code for _ in range(3)} == {422}
    Intake.objects.update(is_paused=False)
    assert send(draft, "mothlight").status_code == 303


def test_a_network_runs_out_of_guesses_whoever_signs_in(call: Intake) -> None:
    assert guess(draft_for(call), 2) + guess(draft_for(call), 2) == [422] * 4
    assert guess(draft_for(call), 1) == [429]
    assert guess(draft_for(call), 1, "10.0.0.2") == [422]


def test_a_call_runs_out_of_guesses_wherever_they_come_from(call: Intake) -> None:
    tries = [guess(draft_for(call), 2, f"10.0.1.{place}")[-1] for place in range(3)]
    assert set(tries) == {422}
    assert guess(draft_for(call), 1, "10.0.2.1") == [429]
    other = make_intake(call.label, call_name="Other night", access_code="lamplight")
    assert guess(draft_for(other), 1, "10.0.2.2") == [422]
