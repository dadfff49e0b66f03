from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.status import suspend
from labels.tests.builders import make_label, make_member
from submissions.models import Event, Submission
from submissions.redaction import redact
from submissions.tests.builders import PATHS, act, make_draft, make_submission
from submissions.tests.posting import own_client, url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


def page_of(submission: Submission, client: Client | None = None) -> str:
    answer = (client or own_client(submission)).get(url_of("submission", submission))
    assert answer.status_code == 200
    return answer.content.decode()


OUTCOMES = {
    "rejected": "Harbour passed on it",
    "declined": "You declined the offer",
    "withdrawn": "You withdrew it",
    "expired": "Harbour did not answer in time",
}


@pytest.mark.parametrize(
    ("state", "open_to_producer"),
    [
        ("draft", ["edit", "delete"]),
        ("submitted", ["withdraw", "replace-link"]),
        ("in_review", ["withdraw", "replace-link"]),
        ("shortlisted", ["withdraw", "replace-link"]),
        ("changes_requested", ["resubmit", "withdraw", "replace-link"]),
        ("accepted", ["sign", "counter", "decline", "replace-link"]),
        ("countered", ["decline", "replace-link"]),
        ("signed", []),
        ("scheduled", []),
        ("released", []),
        ("rejected", []),
        ("declined", []),
        ("withdrawn", []),
        ("expired", []),
    ],
)
def test_page_offers_what_is_possible_in_this_state(state: str, open_to_producer: list[str]) -> None:
    submission = make_submission(state)
    page = page_of(submission)
    names = ["edit", "delete", "resubmit", "withdraw", "replace-link", "sign", "counter", "decline"]
    assert [name for name in names if f'href="{url_of(name, submission)}"' in page] == sorted(
        open_to_producer, key=names.index
    )
    assert submission.words.producer_name in page
    assert (OUTCOMES.get(state) or submission.words.producer_next) in page


def test_every_button_says_what_the_label_will_see() -> None:
    page = page_of(make_submission("accepted"))
    assert "Harbour sees at once that you accepted the offer" in page
    assert "This cannot be undone" in page


def test_terms_and_note_of_an_offer_stand_beside_its_buttons() -> None:
    submission = make_submission("in_review")
    manager = make_member(submission.label, Role.MANAGER)
    offered = act(submission, "accept", manager=manager, text="Fifty fifty.", note="We want it.").submission
    page = page_of(offered)
    card = page[page.index('id="next"') : page.index("<h2>History</h2>")]
    for words in ("Fifty fifty.", "We want it.", "Accept the offer", "Decline"):
        assert words in card
    signed = page_of(act(offered, "sign").submission)
    assert "Fifty fifty." not in signed[signed.index('id="next"') : signed.index("<h2>History</h2>")]


def test_draft_shows_the_track_as_it_is_now() -> None:
    draft = make_draft()
    draft.track.title = "Night Drive, reworked"
    draft.track.save()
    assert "Night Drive, reworked" in page_of(draft)


def test_what_was_sent_stays_as_it_was() -> None:
    submission = make_submission("submitted", track=make_track(make_producer(), tempo="121.00"))
    submission.track.tempo = 140
    submission.track.save()
    page = page_of(submission)
    assert "121 BPM" in page
    assert "140 BPM" not in page


def test_clock_says_promise_and_day() -> None:
    page = page_of(make_submission("submitted"))
    assert "Answer promised by" in page
    assert "Harbour promised an answer within 14 days" in page


def test_late_label_is_said_to_be_late() -> None:
    submission = make_submission("submitted")
    with at(now() + timedelta(days=17)):
        page = page_of(submission)
    assert "Their answer is 3 days late" in page
    assert "Harbour missed the date it promised, which counts in its public record." in page
    assert "If no answer comes, it expires on" in page
    assert [name for name in ("nudge", "withdraw") if url_of(name, submission) in page] == [
        "nudge",
        "withdraw",
    ]


def test_own_turn_says_until_when() -> None:
    submission = make_submission("accepted")
    assert "Your answer is due by" in page_of(submission)
    with at(now() + timedelta(days=12)):
        assert "due--soon" in page_of(submission)


