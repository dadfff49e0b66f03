"""You have heard this before: what the page of a demo says about earlier ones like it."""

from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from catalog.models import Track
from catalog.tests.builders import make_producer, make_track
from desk.context import context_of
from desk.similar.earlier_demos import (
    EarlierDemos,
    earlier_demos_of,
    marks_of,
    similar_at,
)
from desk.similar.fingerprints import fingerprints_of, update_fingerprints
from kit.clock import at, now
from labels.tests.builders import make_label
from submissions.models import Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

LINK = "https://soundcloud.com/mara/night-drive"


def sent(cast: Cast, days: float, state: str = "rejected", **track: Any) -> Submission:
    """Return a demo sent so many days ago by somebody new, remembered by the desk."""
    artist = track.pop("artist", "Somebody Else")
    made = make_track(make_producer(artist_name=artist), **track)
    with at(now() - timedelta(days=days)):
        demo = make_submission(state, manager=cast.manager, label=cast.label, track=made)
    update_fingerprints([demo.pk])
    return demo


def known(cast: Cast, demo: Submission, user: Any = None) -> EarlierDemos:
    context = context_of(user or cast.viewer, "harbour", demo.reference)
    last = demo.revisions.order_by("number").last()
    assert last
    return earlier_demos_of(context, last)


def found(cast: Cast, demo: Submission) -> list[tuple[str, str]]:
    return [(row.submission.reference, row.shares) for row in known(cast, demo).rows]


def test_same_link_is_known_with_another_token(cast: Cast) -> None:
    old = sent(cast, 30, title="Nightfall", audio_url=f"{LINK}/s-aaaaaaaaaaa")
    new = sent(cast, 1, "submitted", title="Something New", audio_url=f"{LINK}/s-bbbbbbbbbbb")
    assert found(cast, new) == [(old.reference, "link")]
    assert found(cast, old) == []


def test_same_isrc_is_known(cast: Cast) -> None:
    old = sent(cast, 30, isrc="GBX7M2600014")
    assert found(cast, sent(cast, 1, "submitted", isrc="GBX7M2600014")) == [(old.reference, "ISRC")]


def test_same_artist_and_title_are_known_however_written(cast: Cast) -> None:
    old = sent(cast, 30, artist="Måra", title="Night Drive")
    new = sent(cast, 1, "submitted", artist="MARA", title="Night-Drive (feat. Efua)", mix="Second Version")
    remix = sent(cast, 1, "submitted", artist="Mara", title="Night Drive", mix="Jonas Remix")
    assert found(cast, new) == [(old.reference, "artist and title")]
    assert found(cast, remix) == []


def test_what_is_empty_is_like_nothing(cast: Cast) -> None:
    old, new = sent(cast, 30), sent(cast, 1, "submitted")
    Submission.objects.filter(pk=old.pk).update(team_link="", team_name="")
    assert found(cast, new) == []


def test_page_shows_decision_reason_and_what_changed(cast: Cast) -> None:
    demo = cast.demo("submitted", title="Second Wind", tempo="122.00")
    with at(now() + timedelta(minutes=1)):
        act(demo, "reject", manager=cast.manager, reason="arrangement", welcome="this_again")
    track = demo.track
    track.mix, track.tempo, track.audio_url = "Second Version", "124.00", LINK
    track.save()
    with at(now() + timedelta(days=1)):
        new = make_submission(manager=cast.manager, label=cast.label, track=track)
    update_fingerprints([demo.pk])
    [row] = known(cast, new).rows
    assert (row.submission, row.shares) == (demo, "track, artist and title")
    assert (row.who, row.what) == ("Mona (manager)", "passed on it")
    assert (row.reason, row.welcome) == ("Arrangement", "This one again, reworked")
    changed = {change.label: (change.before, change.after) for change in row.changes}
    assert changed["Tempo"] == ("122 BPM", "124 BPM")
    assert changed["Audio link"] == ("(not shown)", "(not shown), changed")
    page = client_of(cast.viewer).get(url("submission", new)).content.decode()
    assert 'id="before"' in page
    assert "Arrangement." in page
    assert "Welcome next: this one again, reworked" in page
    assert "What changed: 3 fields" in page
    assert demo.revisions.get().copy["audio_url"] not in page
    assert 'id="before"' not in client_of(cast.viewer).get(url("submission", demo)).content.decode()


