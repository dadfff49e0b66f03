"""Queries of the desk's pages on a large database: few, and each by an index."""

import hashlib
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from html import unescape
from typing import Any, LiteralString
from urllib.parse import urlencode

import pytest
from django.db import connection, transaction
from django.db.models import Count
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker, Settings

from bench.guards import HISTORY, guards_of, unguarded
from bench.load import load
from bench.plan import Plan
from desk.context import context_of
from desk.export.export_table import COLUMNS
from desk.live.page_state import row_word
from desk.models import SavedView, TeamSettings
from desk.queue.page import parts_of
from desk.search import team_vocabulary
from desk.search.query import Query
from desk.similar.earlier_demos import earlier_demos_of
from desk.tests.search.query_table import COURSE_LISTS, COURSE_QUERIES, QUERIES
from kit.clock import now
from labels.choices import Role
from labels.models import Membership
from submissions.models import Submission
from submissions.verification import faults
from trackflow.testing.databases import TestDatabases, code_key
from trackflow.testing.plan_database import kept_database
from trackflow.testing.query_plans import explain, plans_of_prepared

BIG, ALL = 12_000, 15_000
MOST_QUERIES = 10
"""One more looks where else a query that finds nothing would find something."""

MOST_PANE_QUERIES = 10
MOST_ARTIST_QUERIES = 13
MOST_COMPARED_QUERIES = 13
ARTIST_INDEX = "submission_producer_label"
PANE = {"HX-Request": "true", "HX-Target": "pane"}
MORE = {"HX-Request": "true", "HX-Target": "more"}


SCORED: tuple[LiteralString, ...] = (
    """
    UPDATE submissions_submission
    SET team_score = 1 + id % 17 / 4.0, team_score_spread = id % 3, team_score_count = 1 + id % 3
    WHERE id % 4 = 0 AND state <> 'draft'
    """,
    """
    INSERT INTO desk_review (submission_id, revision_id, member_id, comment, given_at)
    SELECT submission.id, max(revision.id), team.user_id, '', now()
    FROM submissions_submission submission
    JOIN submissions_revision revision ON revision.submission_id = submission.id
    JOIN labels_membership team ON team.label_id = submission.label_id AND team.role >= 2
    WHERE submission.team_score IS NOT NULL AND (submission.id + team.id) % 3 = 0
    GROUP BY submission.id, team.user_id
    """,
)
"""Every fourth submission is scored by some of the team; marks are nothing that lists read."""


