"""What a label asks of a producer, at its desk."""

import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from accounts.models import User
from kit.clock import now
from labels.models import DeliverableTemplate
from submissions.models import Deliverable, Event, Submission
from submissions.tests.builders import act, items_of
from submissions.tests.posting import fresh
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of


def url_of(submission: Submission) -> str:
    return reverse("desk:deliverables", args=[submission.label.slug, submission.reference])


def page(user: User, submission: Submission) -> str:
    answer = client_of(user).get(url_of(submission))
    assert answer.status_code == 200
    return str(answer.content.decode())


def post(user: User, submission: Submission, what: str, **said: Any) -> Any:
    data = {"act": what, "turn": fresh(submission).turn, "key": uuid.uuid4(), **said}
    return client_of(user).post(url_of(submission), data)


@pytest.fixture
def signed(cast: Cast) -> Submission:
    return cast.demo("signed")


@pytest.fixture
def handed(cast: Cast, signed: Submission) -> Submission:
    items = items_of("WAV master") + items_of("Contract", kind="personal")
    act(signed, "ask_for", items=items, manager=cast.manager)
    act(signed, "hand_in", item=1)
    value = {"legal_name": "Maya Grün", "address": "1 Quay Road"}
    return act(signed, "hand_in", item=2, value=value).submission


def test_manager_asks_from_the_list_and_for_something_else(cast: Cast, signed: Submission) -> None:
    stems = DeliverableTemplate.objects.create(
        label=cast.label, name="Stems", days=21, instructions="Dry ones."
    )
    DeliverableTemplate.objects.create(label=cast.label, name="Photo", kind="link")
    shown = page(cast.manager, signed)
    assert "Stems" in shown
    assert "Dry ones." in shown
    day = (now() + timedelta(days=9)).date()
    said = {f"pick{stems.pk}": "on", "name0": "Lyrics", "kind0": "text", "own_due0": day.isoformat()}
    assert post(cast.manager, signed, "ask_for", note="Hello!", **said).status_code == 303
    first, second = Deliverable.objects.of(signed)
    assert (first.name, first.kind, first.instructions) == ("Stems", "link", "Dry ones.")
    assert first.due_at
    assert first.due_at.date() == (now() + timedelta(days=21)).date()
    assert (second.name, second.kind) == ("Lyrics", "text")
    assert second.due_at
    assert (second.due_at.date(), second.due_at.hour, second.due_at.minute) == (day, 23, 59)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({}, "Tick at least one thing, or name one."),
        ({"name0": "Lyrics", "own_due0": "2001-01-01"}, "that lies ahead"),
        ({"name0": "Lyrics", "own_due0": "soon"}, "Enter a valid date."),
        ({"name0": "Lyrics", "kind0": "gold"}, "Select a valid choice"),
        ({"name0": "x" * 121}, "at most 120 characters"),
        ({"name0": "a\x00b"}, "characters that are not text"),
    ],
)
def test_wrong_request_is_told_and_kept(
    cast: Cast, signed: Submission, said: dict[str, str], sentence: str
) -> None:
    answer = post(cast.manager, signed, "ask_for", note="Typed with care", **said)
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert sentence in shown
    assert "Typed with care" in shown
    assert not Deliverable.objects.exists()


def test_ball_and_dates_are_plain(cast: Cast, handed: Submission) -> None:
    act(handed, "ask_for", items=items_of("Photo"), manager=cast.manager)
    shown = page(cast.viewer, handed)
    assert shown.count("Your turn to look at it · due by") == 2
    assert "The producer’s turn · due by" in shown
    assert "2 to look at" in shown
    assert "0 of 3 done" in shown


def test_only_managers_see_what_is_personal(cast: Cast, handed: Submission) -> None:
    for person, sees in (
        (cast.viewer, False),
        (cast.reviewer, False),
        (cast.manager, True),
        (cast.owner, True),
    ):
        for shown in (page(person, handed), at_desk(person, handed)):
            assert ("Maya Grün" in shown) == (sees and "item-1-title" in shown)
        assert "dropbox.com" in page(person, handed)


def at_desk(user: User, submission: Submission) -> str:
    path = reverse("desk:submission", args=[submission.label.slug, submission.reference])
    return str(client_of(user).get(path).content.decode())


def test_personal_data_is_in_no_export(cast: Cast, handed: Submission) -> None:
    for name in ("export-csv", "export-json"):
        path = reverse(f"desk:{name}", args=[cast.label.slug])
        assert "Quay Road" not in client_of(cast.owner).get(path).getvalue().decode()


def test_manager_approves_asks_again_and_waives(cast: Cast, handed: Submission) -> None:
    assert post(cast.manager, handed, "approve", item=1).status_code == 303
    assert post(cast.manager, handed, "ask_again", item=2, note="The street is missing.").status_code == 303
    assert list(Deliverable.objects.of(handed).values_list("state", flat=True)) == ["approved", "asked"]
    assert "The street is missing." in page(cast.manager, handed)
    assert post(cast.manager, handed, "waive", item=2).status_code == 303
    event = Event.objects.of(handed).last()
    assert event
    assert (event.transition, event.payload, event.private) == ("waive", {"item": 2}, {"names": ["Contract"]})


def test_asking_again_needs_a_note_and_keeps_the_place(cast: Cast, handed: Submission) -> None:
    answer = post(cast.manager, handed, "ask_again", item=1, note="")
    assert answer.status_code == 422
    assert "This field is required." in answer.content.decode()


def test_item_that_moved_on_is_told(cast: Cast, handed: Submission) -> None:
    post(cast.owner, handed, "approve", item=1)
    assert post(cast.manager, handed, "approve", item=1).status_code == 422
    stale = client_of(cast.manager).post(
        url_of(handed), {"act": "approve", "item": 2, "turn": handed.turn, "key": uuid.uuid4()}
    )
    assert stale.status_code == 409
    assert "meanwhile" in stale.content.decode()


@pytest.mark.parametrize("what", ["ask_for", "approve", "ask_again", "waive"])
def test_nobody_below_a_manager_acts(cast: Cast, handed: Submission, what: str) -> None:
    for person in (cast.viewer, cast.reviewer):
        assert post(person, handed, what, item=1, name0="A", note="B").status_code == 403
    for person in (cast.rival, cast.stranger, cast.producer):
        assert post(person, handed, what, item=1, name0="A", note="B").status_code == 404
    shown = page(cast.reviewer, handed)
    assert 'name="act"' not in shown


@pytest.mark.parametrize("what", ["", "sign", "release", "accept"])
def test_other_acts_do_nothing(cast: Cast, handed: Submission, what: str) -> None:
    assert post(cast.manager, handed, what).status_code == 422
    assert fresh(handed).version == handed.version


def test_submission_page_sums_it_up(cast: Cast, handed: Submission) -> None:
    shown = at_desk(cast.viewer, handed)
    assert "What you need from the producer" in shown
    assert url_of(handed) in shown
    assert "WAV master" in shown
    assert 'id="deliverables"' not in at_desk(cast.viewer, cast.demo("in_review"))


def test_page_costs_the_same_for_one_and_for_many(
    cast: Cast, handed: Submission, django_assert_num_queries: Any
) -> None:
    client = client_of(cast.manager)
    for more in (0, 6):
        if more:
            act(handed, "ask_for", items=items_of(*"ABCDEF"), manager=cast.manager)
        with django_assert_num_queries(8):
            client.get(url_of(handed))