@pytest.mark.parametrize(
    ("state", "what"),
    [
        ("submitted", ""),
        ("shortlisted", ""),
        ("changes_requested", "asked for changes"),
        ("accepted", "offered to sign it"),
        ("released", "released it"),
        ("withdrawn", "withdrew it"),
        ("declined", "declined the offer"),
        ("expired", "let it expire"),
    ],
)
def test_each_end_of_the_earlier_one_is_told(cast: Cast, state: str, what: str) -> None:
    sent(cast, 500, state, audio_url=LINK)
    [row] = known(cast, sent(cast, 1, "submitted", audio_url=LINK)).rows
    assert row.what == what


def test_no_more_than_three_are_shown(cast: Cast) -> None:
    olds = [sent(cast, 40 - age, audio_url=LINK) for age in range(5)]
    seen = known(cast, sent(cast, 1, "submitted", audio_url=LINK))
    assert [row.submission for row in seen.rows] == olds[:1:-1]
    assert seen.more == 2


def test_other_desks_redacted_and_own_ones_stay_unknown(cast: Cast) -> None:
    elsewhere = make_submission(track=make_track(make_producer(), audio_url=LINK), label=make_label("Quay"))
    own = make_submission(
        manager=cast.manager, label=cast.label, track=make_track(cast.insider, audio_url=LINK)
    )
    gone = sent(cast, 30, audio_url=LINK)
    update_fingerprints([elsewhere.pk, own.pk])
    for event in gone.events.all():
        redact(event)
    with at(now() + timedelta(days=1)):
        new = sent(cast, 0, "submitted", audio_url=LINK)
    assert found(cast, new) == [(own.reference, "link")]
    assert known(cast, new, cast.insider).rows == []


@pytest.mark.parametrize("count", [1, 4])
def test_before_asks_three_queries(cast: Cast, count: int, django_assert_num_queries: Any) -> None:
    for age in range(count):
        sent(cast, 30 + age, audio_url=LINK)
    new = sent(cast, 1, "submitted", audio_url=LINK)
    context, last = context_of(cast.viewer, "harbour", new.reference), new.revisions.get()
    with django_assert_num_queries(3):
        assert len(earlier_demos_of(context, last).rows) == min(count, 3)


def test_each_kind_of_likeness_is_looked_up_in_its_own_index(owner_connection: Any) -> None:
    cast = Cast()
    fill(cast, 4000)
    new = sent(cast, 1, "submitted", isrc="GBX7M2600014")
    owner_connection.execute("ANALYZE submissions_submission")
    context = context_of(cast.viewer, "harbour", new.reference)
    plan = similar_at(
        context.user,
        context.desk.label,
        marks_of(context.submission, fingerprints_of(new.revisions.get().copy)),
    ).explain()
    assert "BitmapOr" in plan
    for index in ("submission_same_isrc", "submission_same_link", "submission_same_name"):
        assert index in plan


def fill(cast: Cast, count: int) -> None:
    """Put so many rows on the desk, each unlike the others."""
    intake, digests = (
        cast.label.intakes.get(),
        [sha256(b"%d" % number).hexdigest() for number in range(count)],
    )
    tracks = Track.objects.bulk_create(
        Track(owner=cast.producer, code=f"TR-{number:04}-FULL", title="Full") for number in range(count)
    )
    Submission.objects.bulk_create(
        Submission(
            reference=f"TF-{number:04}-FULL",
            producer=cast.producer,
            label=cast.label,
            intake=intake,
            track=track,
            team_link=digests[number],
            team_name=digests[number],
        )
        for number, track in enumerate(tracks)
    )