@pytest.fixture(scope="module", autouse=True)
def full_desk(
    django_db_setup: None, test_databases: TestDatabases, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """A desk that has seen much, kept between runs; written past the guards, which stand again after."""
    until = now()

    def fill() -> None:
        with test_databases.raw(test_databases.owner) as owner:
            with unguarded(owner, HISTORY):
                load(Plan(BIG, ALL, 20, until))
            for statement in SCORED:
                owner.execute(statement)
            owner.execute("VACUUM (ANALYZE)")

    with django_db_blocker.unblock(), kept_database(test_databases, _key(until), fill):
        yield


def _key(until: datetime) -> str:
    """Return what decides over the data: the code that makes it, how much it is, and the day up to which."""
    made = (code_key(), BIG, ALL, SCORED, until.date())
    return hashlib.sha256(repr(made).encode()).hexdigest()[:12]


@pytest.fixture(autouse=True)
def rolled_back(client: Client) -> Iterator[None]:
    """Each test leaves the desk as it was; who is signed in stays so, or workers would wait for each other."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def long_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep cached values for the whole test."""
    monkeypatch.setattr("catalog.music.known_genres.CACHE_SECONDS", 1_000_000)


@pytest.fixture(scope="module")
def reviewer(full_desk: None) -> Membership:
    big = Submission.objects.order_by("pk").values_list("label", flat=True)[0]
    return Membership.objects.select_related("user", "label").filter(label=big, role=Role.REVIEWER)[0]


@pytest.fixture(scope="module")
def client(reviewer: Membership) -> Iterator[Client]:
    client = Client()
    client.force_login(reviewer.user)
    yield client
    client.logout()


def desk_url(reviewer: Membership, query: str = "") -> str:
    return f"/desk/{reviewer.label.slug}/?{urlencode({'q': query})}"


def filled(query: str, reviewer: Membership) -> str:
    """Return a query of the table with days that the desk has seen, and the member's address."""
    day = (now() - timedelta(days=200)).date()
    return query.format(days=f"{day}..{day + timedelta(days=59)}", day=day, email=reviewer.user.email)


def next_url(page: str, url: str) -> str:
    link = re.search(r'rel="next" href="[^"]*(\?[^"]+)"', page)
    assert link, url
    return url.partition("?")[0] + unescape(link[1])


def answer_and_queries(client: Client, url: str, headers: dict[str, str]) -> tuple[Any, list[str]]:
    """Return the answer and its SQL statements, with the caches filled before."""
    client.get(url, headers=headers)
    with CaptureQueriesContext(connection) as values:
        answer: Any = client.get(url, headers=headers)
        if answer.streaming:
            next(iter(answer.streaming_content))
            answer._iterator.close()  # a cursor left open would be closed in another test's transaction
    return answer, [query["sql"] for query in values.captured_queries]


def assert_cheap(
    client: Client, url: str, *, most: int = MOST_QUERIES, headers: dict[str, str] | None = None
) -> Any:
    answer, statements = answer_and_queries(client, url, headers or {})
    assert answer.status_code == 200, url
    where_else = not answer.streaming and "Nothing found here" in answer.content.decode()
    assert len(statements) <= most + where_else, statements
    assert [fault for each in explain(statements) for fault in each.faults()] == []
    return answer


def test_loaded_histories_hold(reviewer: Membership, settings: Settings) -> None:
    # loaded without the releases they follow
    settings.HISTORY_CHECKS = [path for path in settings.HISTORY_CHECKS if not path.startswith("releases.")]
    some = Submission.objects.order_by("?").values_list("reference", flat=True)[:1500]
    assert list(faults(sorted(some))) == []


def test_guards_of_the_history_stand_again(test_databases: TestDatabases) -> None:
    with test_databases.raw(test_databases.runtime) as raw:
        found = guards_of(raw, HISTORY)
    assert len(found) > 20
    assert {state for _, _, state in found} == {"A"}


PREPARED = ("", "ball:any", "ball:them", "ball:nobody", "is:new", "is:passed", "assignee:me", "sort:newest")


def test_plans_for_any_value_are_by_index(client: Client, reviewer: Membership) -> None:
    first = Submission.objects.filter(label=reviewer.label, state="in_review").order_by("pk")[0]
    shown = f"/desk/{reviewer.label.slug}/{first.reference}/"
    for query in PREPARED:
        url = desk_url(reviewer, query)
        answer = client.get(url)
        if 'rel="next"' in answer.content.decode():
            client.get(next_url(answer.content.decode(), url))
        client.get(shown, {"q": query})
        client.get(shown, {"q": query}, headers=PANE)
    client.get("/submissions/")
    plans = plans_of_prepared()
    assert len(plans) > 3 * len(PREPARED)
    assert [fault for each in plans for fault in each.expected_faults()] == []


ORDERS = ("newest", "due", "release", "slowest", "fastest", "score")


@pytest.mark.parametrize("query", QUERIES)
def test_filters_and_searches_are_read_by_index(client: Client, reviewer: Membership, query: str) -> None:
    assert_cheap(client, desk_url(reviewer, query))


@pytest.mark.parametrize("query", COURSE_QUERIES)
def test_what_numbers_link_to_is_read_by_index(client: Client, reviewer: Membership, query: str) -> None:
    assert_cheap(client, desk_url(reviewer, filled(query, reviewer)))


@pytest.mark.parametrize("order", ["oldest", *ORDERS])
@pytest.mark.parametrize("query", COURSE_LISTS)
def test_second_pages_of_it_are_read_by_index(
    client: Client, reviewer: Membership, query: str, order: str
) -> None:
    url = desk_url(reviewer, f"{filled(query, reviewer)} sort:{order}")
    page = assert_cheap(client, url).content.decode()
    assert_cheap(client, next_url(page, url))


def test_who_opened_something_is_read_by_index(client: Client, reviewer: Membership) -> None:
    """Unknown names are read again at once: tags, team, openers."""
    assert_cheap(client, desk_url(reviewer, "opener:somebody-else"), most=MOST_QUERIES + 2)
    team_vocabulary.clear_cache()
    with CaptureQueriesContext(connection) as values:
        assert team_vocabulary.opener_id(reviewer.label, reviewer.user.email) == reviewer.user.pk
        assert team_vocabulary.opener_id(reviewer.label, "nobody at all") is None
    statements = [query["sql"] for query in values.captured_queries]
    assert any("DISTINCT" in each for each in statements)
    assert [fault for each in explain(statements) for fault in each.faults()] == []


def test_counting_somebodys_queue_reads_no_rows(reviewer: Membership) -> None:
    with CaptureQueriesContext(connection) as values:
        assert parts_of(Query(), reviewer.user, reviewer.label).mine.count
    (counts,) = [query["sql"] for query in values.captured_queries if "team_assignee" in query["sql"]]
    nodes = [node for each in explain([counts]) for node in each.nodes]
    (mine,) = [node for node in nodes if node.get("Index Name") == "submission_ours_assigned"]
    assert mine["Node Type"] == "Index Only Scan"


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize(
    "query", ["", "ball:any", "is:passed", "genre:techno", "ball:any night", 'tag:"tag 5"', "assignee:me"]
)
def test_orders_are_read_by_index(client: Client, reviewer: Membership, query: str, order: str) -> None:
    assert_cheap(client, desk_url(reviewer, f"{query} sort:{order}"))


@pytest.mark.parametrize("order", ["oldest", *ORDERS])
def test_deep_pages_are_read_by_index(client: Client, reviewer: Membership, order: str) -> None:
    url = desk_url(reviewer, f"is:passed sort:{order}")
    for _ in range(20):
        page = client.get(url, headers=MORE).content.decode()
        url = next_url(page, url)
    assert_cheap(client, url)


@pytest.mark.parametrize("query", ["", "ball:any", "is:passed sort:due", "genre:techno sort:fastest"])
def test_panes_are_read_by_index(client: Client, reviewer: Membership, query: str) -> None:
    page = client.get(desk_url(reviewer, query)).content.decode()
    link = re.search(r'href="(/desk/[^"?]+/TF-[^"?]+/\?[^"]*)"', page)
    assert link
    assert_cheap(client, unescape(link[1]), most=MOST_PANE_QUERIES, headers=PANE)


@pytest.mark.parametrize("query", ["score:>=4", "ball:any sort:score", "ball:any score:none", "is:passed"])
def test_hidden_scores_are_read_by_index(client: Client, reviewer: Membership, query: str) -> None:
    settings = TeamSettings.objects.create(label=reviewer.label, hides_scores=True)
    assert_cheap(client, desk_url(reviewer, query))
    settings.delete()


def test_week_is_read_by_index(client: Client, reviewer: Membership) -> None:
    """Its demos, and how many there are on each day and for each member."""
    page = assert_cheap(client, f"/desk/{reviewer.label.slug}/week/", most=8).content.decode()
    following = re.search(r'href="(\?from=[^"]+)"[^>]*>Next week', page)
    assert following
    assert_cheap(client, f"/desk/{reviewer.label.slug}/week/{following[1]}", most=8)


def test_live_poll_is_read_by_index(client: Client, reviewer: Membership) -> None:
    rows = Submission.objects.filter(label=reviewer.label).order_by("-moved_at")[:50]
    seen = "~".join(row_word(row.reference, "0") for row in rows)
    since = (now() - timedelta(hours=6)).isoformat()
    query = urlencode({"q": "ball:any", "seen": seen, "since": since})
    assert_cheap(client, f"/desk/{reviewer.label.slug}/live/?{query}")


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_exports_begin_by_index(client: Client, reviewer: Membership, kind: str) -> None:
    query = urlencode({"q": "is:passed", "columns": ",".join(COLUMNS)})
    assert_cheap(client, f"/desk/{reviewer.label.slug}/export.{kind}?{query}")


def test_comparing_is_read_by_index(client: Client, reviewer: Membership) -> None:
    rows = Submission.objects.filter(label=reviewer.label, team_score=None).order_by("-moved_at")[:4]
    selection = urlencode({"pick": [row.reference for row in rows]}, doseq=True)
    assert_cheap(client, f"/desk/{reviewer.label.slug}/compare/?{selection}", most=MOST_PANE_QUERIES)


def test_counts_of_views_are_read_by_index(client: Client, reviewer: Membership) -> None:
    course = ["ball:any received:{days}", "ball:any opened:{days} reason:rights", "ball:any silent:yes"]
    queries = ["", "is:passed", "genre:techno bpm:126-134", "night", "overdue", *course]
    for number, query in enumerate(filled(each, reviewer) for each in queries):
        view = SavedView(label=reviewer.label, owner=reviewer.user, name=f"View {number}", query=query)
        view.save()
    views, links = f"/desk/{reviewer.label.slug}/views/", {"HX-Request": "true", "HX-Target": "view-links"}
    assert_cheap(client, views)
    assert_cheap(client, f"{views}?q=", headers=links)


def test_comparison_is_read_by_index(client: Client, reviewer: Membership) -> None:
    rows = Submission.objects.at_desk(reviewer.user, reviewer.label).filter(team_score=None)
    picks = [("pick", reference) for reference in rows.values_list("reference", flat=True)[:4]]
    assert_cheap(
        client, f"/desk/{reviewer.label.slug}/compare/?{urlencode(picks)}", most=MOST_COMPARED_QUERIES
    )


def test_artists_are_counted_and_listed_by_index(client: Client, reviewer: Membership) -> None:
    _, asked = answer_and_queries(client, desk_url(reviewer, "ball:any"), {})
    (rows,) = [each for each in asked if '"artist_counts"' in each]
    used = [node for each in explain([rows]) for node in each.nodes if node.get("Index Name") == ARTIST_INDEX]
    assert [node["Node Type"] for node in used] == ["Index Only Scan"]
    demos = Submission.objects.at_desk(reviewer.user, reviewer.label)
    busiest = demos.values("producer").annotate(count=Count("pk")).order_by("-count")[0]["producer"]
    reference = demos.filter(producer=busiest).values_list("reference", flat=True)[0]
    assert_cheap(client, f"/desk/{reviewer.label.slug}/artists/{reference}/", most=MOST_ARTIST_QUERIES)


def test_export_is_read_by_index(client: Client, reviewer: Membership) -> None:
    with CaptureQueriesContext(connection) as values:
        answer = client.get(
            f"/desk/{reviewer.label.slug}/export.csv?q=is:shortlisted&columns={','.join(COLUMNS)}"
        )
        lines = b"".join(answer.streaming_content).count(b"\r\n")  # type: ignore[attr-defined]  # it streams
    statements = [query["sql"] for query in values.captured_queries]
    assert lines > 1
    assert len(statements) <= 4 + 4 * (lines // 500 + 1)
    assert [fault for each in explain(statements) for fault in each.faults()] == []


def test_what_was_heard_before_is_found_by_its_own_indexes(reviewer: Membership) -> None:
    rows = Submission.objects.at_desk(reviewer.user, reviewer.label)
    twice = rows.exclude(team_link="").values("team_link").annotate(count=Count("pk")).filter(count__gt=1)
    last = rows.filter(team_link=twice.values_list("team_link", flat=True)[0]).latest("submitted_at", "pk")
    context = context_of(reviewer.user, reviewer.label.slug, last.reference)
    with CaptureQueriesContext(connection) as values:
        found = earlier_demos_of(context, last.revisions.latest("number"))
    assert "link" in found.rows[0].shares
    lookup = values.captured_queries[1]["sql"]
    assert "submission_same_link" in str(explain([lookup]))
