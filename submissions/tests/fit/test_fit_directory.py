"""The directory for a track: labels that suit it, best fit first, with reasons; for its owner alone."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from labels.blocks import block
from labels.models import Label
from labels.tests.builders import make_intake, make_label, make_member, make_record
from submissions.tests.builders import make_submission
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db

URL = "/labels/"


@pytest.fixture
def track() -> Track:
    return make_track(make_producer())


def wanting(name: str, **rules: Any) -> Label:
    """Return a label whose standing intake has these rules."""
    label = make_label(name)
    label.intakes.all().delete()
    make_intake(label, **rules)
    return label


def cards(client: Client, **query: str) -> list[Any]:
    return list(client.get(URL, query).context["cards"])


def names(client: Client, **query: str) -> list[str]:
    return [card.label.name for card in cards(client, **query)]


def test_label_is_found_by_the_genre_its_intake_takes(client: Client) -> None:
    wanting("Savanna", genres=["afro-house"])
    wanting("Delta", genres=["house-acid"])
    secret = make_label("Secret")
    make_intake(secret, call_name="Night", access_code="moth12", genres=["afro-house"])
    ended = make_label("Ended")
    make_intake(ended, call_name="Past", closes_at="2020-01-01T00:00Z", genres=["afro-house"])
    assert names(client, genre="afro-house") == ["Savanna"]
    assert names(client, genre="house") == ["Delta"]


def test_owner_sees_best_fit_first_and_why(track: Track) -> None:
    wanting("Blocked genre", genres=["techno-raw-deep-hypnotic"], genre_strictness="block")
    wanting("Other genre", genres=["techno-raw-deep-hypnotic"])
    wanting("Any genre")
    wanting(
        "Named", genres=["deep-house"], tempo_from=118, tempo_to=124, ai_policy="none", unreleased_only=True
    )
    wanting("Asleep", is_paused=True)
    found = cards(client_of(track.owner), track=track.code)
    levels = {card.label.name: card.fit.level.label for card in found}
    assert list(levels.items()) == [
        ("Named", "Good fit"),
        ("Any genre", "Takes any genre"),
        ("Other genre", "Check first"),
        ("Blocked genre", "Cannot get it"),
        ("Asleep", "Closed"),
    ]
    assert [each.sentence for each in found[0].fit.reasons] == [
        "Takes Deep House",
        "Looks for 118 to 124 BPM: yours has 122",
        "No generative AI, as in yours",
        "Unreleased music only, as yours is",
    ]
    assert [each.sentence for each in found[3].fit.reasons] == [
        "Blocked genre is not looking for this genre."
    ]


def test_kept_promises_and_answers_order_labels_that_suit_alike(track: Track) -> None:
    full = {"sample": 20, "answered": 18, "in_time": 18, "in_time_share": 90}
    make_record(make_label("Prompt"), **full)
    make_record(make_label("Late"), **{**full, "in_time": 4, "in_time_share": 20})
    make_record(make_label("Talkative"), **{**full, "answered": 20})
    make_label("New here")
    found = names(client_of(track.owner), track=track.code)
    assert found == ["Talkative", "Prompt", "New here", "Late"]


def test_what_was_sent_there_before_is_said(track: Track) -> None:
    there = {state: make_label(state.title()) for state in ("submitted", "withdrawn", "rejected")}
    refs = {state: make_submission(state, track=track, label=at).reference for state, at in there.items()}
    page = client_of(track.owner).get(URL, {"track": track.code})
    said = {card.label.name: card.fit.reasons[0] for card in page.context["cards"]}
    assert said["Submitted"].sentence == "Already there: “Waiting to be opened”"
    assert said["Withdrawn"].weight == "check"
    assert said["Rejected"].weight == "stop"
    assert f"See {refs['rejected']}" in page.content.decode()


def test_what_every_label_needs_is_said_once_with_the_way_to_add_it(track: Track) -> None:
    Track.objects.update(audio_url="", ai="")
    for name in ("Harbour", "Quay"):
        make_label(name)
    page = client_of(track.owner).get(URL, {"track": track.code}).content.decode()
    assert page.count("answer about generative AI, audio link") == 1
    assert f"/tracks/{track.code}/edit/" in page


def test_label_that_blocked_the_producer_looks_closed(track: Track) -> None:
    harbour, quay = make_label("Harbour"), wanting("Quay", is_paused=True)
    block(harbour, track.owner, actor=make_member(harbour))
    client = client_of(track.owner)
    for card in cards(client, track=track.code):
        assert card.fit.level.label == "Closed"
        assert [each.sentence for each in card.fit.reasons] == [
            f"{card.label} is not taking demos here at the moment."
        ]
    assert client.get("/submissions/send/", {"track": track.code}).context["rows"] == []
    assert quay.status == harbour.status


def test_only_labels_that_can_get_it(track: Track) -> None:
    wanting("Never", genres=["techno-raw-deep-hypnotic"], genre_strictness="block")
    wanting("Perhaps", genres=["techno-raw-deep-hypnotic"])
    assert names(client_of(track.owner), track=track.code, can="on") == ["Perhaps"]


def test_nobody_else_sees_how_a_track_fits(client: Client, track: Track) -> None:
    wanting("Zebra", genres=["deep-house"])
    make_label("Aurora")
    for visitor in (client, client_of(make_producer())):
        page = visitor.get(URL, {"track": track.code})
        assert [card.fit for card in page.context["cards"]] == [None, None]
        assert [card.label.name for card in page.context["cards"]] == ["Aurora", "Zebra"]
        assert track.title not in page.content.decode()


def test_pages_of_the_fit_cover_every_label_once(track: Track) -> None:
    for number in range(30):
        wanting(f"Label {number:02}", genres=["deep-house"] * (number % 2))
    client = client_of(track.owner)
    first = client.get(URL, {"track": track.code})
    second = client.get(URL + first.context["page"].next_url)
    seen = [card.label.name for page in (first, second) for card in page.context["cards"]]
    assert len(seen) == len(set(seen)) == 30
    assert {card.fit.level for card in first.context["cards"][:15]} == {4}


def test_ranking_costs_the_same_for_one_label_and_for_five(track: Track) -> None:
    client, counts = client_of(track.owner), []
    client.get(URL)  # the filter's genres are kept for a minute
    for number in range(5):
        label = wanting(f"Label {number}", genres=["deep-house"])
        make_submission("in_review", track=track, label=label)
        with CaptureQueriesContext(connection) as seen:
            client.get(URL, {"track": track.code})
        counts.append(len(seen))
    assert counts[0] == counts[-1]
