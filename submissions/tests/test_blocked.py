"""A producer whom a label blocked: new demos are refused as at a closed intake, what is there goes on."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import astuple
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from catalog.tests.builders import make_producer, make_track
from labels import blocks
from labels.models import Block, Intake, Label
from labels.tests.builders import make_label, make_member
from submissions.models import Event, Submission
from submissions.preflight.problems import draft_problems
from submissions.tests.builders import act, make_draft, make_submission
from trackflow.testing.clients import client_of
from trackflow.testing.races import at_once, wait_for_a_waiter

SHUT = "Harbour is not taking demos here at the moment."


def block(submission: Submission) -> Block:
    return blocks.block(submission.label, submission.producer, actor=make_member(submission.label))


def close(submission: Submission) -> None:
    Intake.objects.filter(label=submission.label).update(is_paused=True)


def refusal_of(draft: Submission) -> Any:
    with pytest.raises(ValidationError) as caught:
        act(draft, "submit")
    return caught.value.message_dict


def send_page(draft: Submission) -> tuple[int, list[Any], list[Any]]:
    """Send from the draft's page; return status, refusals and problems."""
    client = client_of(draft.producer)
    form = client.get(edit_of(draft)).context["form"]
    said = {"turn": 0, "key": form["key"].value(), "do": "send"}
    answer = client.post(edit_of(draft), said)
    return answer.status_code, answer.context["refused"], answer.context["problems"]


@pytest.mark.django_db
def test_new_demo_of_a_blocked_producer_is_refused_at_the_door_in_neutral_words() -> None:
    draft = make_draft()
    block(draft)
    assert refusal_of(draft) == {"intake": [f"{SHUT} Your draft is kept."]}
    assert not Event.objects.exists()
    assert Submission.objects.get().is_draft


@pytest.mark.django_db
@pytest.mark.parametrize("message", ["", "Back in May."])
def test_refusal_of_a_blocked_producer_is_that_of_a_closed_intake_everywhere(message: str) -> None:
    said = []
    for shut in (block, close):
        label = make_label(slug=shut.__name__)
        Intake.objects.filter(label=label).update(message=message)
        draft = make_draft(label=label, track=make_track(make_producer(), title="Tides", pitch=""))
        shut(draft)
        fresh = Submission.objects.select_related("label", "intake").get(pk=draft.pk)
        found = [draft_problems(fresh), *send_page(fresh)[1:]]
        words = repr([[astuple(each) for each in part] for part in found])
        for own in (draft.reference, draft.track.code, label.slug):
            words = words.replace(own, "…")
        said.append((send_page(fresh)[0], refusal_of(draft), words))
    assert said[0] == said[1]
    assert said[0][0] == 422
    assert f"{SHUT} {message}".strip() in said[0][2]


@pytest.mark.django_db
def test_outlook_of_a_blocked_producer_says_it_before_anything_is_sent() -> None:
    draft = make_draft()
    block(draft)
    client = client_of(draft.producer)
    said = {"track": draft.track.code, "intake": draft.intake.code}
    for path, query in ((reverse("submissions:create"), said), (edit_of(draft), {})):
        page = client.get(path, query).content.decode()
        assert SHUT in page
        assert "blocked" not in page


@pytest.mark.django_db
def test_send_to_several_labels_keeps_what_goes_to_who_blocked_its_producer_as_draft() -> None:
    maya = make_producer()
    track = make_track(maya)
    labels = [make_label("Harbour"), make_label("Quay")]
    blocks.block(labels[0], maya, actor=make_member(labels[0]))
    codes = [label.intakes.get().code for label in labels]
    client = client_of(maya)
    shown = client.get(reverse("submissions:send"), {"track": track.code, "to": codes, "go": "on"})
    assert SHUT in shown.content.decode()
    said: dict[str, Any] = {"track": track.code, "to": codes, "do": "send"}
    for part in shown.context["parts"]:
        said |= {field.html_name: field.value() for field in part.form if field.value() is not None}
    report = client.post(reverse("submissions:send"), said, follow=True).content.decode()
    assert SHUT in report
    states = dict(Submission.objects.values_list("label__name", "state"))
    assert states == {"Harbour": "draft", "Quay": "submitted"}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("state", "transition", "then"),
    [
        ("changes_requested", "resubmit", "submitted"),
        ("in_review", "replace_link", "in_review"),
        ("in_review", "withdraw", "withdrawn"),
        ("accepted", "sign", "signed"),
        ("in_review", "accept", "accepted"),
    ],
)
def test_existing_submissions_of_a_blocked_producer_go_on(state: str, transition: str, then: str) -> None:
    label = make_label()
    manager = make_member(label)
    submission = make_submission(state, label=label, manager=manager)
    block(submission)
    act(submission, transition, manager=manager)
    assert Submission.objects.get().state == then


@pytest.mark.django_db
def test_page_to_resubmit_says_nothing_of_a_block() -> None:
    submission = make_submission("changes_requested")
    block(submission)
    answer = client_of(submission.producer).get(reverse("submissions:resubmit", args=[submission.reference]))
    assert answer.status_code == 200
    assert SHUT not in answer.content.decode()


@pytest.mark.django_db
def test_lifted_block_lets_demos_in_again() -> None:
    draft = make_draft()
    blocks.lift(block(draft), actor=make_member(draft.label))
    assert act(draft, "submit").transition == "submit"


@pytest.mark.django_db
def test_others_and_other_labels_take_no_notice_of_a_block() -> None:
    draft = make_draft()
    block(draft)
    act(make_draft(label=draft.label), "submit")
    act(make_draft(label=make_label("Quay"), track=draft.track), "submit")
    assert Submission.objects.sent().count() == 2


def test_block_that_is_not_yet_committed_is_waited_for(committed_db: str) -> None:
    draft = make_draft()
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            block(draft)
            waiting = pool.submit(at_once, [lambda: act(draft, "submit")])
            wait_for_a_waiter()
        (result,) = waiting.result(timeout=30)
    assert isinstance(result, ValidationError)
    assert not Event.objects.exists()


def test_demo_that_is_being_sent_comes_before_the_block(committed_db: str) -> None:
    draft, owner = make_draft(), make_member(Label.objects.get())
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            act(draft, "submit")
            press = lambda: blocks.block(draft.label, draft.producer, actor=owner)  # noqa: E731
            waiting = pool.submit(at_once, [press])
            wait_for_a_waiter()
        (found,) = waiting.result(timeout=30)
    assert isinstance(found, Block)
    assert found.created_at > Event.objects.get().recorded_at


def edit_of(draft: Submission) -> str:
    return reverse("submissions:edit", args=[draft.reference])
