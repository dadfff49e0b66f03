"""The example on the landing page is told by the code that tells real histories."""

from datetime import date, datetime

from django.test import Client

from submissions import history
from submissions.choices import ActorRole
from submissions.details import TEAM_FIELDS
from submissions.models import Event
from submissions.timeline import timeline
from submissions.transition_table import RULES
from trackflow.example import example
from trackflow.example_table import STEPS


def events() -> list[Event]:
    return [entry.event for entry in example()[1]]


def test_example_is_rendered_live_by_the_timeline_without_a_query(client: Client) -> None:
    page = client.get("/").content.decode()  # without the `db` mark a query fails the test
    submission, entries = example()
    assert entries == timeline(submission, team=False, by_name=True, events=events())
    for entry in entries:
        assert f"{entry.who} {entry.what}" in page
        assert entry.digest in page
    assert "You sent" not in page
    assert f"<strong>{submission.shown_title}</strong>" in page


def test_example_is_a_history_that_could_be() -> None:
    state, previous = "draft", history.first_digest(example()[0].reference)
    for event in events():
        rule = RULES[event.transition]
        assert state in rule.sources
        assert event.actor_role in rule.roles or event.actor_role == ActorRole.SYSTEM
        assert bytes(event.previous_digest) == previous
        assert history.digest(event, example()[0].reference) == event.digest
        state, previous = event.to_state, bytes(event.digest)
    assert state == example()[0].state == "released"


def test_dates_of_the_example_fit_together() -> None:
    for event in events():
        if "answer_by" in event.payload:
            assert (datetime.fromisoformat(event.payload["answer_by"]) - event.recorded_at).days == 14
    release_on = next(event.payload["release_on"] for event in events() if "release_on" in event.payload)
    day = date.fromisoformat(release_on)
    assert events()[-1].recorded_at.date() == day
    assert f"{day:%A}" == "Friday"


def test_payloads_of_the_example_are_those_of_their_transitions() -> None:
    assert [step.transition for step in STEPS] == [event.transition for event in events()]
    assert not any(TEAM_FIELDS & set(event.private) for event in events())
