from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from catalog.tests.builders import make_producer, make_track
from kit.clock import at, now
from labels.choices import Role
from labels.models import Suspension
from labels.tests.builders import make_label, make_member
from submissions.conversation.service import mark_read
from submissions.tests.builders import make_draft, make_submission
from submissions.tests.conversation.talk import answers, asks, settles
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db
LIST = reverse("submissions:list")
TABLE = f"{LIST}?view=table"


@pytest.fixture
def mara() -> User:
    return make_producer()


@pytest.fixture
def mara_client(mara: User) -> Client:
    return client_of(mara)


def titles(client: Client, query: str = "?view=table") -> list[str]:
    return [card.submission.shown_title for card in client.get(LIST + query).context["cards"]]


def board(client: Client, query: str = "") -> dict[str, list[str]]:
    columns = client.get(LIST + query).context["columns"]
    return {each.tab.name: [card.submission.shown_title for card in each.cards] for each in columns}


def send(mara: User, title: str, state: str) -> None:
    label = make_label(f"Label of {title}")
    make_submission(state, track=make_track(mara, title=title), label=label)


def test_producer_finds_own_submissions_by_whose_turn_it_is(mara: User, mara_client: Client) -> None:
    for title, state in (("A", "submitted"), ("B", "accepted"), ("C", "rejected"), ("D", "scheduled")):
        send(mara, title, state)
    make_draft(track=make_track(mara, title="E"), label=make_label("Another"))
    make_submission("submitted", label=make_label("Somebody else’s"))
    assert titles(mara_client) == ["E", "D", "C", "B", "A"]
    assert titles(mara_client, "?tab=yours") == ["B"]
    assert titles(mara_client, "?tab=theirs") == ["D", "A"]
    assert titles(mara_client, "?tab=done") == ["C"]
    assert titles(mara_client, "?tab=drafts") == ["E"]
    assert [tab.count for tab in mara_client.get(TABLE).context["tabs"]] == [5, 1, 2, 1, 1]


def test_unknown_tab_is_all(mara: User, mara_client: Client) -> None:
    send(mara, "A", "submitted")
    assert titles(mara_client, "?tab=%00nonsense") == ["A"]


@pytest.mark.parametrize("tab", ["all", "yours", "theirs", "done", "drafts"])
def test_empty_tab_says_what_would_be_there(mara_client: Client, tab: str) -> None:
    page = mara_client.get(LIST + f"?tab={tab}")
    assert 'class="empty"' in page.content.decode()


def test_damaged_page_link_is_a_bad_request(mara_client: Client) -> None:
    assert mara_client.get(TABLE + "&after=damaged").status_code == 400


def test_pages_go_on_where_the_last_one_ended(mara: User, mara_client: Client) -> None:
    label = make_label()
    for number in range(26):
        make_draft(track=make_track(mara, title=f"T{number}"), label=label)
    first = mara_client.get(TABLE)
    rest = titles(mara_client, first.context["page"].next_url)
    assert rest == ["T1", "T0"]


def test_card_says_how_long_and_until_when(mara: User, mara_client: Client) -> None:
    send(mara, "A", "submitted")
    with at(now() + timedelta(days=5)):
        (card,) = mara_client.get(TABLE).context["cards"]
    assert (card.since, card.promised) == ("Sent 5 days ago", "14 days")
    assert card.due.words.startswith("Answer promised by ")
    with at(now() + timedelta(days=16)):
        (card,) = mara_client.get(TABLE).context["cards"]
    assert (card.due.words, card.due.level) == ("Their answer is 2 days late", "late")


def test_suspension_that_is_over_moves_the_day(mara: User, mara_client: Client) -> None:
    send(mara, "A", "submitted")
    label = mara.submissions.get().label
    start = now()
    Suspension.objects.create(
        label=label,
        reason="Asked for money.",
        started_at=start + timedelta(days=1),
        ended_at=start + timedelta(days=4),
    )
    with at(start + timedelta(days=16)):
        (card,) = mara_client.get(TABLE).context["cards"]
    assert card.due.level == ""


