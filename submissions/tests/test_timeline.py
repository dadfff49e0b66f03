from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext

from kit.clock import at, now
from labels.choices import Role
from labels.tests.builders import make_label, make_member
from submissions.models import Event, Submission
from submissions.redaction import redact
from submissions.tests.builders import PATHS, SUMMARY, act, make_submission
from submissions.timeline import Entry, timeline

pytestmark = pytest.mark.django_db


def told(submission: Submission, *, team: bool = False) -> list[Entry]:
    return timeline(submission, team=team)


def last(submission: Submission, transition: str, *, team: bool = False, **details: Any) -> Entry:
    manager = make_member(submission.label, Role.MANAGER)
    act(submission, transition, manager=manager, **details)
    return told(submission, team=team)[-1]


def test_producer_reads_own_acts_as_you() -> None:
    submission = make_submission("in_review")
    assert [(entry.who, entry.what) for entry in told(submission)] == [
        ("You", "sent it"),
        ("Harbour’s manager", "opened it"),
    ]


def test_team_reads_the_artist_and_the_name_of_the_colleague() -> None:
    submission = make_submission("in_review")
    assert [entry.who for entry in told(submission, team=True)] == [submission.artist, "Manager (manager)"]


@pytest.mark.parametrize("state", PATHS)
@pytest.mark.parametrize("team", [True, False])
def test_every_state_tells_its_history(state: str, team: bool) -> None:
    entries = told(make_submission(state), team=team)
    assert [entry.icon for entry in entries] == list(PATHS[state])
    assert render_to_string("submissions/_timeline.html", {"entries": entries}).count(
        "timeline__item "
    ) == len(entries)


def test_time_since_the_last_turn_leaves_quiet_facts_out() -> None:
    submission, start = make_submission("in_review"), now()
    manager = make_member(submission.label, Role.MANAGER)
    with at(start + timedelta(days=2)):
        act(submission, "listened", manager=manager)
    with at(start + timedelta(days=3, hours=1)):
        act(submission, "shortlist", manager=manager)
    heard, kept = told(submission)[-2:]
    assert (heard.took, heard.is_fact, kept.took_words) == (None, True, "3 days")


def test_listening_says_seconds_of_the_whole() -> None:
    submission = make_submission("in_review")
    assert last(submission, "listened").lines == [("Played on our page", "1:01 of 6:24")]


def test_rejection_says_reason_and_what_is_welcome() -> None:
    lines = last(make_submission("in_review"), "reject").lines
    assert lines == [("Reason", "Not our genre"), ("Welcome next", "Another track")]


def test_offer_says_terms_and_the_day_to_answer_by() -> None:
    lines = dict(last(make_submission("in_review"), "accept").lines)
    assert lines["Terms"] == SUMMARY
    assert lines["Answer due by"].endswith(f"{now() + timedelta(days=14):%H:%M}")


def test_who_prepared_a_decision_is_told_to_the_team_alone() -> None:
    submission = make_submission("in_review")
    entry = last(submission, "accept", prepared_by="Ravi the reviewer")
    assert "Ravi" not in str(entry.lines)
    assert ("Prepared by", "Ravi the reviewer") in told(submission, team=True)[-1].lines


def test_new_revision_shows_what_changed_with_links_unsaid() -> None:
    submission = make_submission("changes_requested")
    track = submission.track
    track.title, track.audio_url, track.tempo = "Day Drive", "https://soundcloud.com/a/b/s-secretToken1", None
    track.save()
    entry = last(submission, "resubmit")
    rows = {row.label: (row.before, row.after) for row in entry.changes}
    assert rows["Title"][1] == "Day Drive"
    assert rows["Tempo"] == ("122 BPM", "")
    assert rows["Audio link"] == ("a link", "another link")
    assert "secretToken" not in render_to_string("submissions/_timeline.html", {"entries": [entry]})


def test_redacted_event_says_so_and_nothing_else() -> None:
    submission = make_submission("changes_requested")
    redact(Event.objects.of(submission)[2])
    entry = told(submission)[2]
    page = render_to_string("submissions/_timeline.html", {"entries": [entry]})
    assert (entry.is_redacted, entry.note) == (True, "")
    assert "timeline__item--redacted" in page
    assert "was redacted on" in page


def test_link_that_failed_says_which_and_how() -> None:
    entry = last(make_submission("submitted"), "link_failed")
    assert entry.lines == [("Link", "audio link"), ("Problem", "The page is gone")]


def test_expiry_says_who_owed_the_answer() -> None:
    submission = make_submission("expired")
    assert ("No answer from", "the label") in told(submission)[-1].lines


def test_history_of_any_length_takes_one_query() -> None:
    label = make_label(shows_names=True)
    submission = make_submission("in_review", label=label)
    manager = make_member(label, Role.MANAGER)
    for _ in range(4):
        act(submission, "listened", manager=manager)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert len(told(submission)) == 6
    assert len(queries) == 1
