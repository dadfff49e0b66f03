"""The producer's page of the splits: a new sheet, its answers, and the links once more."""

import uuid
from typing import Any

import pytest

from accounts.models import User
from labels.models import Label
from labels.tests.builders import make_user
from submissions.models import SplitSheet, Submission
from submissions.tests.builders import act, make_submission, shares_of, waiting_share
from submissions.tests.posting import fresh, own_client, post, url_of
from trackflow.testing.clients import client_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed(maya: User, label: Label, manager: User) -> Submission:
    return make_submission("signed", producer=maya, label=label, manager=manager)


def rows(*shares: dict[str, Any], total: int | None = None, **more: Any) -> dict[str, Any]:
    """Return the fields of the form for these shares."""
    data = {"shares-TOTAL_FORMS": total or len(shares), "shares-INITIAL_FORMS": 0, **more}
    for place, share in enumerate(shares):
        data |= {f"shares-{place}-{name}": value for name, value in share.items()}
    return data


def test_page_begins_with_the_producers_own_share(maya: User, label: Label, manager: User) -> None:
    submission = make_submission("accepted", producer=maya, label=label, manager=manager)
    page = own_client(submission).get(url_of("set-splits", submission)).content.decode()
    assert 'value="maya@example.com"' in page
    assert 'value="100.00"' in page
    assert "Together" in page


def test_producer_sets_the_splits(signed: Submission) -> None:
    answer = post(signed, "set-splits", **rows(*shares_of("60.00", "40")))
    assert (answer.status_code, answer.url) == (303, url_of("set-splits", signed))
    sheet = SplitSheet.objects.get(submission=signed, number=2)
    assert [(share["name"], share["percentage"]) for share in sheet.shares] == [
        ("Maya Verde", "60.00"),
        ("Jo Vox", "40.00"),
    ]
    page = own_client(signed).get(url_of("set-splits", signed)).content.decode()
    assert "jo@example.com" in page
    assert "Waiting for confirmation" in page


@pytest.mark.parametrize(
    ("shares", "sentence"),
    [
        (shares_of("60.00", "30.00"), "The shares add up to 90.00, not to 100.00 percent."),
        ([], "List everyone with a share"),
    ],
)
def test_wrong_sum_is_told_and_everything_typed_is_kept(
    signed: Submission, shares: list[Any], sentence: str
) -> None:
    answer = post(signed, "set-splits", **rows(*shares, total=3))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in page
    assert all(f'value="{share["name"]}"' in page for share in shares)
    assert SplitSheet.objects.filter(submission=signed).count() == 1


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"percentage": "half"}, "Enter a number."),
        ({"percentage": "0"}, "greater than or equal to 0.01"),
        ({"percentage": "33.333"}, "no more than 2 decimal places"),
        ({"role": ""}, "This field is required."),
        ({"name": ""}, "This field is required."),
        ({"name": "a\x00b"}, "characters that are not text"),
    ],
)
def test_wrong_line_is_told_at_its_field(signed: Submission, wrong: dict[str, str], sentence: str) -> None:
    answer = post(signed, "set-splits", **rows({**shares_of("100.00")[0], **wrong}))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


def test_removed_line_counts_for_nothing(signed: Submission) -> None:
    first, second = shares_of("100.00", "40.00")
    assert post(signed, "set-splits", **rows(first, {**second, "DELETE": "on"})).status_code == 303
    assert len(SplitSheet.objects.get(submission=signed, number=2).shares) == 1


def test_more_people_adds_lines_and_keeps_what_was_typed(signed: Submission) -> None:
    answer = post(signed, "set-splits", **rows(*shares_of("60.00", "7.00"), more="1"))
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="shares-4-name"' in page
    assert 'value="Jo Vox"' in page
    assert SplitSheet.objects.filter(submission=signed).count() == 1


@pytest.mark.parametrize(
    ("count", "status"), [("", 303), ("x", 303), ("-1", 303), ("99999999999999999999", 422), ("41", 422)]
)
def test_strange_number_of_lines_loses_none_and_is_no_error_of_ours(
    signed: Submission, count: str, status: int
) -> None:
    data = rows(*shares_of("100.00")) | {"shares-TOTAL_FORMS": count}
    more = post(signed, "set-splits", **data, more="1")
    assert more.status_code == 200
    assert 'value="100.00"' in more.content.decode()
    assert post(signed, "set-splits", **data).status_code == status


def test_old_turn_is_told_and_keeps_the_lines(signed: Submission) -> None:
    act(signed, "set_splits")
    answer = post(signed, "set-splits", **rows(*shares_of("1.00", "99.00")))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "set the splits meanwhile" in page
    assert 'value="99.00"' in page
    assert post(fresh(signed), "set-splits", **rows(*shares_of("1.00", "99.00"))).status_code == 303


def test_objection_is_shown_with_its_words(signed: Submission) -> None:
    act(signed, "set_splits", shares=shares_of("50.00", "50.00"))
    act(signed, "object_split", note="I wrote the hook.")
    page = own_client(signed).get(url_of("set-splits", signed)).content.decode()
    assert "I wrote the hook." in page
    assert "Somebody objected" in page


def test_who_has_no_address_is_named(signed: Submission) -> None:
    act(signed, "set_splits", shares=shares_of("50.00", "20.00", "20.00", "10.00"))
    page = own_client(signed).get(url_of("set-splits", signed)).content.decode()
    assert "cannot be asked without an address" in page


def resend(submission: Submission, position: int) -> Any:
    path = f"{url_of('set-splits', submission)}{position}/send/"
    return own_client(submission).post(path, {"key": uuid.uuid4()}, follow=True)


def test_link_is_sent_again(signed: Submission) -> None:
    act(signed, "set_splits", shares=shares_of("50.00", "50.00"))
    assert "The link is on its way to Jo Vox." in resend(signed, 2).content.decode()


@pytest.mark.parametrize("position", [1, 3, 9])
def test_nobody_is_mailed_who_answered_or_has_no_address(signed: Submission, position: int) -> None:
    act(signed, "set_splits", shares=shares_of("50.00", "30.00", "20.00"))
    while waiting_share(signed):
        act(signed, "confirm_split")
    assert "nobody to send this link to" in resend(signed, position).content.decode()


def test_nobody_else_sees_or_sets_them(signed: Submission, manager: User) -> None:
    for other in (manager, make_user()):
        assert client_of(other).get(url_of("set-splits", signed)).status_code == 404
        assert post(signed, "set-splits", client_of(other), **rows(*shares_of("100.00"))).status_code == 404


def test_closed_submission_shows_its_sheet_and_no_form(signed: Submission, manager: User) -> None:
    act(signed, "set_splits")
    act(signed, "rescind", manager=manager)
    page = own_client(signed).get(url_of("set-splits", signed)).content.decode()
    assert "Sam Keys" in page
    assert "Set the splits" not in page


def test_page_costs_the_same_for_one_and_for_many(signed: Submission, django_assert_num_queries: Any) -> None:
    client = own_client(signed)
    for shares in (shares_of("100.00"), shares_of("40.00", "30.00", "20.00", "10.00")):
        act(signed, "set_splits", shares=shares)
        with django_assert_num_queries(6):
            client.get(url_of("set-splits", signed))


def test_submission_page_says_where_the_splits_stand(signed: Submission) -> None:
    act(signed, "set_splits")
    page = own_client(signed).get(url_of("submission", signed)).content.decode()
    assert "Waiting for confirmation" in page
    assert url_of("set-splits", signed) in page