def test_clock_that_stands_still_says_why() -> None:
    submission = act(make_submission("submitted"), "link_failed").submission
    page = page_of(submission)
    assert "The deadline is paused" in page
    assert "Your audio link does not work" in page
    assert "Time left once it goes on: 14 days." in page


def test_label_that_took_more_time_is_said() -> None:
    submission = make_submission("in_review")
    act(submission, "extend", manager=make_member(submission.label, Role.MANAGER))
    assert "The label took more time once" in page_of(submission)


def test_suspended_label_leaves_withdrawing_alone() -> None:
    submission = make_submission("changes_requested")
    suspend(submission.label, reason="Asked for money.")
    page = page_of(submission)
    assert "is suspended at the moment" in page
    assert url_of("withdraw", submission) in page
    assert url_of("resubmit", submission) not in page


def test_revisions_show_what_changed() -> None:
    submission = make_submission("changes_requested")
    submission.track.title = "Day Drive"
    submission.track.save()
    page = page_of(act(submission, "resubmit").submission)
    assert "What changed in revision 2" in page
    assert "<ins>Day Drive</ins>" in page


def test_fingerprints_are_under_proof_alone() -> None:
    submission = act(make_submission("in_review"), "replace_link").submission
    before, rest = page_of(submission).split('<details class="proof"')
    after = rest.split("</details>", 1)[1]
    events = list(Event.objects.of(submission))
    digests = [event.digest_hex for event in events]
    digests += [each[side][7:] for each in events[-1].private["diff"] for side in ("before", "after")]
    assert len(digests) == 5
    assert not [digest for digest in digests if digest[:8] in before + after]


def test_redacted_history_still_opens() -> None:
    submission = make_submission("changes_requested")
    submission.track.title = "Day Drive"
    submission.track.save()
    act(submission, "resubmit")
    for event in Event.objects.of(submission):
        redact(event)
    page = page_of(Submission.objects.get())
    assert "(redacted)" in page
    assert "Day Drive" not in page.replace(str(submission.track), "")


SECRETS = ("otto", "milly", "ravi", "prepared", "assign", "score", "memo", "proposal", "manager)")


def test_what_is_the_teams_never_shows() -> None:
    submission = make_submission("in_review")
    assignee = make_member(submission.label, Role.REVIEWER, email="otto.assigned@example.com")
    Submission.objects.update(team_assignee=assignee)
    manager = make_member(submission.label, Role.MANAGER, email="milly.manager@example.com")
    act(submission, "request_changes", manager=manager, prepared_by="Ravi Preparer")
    client = own_client(submission)
    for name in ("submission", "resubmit", "withdraw", "replace-link"):
        page = client.get(url_of(name, submission)).content.decode().lower()
        for secret in SECRETS:
            assert secret not in page, (name, secret)


def test_label_may_show_names() -> None:
    submission = make_submission("in_review", label=make_label(shows_names=True))
    assert "Manager (manager) opened it" in page_of(submission)


def test_reference_is_read_as_people_type_it() -> None:
    submission = make_submission("submitted")
    typed = submission.reference.lower().replace("-", "")
    assert own_client(submission).get(f"/submissions/{typed}/").status_code == 200


@pytest.mark.parametrize("state", ["draft", "submitted", "rejected"])
def test_nobody_else_finds_it(state: str) -> None:
    submission = make_submission(state)
    for user in (make_producer(), make_member(submission.label)):
        assert client_of(user).get(url_of("submission", submission)).status_code == 404


def test_anonymous_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(url_of("submission", make_draft())).status_code == 302


@pytest.mark.parametrize("facts", [1, 5])
def test_page_takes_as_many_queries_for_a_long_history_as_for_a_short_one(
    facts: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    submission = make_submission("in_review")
    for _ in range(facts):
        act(submission, "replace_link")
    client = own_client(submission)
    with django_assert_num_queries(6):
        client.get(url_of("submission", submission))


@pytest.mark.parametrize("state", PATHS)
def test_head_is_answered(state: str) -> None:
    submission = make_submission(state)
    assert own_client(submission).head(url_of("submission", submission)).status_code == 200
