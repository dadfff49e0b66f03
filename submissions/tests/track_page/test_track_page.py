"""A track's page: where it was sent, what became of it, what comes next, labels that fit, and the way back."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from catalog.tests.posting import post_track
from labels.tests.builders import make_intake, make_label, make_member
from submissions.models import SendPlan
from submissions.tests.builders import act, make_draft, make_submission
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def track() -> Track:
    return make_track(make_producer())


def shown(track: Track) -> Any:
    return client_of(track.owner).get(track.get_absolute_url())


def next_of(track: Track) -> tuple[str, str]:
    step = shown(track).context["next"]
    return step.sentence, step.button


def test_try_that_was_followed_by_another_offers_nothing(track: Track) -> None:
    label = make_label("Again")
    first = make_submission("withdrawn", track=track, label=label)
    second = make_submission("submitted", track=track, label=label)
    actions = {each.card.submission.pk: each.action for each in shown(track).context["tries"]}
    assert actions == {first.pk: "", second.pk: ""}


def test_page_says_where_it_was_sent_and_what_became_of_it(track: Track) -> None:
    passed = make_submission("submitted", track=track, label=make_label("Passed"))
    act(passed, "reject", manager=make_member(passed.label), reason="production", welcome="this_again")
    for state in ("submitted", "expired", "changes_requested"):
        make_submission(state, track=track, label=make_label(state.title()))
    make_draft(track=track, label=make_label("Draft"))
    found = {each.card.submission.label.name: each for each in shown(track).context["tries"]}
    assert list(found)[:3] == ["Changes_Requested", "Draft", "Submitted"]
    assert found["Passed"].outcome == "Mix or production. They would like to hear it again, reworked."
    assert {name: each.action for name, each in found.items()} == {
        "Draft": "Finish and send",
        "Changes_Requested": "Send a new revision",
        "Submitted": "",
        "Expired": "Rework and send again",
        "Passed": "Rework and send again",
    }
    page = shown(track).content.decode()
    for words in ("No answer in time", "Waiting to be opened", "Answer promised by"):
        assert words in page


def test_next_step_of_each_situation(track: Track) -> None:
    make_label("Other")
    assert next_of(track) == ("You have not sent it yet. 1 label could get it.", "Find a label")
    harbour = make_label("Harbour")
    boss = make_member(harbour)
    draft = make_draft(track=track, label=harbour)
    assert next_of(track) == ("Your draft for Harbour is not sent yet.", "Finish and send")
    sent = act(draft, "submit").submission
    assert next_of(track) == ("It is with Harbour. 1 more label could get it.", "Find more labels")
    SendPlan.objects.create(track=track, to=["CL-0000-0000", "CL-0000-0001"])
    assert next_of(track)[1] == "Continue there"
    asked = act(sent, "request_changes", manager=boss).submission
    assert next_of(track) == ("Harbour asks for changes.", "Send a new revision")
    offered = act(act(asked, "resubmit").submission, "accept", manager=boss).submission
    assert next_of(track) == ("Harbour offers to sign it. The answer is yours.", "See the offer")
    SendPlan.objects.all().delete()
    declined = act(offered, "decline").submission
    assert next_of(track) == ("No label has it now. 2 more labels could get it.", "Send to other labels")
    assert declined.state == "declined"
    Track.objects.update(ai="")
    assert next_of(track)[1] == "Complete it"


def test_best_fitting_labels_are_named_with_reasons(track: Track) -> None:
    for name in ("A", "B", "C", "D"):
        label = make_label(name)
        label.intakes.all().delete()
        make_intake(label, genres=["deep-house"] if name != "A" else ["amapiano"])
    answer = shown(track)
    assert {card.label.name for card in answer.context["fits"]} == {"B", "C", "D"}
    assert "Takes Deep House" in answer.content.decode()


def test_page_costs_the_same_for_one_submission_and_for_five(track: Track) -> None:
    client, counts = client_of(track.owner), []
    for number in range(5):
        make_submission("rejected", track=track, label=make_label(f"Label {number}"))
        with CaptureQueriesContext(connection) as seen:
            client.get(track.get_absolute_url())
        counts.append(len(seen))
    assert counts[0] == counts[-1]


def test_edit_for_a_revision_leads_back_to_it(track: Track) -> None:
    submission = make_submission("changes_requested", track=track)
    client = client_of(track.owner)
    resubmit = reverse("submissions:resubmit", args=[submission.reference])
    edit = reverse("catalog:track-edit", args=[track.code])
    assert f'href="{edit}?next={resubmit}"' in client.get(resubmit).content.decode()
    form = client.get(edit, {"next": resubmit}).content.decode()
    assert f'name="next" value="{resubmit}"' in form
    answer = post_track(client, track, next=resubmit)
    assert (answer.status_code, answer["Location"]) == (303, resubmit)


@pytest.mark.parametrize("path", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", ""])
def test_way_back_never_leads_elsewhere(track: Track, path: str) -> None:
    answer = post_track(client_of(track.owner), track, next=path)
    assert answer["Location"] == track.get_absolute_url()
