"""Where a label hides scores, nothing tells a member what they did not score themself."""

import base64
import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from desk.export.export_table import COLUMNS
from desk.live.news import news_of
from desk.live.page_state import PageState, row_word
from desk.models import TeamSettings
from desk.queue import annotations
from desk.queue.row_etag import row_etag
from desk.search.parser import parse
from desk.search.rows import filter_rows
from desk.tests.scores.test_scores import give, revise
from desk.tests.search.test_rows import found
from kit.clock import at, now
from kit.rates import changed
from submissions.models import Submission
from submissions.tests.builders import act
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import url

ALL = ",".join(COLUMNS)
SECRET, ANOTHER = "4.33", "4.67"
TIME = re.compile(r"[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]+")
"""A moment’s seconds may read like a score."""
COMMENT = "the-secret-comment"
HTMX = [{}, *({"HX-Request": "true", "HX-Target": target} for target in ("pane", "panel", "scores", "queue"))]


@pytest.fixture(autouse=True)
def no_limits(settings: Settings) -> None:
    """These tests export more often than anybody may."""
    settings.LIMITS = changed(settings.LIMITS, "off")


@pytest.fixture
def cast(cast: Cast) -> Cast:
    TeamSettings.objects.filter(label=cast.label).update(hides_scores=True)
    return cast


def scored(cast: Cast, *values: int, title: str = "Scored") -> Submission:
    """Return a demo to which owner, manager and a third member gave these marks."""
    demo = cast.demo(title=title)
    for member, value in zip((cast.owner, cast.manager, cast.insider), values, strict=False):
        give(demo, member, value, comment=COMMENT)
    return demo


def everything(client: Client, demo: Submission, other: Submission) -> Iterator[tuple[str, str]]:
    """Yield all that the desk answers about a demo, by its address."""
    desk = f"/desk/{demo.label.slug}/"
    picks = f"pick={demo.reference}&pick={other.reference}"
    queries = ("", "q=", "q=ball:any", "q=sort:score", "q=score:>=4", "q=score:none")
    lists = [f"{desk}?{query}" for query in queries]
    pages = [f"{url('submission', demo)}?{query}" for query in queries]
    files = [
        f"{desk}export.{kind}?columns={ALL}&q=ball:any {more}"
        for kind in ("csv", "json")
        for more in ("", "sort:score", "score:none")
    ]
    seen = f"seen={row_word(demo.reference, '0')}&since=2020-01-01T00:00:00Z"
    lives = [f"{desk}live/?{query or 'q='}&{seen}".replace("+", "%2B") for query in queries]
    rest = [f"{desk}compare/?{picks}", f"{desk}log/", url("submission-log", demo), f"{desk}views/"]
    for address in (*lists, *pages, *files, *lives, *rest, url("receipt", demo), "/notifications/"):
        for headers in HTMX:
            answer = client.get(address, headers=headers)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]  # a streaming answer has it
            assert answer.status_code in (200, 304), address
            yield address, TIME.sub("", content.decode())


def cursors(page: str) -> str:
    """Return what a page's own addresses say of places in the list."""
    codes = re.findall(r"(?:after|before)=([\w-]+)", page)
    return " ".join(base64.urlsafe_b64decode(code + "=" * (-len(code) % 4)).decode() for code in codes)


@pytest.mark.parametrize("who", ["reviewer", "viewer"])
def test_no_page_list_export_or_poll_tells_a_hidden_score(cast: Cast, who: str) -> None:
    demo, other = scored(cast, 5, 4, 4), scored(cast, 5, 5, 4, title="Other")
    for address, page in everything(client_of(getattr(cast, who)), demo, other):
        assert SECRET not in page, address
        assert ANOTHER not in page, address
        assert COMMENT not in page, address
        assert 'class="score' not in page, address
        assert SECRET not in cursors(page), address


def test_the_same_pages_tell_it_to_who_gave_theirs(cast: Cast) -> None:
    demo, other = scored(cast, 5, 4, 4), scored(cast, 5, 5, 4, title="Other")
    told = [address for address, page in everything(client_of(cast.owner), demo, other) if SECRET in page]
    kinds = ("/?q=", "export.csv", "export.json", "live/", "compare/", demo.reference)
    assert all(any(kind in address for address in told) for kind in kinds)


def test_viewer_reads_scores_where_nothing_is_hidden(cast: Cast) -> None:
    TeamSettings.objects.update(hides_scores=False)
    demo, other = scored(cast, 5, 4, 4), scored(cast, 5, 5, 4, title="Other")
    assert any(SECRET in page for _, page in everything(client_of(cast.viewer), demo, other))


