"""The page of an artist: everything one account sent to this label, to who may see it there."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from catalog.models import Profile
from catalog.tests.builders import make_track
from desk.memos import service as memos
from desk.models import TeamSettings
from desk.scores.service import give, saved_criteria_of
from kit.clock import at, now
from labels.tests.builders import make_label
from submissions.models import Submission
from submissions.redaction import redact
from submissions.tests.builders import act, make_submission
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

QUERIES = 13
"""Session with user, desks, submission, page, names, plays, contact, block, decisions, their actors, memos,
plays by demo, unread."""


def page_of(user: Any, demo: Submission, **query: str) -> Any:
    return client_of(user).get(f"/desk/{demo.label.slug}/artists/{demo.reference}/", query)


def score(demo: Submission, member: Any, mark: int) -> None:
    give(demo, member, dict.fromkeys(saved_criteria_of(demo.label), mark), "", 1)


def test_page_shows_outcome_score_memos_contact_and_plays(cast: Cast) -> None:
    with at(now() - timedelta(days=30)):
        cast.demo("rejected", title="First Try")
        cast.demo("signed", title="Second Try")
    demo = cast.demo(title="Third Try")
    score(demo, cast.reviewer, 4)
    memos.write(demo, author=cast.reviewer, text="Better every time.", key=uuid4())
    for seconds in (61, 120):
        act(demo, "listened", manager=cast.manager, seconds=seconds, total=384)
    answer = page_of(cast.viewer, demo)
    page, profile = answer.content.decode(), cast.producer.profile
    assert [each.submission.title for each in answer.context["artist"].demos] == [
        "Third Try",
        "Second Try",
        "First Try",
    ]
    for words in (
        profile.artist_name,
        "3 demos, 1 signed",
        f"mailto:{profile.contact_email}",
        "Malmö, Sweden",
        "Mona (manager) passed on it",
        "Not our genre.",
        "Score 4 of 5, one score",
        "Better every time.",
        "Played here 2 times by 1 person",
    ):
        assert words in page, words


def test_row_and_pane_lead_there_with_the_count(cast: Cast) -> None:
    cast.demo("signed")
    cast.demo("draft")
    make_submission(track=make_track(cast.producer), label=make_label("Quay"))
    demo = cast.demo("submitted")
    address = f"/desk/harbour/artists/{demo.reference}/"
    for path in ("/desk/harbour/?q=", url("submission", demo)):
        page = client_of(cast.viewer).get(path).content.decode()
        assert f'href="{address}"' in page
        assert "2 demos, 1 signed" in page


def test_own_unsent_and_foreign_demos_are_absent(cast: Cast) -> None:
    demo, draft = cast.demo(), cast.demo("draft")
    elsewhere = make_submission(track=make_track(cast.producer), label=make_label("Quay"))
    own = make_submission(manager=cast.manager, label=cast.label, track=make_track(cast.insider))
    assert [each.submission for each in page_of(cast.viewer, demo).context["artist"].demos] == [demo]
    assert page_of(cast.insider, own).status_code == 404
    assert page_of(cast.owner, own).status_code == 200
    assert page_of(cast.viewer, draft).status_code == 404
    assert page_of(cast.viewer, elsewhere).status_code == 404
    assert page_of(cast.rival, demo).status_code == 404


def test_links_are_there_only_while_the_latest_demo_shows_them(cast: Cast) -> None:
    link = "https://soundcloud.com/mara-lindqvist"
    Profile.objects.filter(user=cast.producer).update(soundcloud_url=link)
    demo = cast.demo()
    assert link in page_of(cast.viewer, demo).content.decode()
    assert demo.track.audio_url not in page_of(cast.viewer, demo).content.decode()
    act(demo, "withdraw")
    assert link not in page_of(cast.viewer, demo).content.decode()


def test_redaction_leaves_neither_name_nor_contact(cast: Cast) -> None:
    demo = cast.demo("submitted", title="Secret Title")
    for event in demo.events.all():
        redact(event)
    answer = page_of(cast.viewer, demo)
    page, profile = answer.content.decode(), cast.producer.profile
    assert answer.status_code == 200
    assert "(redacted)" in page
    assert not [each for each in ("Secret Title", profile.artist_name, profile.contact_email) if each in page]


def test_hidden_scores_stay_hidden(cast: Cast) -> None:
    demo = cast.demo()
    TeamSettings.objects.filter(label=cast.label).update(hides_scores=True)
    score(demo, cast.owner, 5)
    assert "of 5" not in page_of(cast.reviewer, demo).content.decode()
    assert "5 of 5" in page_of(cast.owner, demo).content.decode()


def test_other_names_of_the_account_are_told(cast: Cast) -> None:
    with at(now() - timedelta(days=30)):
        cast.demo()
    before = cast.producer.profile.artist_name
    Profile.objects.filter(user=cast.producer).update(artist_name="Nightform")
    cast.producer.refresh_from_db()
    names = page_of(cast.viewer, cast.demo()).context["artist"].names
    assert names == ["Nightform", before]


def test_pages_follow_each_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desk.similar.artist.ROWS", 2)
    made = []
    for day in range(3):
        with at(now() - timedelta(days=9 - day)):
            made.append(cast.demo("submitted"))
    first = page_of(cast.viewer, made[0])
    assert [each.submission for each in first.context["artist"].demos] == made[:0:-1]
    second = client_of(cast.viewer).get(first.request["PATH_INFO"] + first.context["page"].next_url)
    assert [each.submission for each in second.context["artist"].demos] == made[:1]
    assert page_of(cast.viewer, made[0], after="x").status_code == 400


@pytest.mark.parametrize("count", [1, 5])
def test_artist_asks_as_many_queries_for_one_as_for_five(
    cast: Cast, count: int, django_assert_num_queries: Any
) -> None:
    demos = [cast.demo("rejected") for _ in range(count)]
    for demo in demos:
        memos.write(demo, author=cast.reviewer, text="Hm.", key=uuid4())
    client = client_of(cast.viewer)
    with django_assert_num_queries(QUERIES):
        assert client.get(f"/desk/harbour/artists/{demos[0].reference}/").status_code == 200


def test_heard_elsewhere_is_told_apart_from_plays(cast: Cast) -> None:
    demo = cast.demo(title="Once")
    act(demo, "reject", manager=cast.manager, heard_elsewhere=True)
    answer = page_of(cast.viewer, demo)
    [shown] = answer.context["artist"].demos
    assert (shown.plays, shown.is_heard_elsewhere) == (0, True)
    assert "Heard elsewhere" in answer.content.decode()