@pytest.mark.parametrize("rows", [1, 5])
def test_table_takes_as_many_queries_for_five_as_for_one(
    mara: User, mara_client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        send(mara, f"T{number}", "submitted")
    with django_assert_num_queries(5):
        assert len(mara_client.get(TABLE).context["cards"]) == rows


@pytest.mark.parametrize("rows", [1, 5])
def test_board_takes_as_many_queries_for_five_as_for_one(
    mara: User, mara_client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        for state in ("accepted", "submitted", "rejected"):
            send(mara, f"{state} {number}", state)
    with django_assert_num_queries(4):
        columns = mara_client.get(LIST).context["columns"]
    assert [len(column.cards) for column in columns] == [rows] * 3


def test_board_has_a_column_for_each_whose_turn_it_is(mara: User, mara_client: Client) -> None:
    for title, state in (("A", "submitted"), ("B", "accepted"), ("C", "rejected"), ("D", "scheduled")):
        send(mara, title, state)
    found = board(mara_client)
    assert found == {"Your turn": ["B"], "Their turn": ["D", "A"], "Done": ["C"]}
    make_draft(track=make_track(mara, title="E"), label=make_label("Another"))
    assert board(mara_client)["Drafts"] == ["E"]


def test_card_on_the_board_says_state_label_wait_promise_and_day(mara: User, mara_client: Client) -> None:
    send(mara, "A", "in_review")
    with at(now() + timedelta(days=5)):
        page = mara_client.get(LIST).content.decode()
    for words in (
        "Label of A",
        "Being reviewed",
        "Sent 5 days ago · answer due within 14 days",
        "Answer promised by",
    ):
        assert words in page, words


def test_card_counts_what_the_label_wrote_until_it_is_read(mara: User, mara_client: Client) -> None:
    label = make_label()
    ines = make_member(label, Role.MANAGER)
    submission = make_submission("in_review", producer=mara, label=label)
    asks(submission)
    settles(submission, ines)
    first = answers(submission, ines, "Are the stems yours?")
    last = answers(submission, ines, "Those of the vocals.")
    make_submission("in_review", producer=mara, label=make_label("Another"))
    assert [b"2 new messages" in mara_client.get(page).content for page in (LIST, TABLE)] == [True, True]
    mark_read(submission, mara, up_to=first.pk)
    assert b"1 new message<" in mara_client.get(LIST).content
    mark_read(submission, mara, up_to=last.pk)
    assert b"new message" not in mara_client.get(LIST).content


def test_board_column_ends_after_twenty_and_leads_to_the_rest(mara: User, mara_client: Client) -> None:
    label = make_label()
    for number in range(22):
        make_draft(track=make_track(mara, title=f"T{number}"), label=label)
    assert len(board(mara_client)["Drafts"]) == 20
    page = mara_client.get(LIST).content.decode()
    assert '"?view=table&amp;tab=drafts">All 22' in page
    assert len(titles(mara_client, "?view=table&tab=drafts")) == 22


def test_search_finds_title_label_and_reference(mara: User, mara_client: Client) -> None:
    for title in ("Low Tide", "Night Bus"):
        send(mara, title, "submitted")
    make_draft(track=make_track(mara, title="Tidewater"), label=make_label("Another"))
    reference = mara.submissions.get(title="Night Bus").reference
    found = {
        "tide": ["Tidewater", "Low Tide"],
        "LABEL OF NIGHT": ["Night Bus"],
        reference: ["Night Bus"],
        reference.lower().replace("-", ""): ["Night Bus"],
        "100%": [],
    }
    for text, expected in found.items():
        assert titles(mara_client, f"?{urlencode({'view': 'table', 'q': text})}") == expected, text
    assert board(mara_client, "?q=tide")["Their turn"] == ["Low Tide"]


def test_search_that_is_no_text_is_told(mara_client: Client) -> None:
    for view in ("board", "table"):
        answer = mara_client.get(LIST + f"?view={view}&q=%00")
        assert answer.status_code == 422
        assert "characters that are not text" in answer.content.decode()


def test_search_is_kept_by_tabs_pages_and_the_other_view(mara: User, mara_client: Client) -> None:
    send(mara, "R&B", "submitted")
    page = mara_client.get(LIST + "?view=table&q=R%26B").content.decode()
    for link in ("?view=board&amp;q=R%26B", "?view=table&amp;tab=theirs&amp;q=R%26B"):
        assert f'href="{link}"' in page


def test_anonymous_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(LIST).status_code == 302