def test_order_and_filter_by_score_hold_what_one_scored_oneself(cast: Cast) -> None:
    for mark in (5, 3, 4):
        scored(cast, mark, title=f"Theirs {mark}")
    for mark in (2, 5):
        give(scored(cast, mark, title=f"Mine {mark}"), cast.reviewer, mark)
    assert found(cast, "sort:score", cast.reviewer) == ["Mine 5", "Mine 2"]
    assert found(cast, "score:>=4", cast.reviewer) == ["Mine 5"]
    assert found(cast, "score:none", cast.reviewer) == ["Theirs 5", "Theirs 3", "Theirs 4"]
    assert found(cast, "score:1-5 sort:score", cast.viewer) == []


def test_neighbours_of_a_hidden_score_do_not_tell_its_place(cast: Cast) -> None:
    for mark in (5, 2):
        give(cast.demo(title=f"Mine {mark}"), cast.reviewer, mark)
    answers = []
    for mark in (1, 4):
        hidden = scored(cast, mark, title="Hidden")
        page = client_of(cast.reviewer).get(url("submission", hidden), {"q": "sort:score"})
        answers.append([row.title for row in page.context["rows"]])
    assert answers == [["Mine 5", "Mine 2", "Hidden"]] * 2


def etags(cast: Cast, demo: Submission) -> str:
    [row] = annotations.with_team_annotations(Submission.objects.filter(pk=demo.pk), cast.reviewer)
    return row_etag(row, cast.label, now())


def test_polls_stamp_stays_until_one_gave_ones_own(cast: Cast) -> None:
    with at(now() - timedelta(hours=1)):
        demo = cast.demo()
    before = etags(cast, demo)
    give(demo, cast.manager, 5)
    assert etags(cast, demo) == before
    rows = Submission.objects.at_desk(cast.reviewer, cast.label)
    rows = filter_rows(rows, parse(""), cast.reviewer, cast.label)
    page_state = PageState({demo.reference: before}, now() - timedelta(minutes=1))
    assert news_of(cast.reviewer, cast.label, rows, page_state).changed == []
    give(demo, cast.reviewer, 1)
    assert etags(cast, demo) != before
    assert news_of(cast.reviewer, cast.label, rows, page_state).changed == [demo.pk]


def test_new_score_of_a_newer_revision_is_hidden_again(cast: Cast) -> None:
    demo = scored(cast, 5)
    give(demo, cast.reviewer, 4)
    revise(demo)
    assert found(cast, "score:>=4", cast.reviewer) == ["Scored"]
    give(demo, cast.owner, 2, revision=2)
    assert found(cast, "score:1-5", cast.reviewer) == []
    give(demo, cast.reviewer, 3, revision=2)
    assert found(cast, "score:2.5", cast.reviewer) == ["Scored"]


def test_export_names_the_team_score_only_with_the_teams_columns(cast: Cast) -> None:
    scored(cast, 5, 4, 4)
    desk = f"/desk/{cast.label.slug}/export"
    for user, score in ((cast.owner, ["4.33", "1", "3"]), (cast.viewer, ["", "", ""])):
        answer: Any = client_of(user).get(f"{desk}.csv", {"columns": ALL, "q": ""})
        [row] = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
        assert [row["score"], row["score_spread"], row["scores"]] == score
    plain: Any = client_of(cast.owner).get(f"{desk}.json", {"q": ""})
    assert "score" not in json.loads(b"".join(plain.streaming_content))[0]


def test_producer_who_is_a_member_sees_no_score_of_their_own(cast: Cast) -> None:
    own, cast.producer = cast.producer, cast.insider
    demo = cast.demo(title="Own")
    cast.producer = own
    for member, value in ((cast.owner, 5), (cast.manager, 4), (cast.reviewer, 4)):
        give(demo, member, value, comment=COMMENT)
    act(demo, "request_changes", manager=cast.manager)
    TeamSettings.objects.update(hides_scores=False)
    client = client_of(cast.insider)
    assert client.get(url("submission", demo)).status_code == 404
    addresses = (
        "/submissions/",
        f"/submissions/{demo.reference}/",
        f"/submissions/{demo.reference}/receipt/",
    )
    for address in (*addresses, "/notifications/", "/desk/harbour/?q=ball:any", "/desk/harbour/log/"):
        page = TIME.sub("", client.get(address).content.decode())
        assert SECRET not in page
        assert COMMENT not in page
