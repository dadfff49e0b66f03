"""Offers and holds at the desk: all offers in sight, the deal memo, who may read it."""

import pytest

from accounts.models import User
from submissions.models import Submission
from submissions.tests.builders import act
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import post, url

pytestmark = pytest.mark.django_db


def page_of(user: User, demo: Submission) -> str:
    return client_of(user).get(url("submission", demo)).content.decode()


def test_desk_sees_all_offers_side_by_side(cast: Cast) -> None:
    demo = cast.demo("countered")
    page = page_of(cast.viewer, demo)
    for words in ("Offer 1", "Counter-offer 2", "<mark>60 %</mark>", "Changed", "not legal advice"):
        assert words in page
    assert page.count("not legal advice") == 1


def test_desk_without_an_offer_shows_none(cast: Cast) -> None:
    assert 'id="offers"' not in page_of(cast.viewer, cast.demo())


def test_manager_agrees_with_a_counter_offer_by_sending_the_form_as_it_is(cast: Cast) -> None:
    demo = cast.demo("countered")
    form = client_of(cast.manager).get(url("act", demo, "revise_offer")).context["panel"].form
    said = {name: form[name].value() for name in form.fields}
    filled = {name: value for name, value in said.items() if value is not None}
    assert post(cast.manager, demo, "revise_offer", **filled).status_code == 303
    first, second, third = demo.offers.order_by("number")
    assert third.terms == second.terms != first.terms
    assert third.side == "label"


def test_hold_is_asked_seen_and_ended(cast: Cast) -> None:
    demo = cast.demo()
    assert post(cast.manager, demo, "hold", days="10", note="Two weeks?").status_code == 303
    demo = Submission.objects.get(pk=demo.pk)
    assert "The producer was asked for a hold of 10 days." in page_of(cast.viewer, demo)
    demo = act(demo, "agree_hold").submission
    assert "The producer keeps this track for your label." in page_of(cast.viewer, demo)
    assert post(cast.manager, demo, "end_hold").status_code == 303
    assert not Submission.objects.get(pk=demo.pk).is_held


@pytest.mark.parametrize("person", ["reviewer", "viewer"])
def test_below_manager_asks_for_no_hold(person: str, cast: Cast) -> None:
    assert post(getattr(cast, person), cast.demo(), "hold", days="10").status_code == 403


def test_deal_memo_prints_what_was_signed(cast: Cast) -> None:
    demo = act(cast.demo("accepted"), "sign", name="Maya Lind", address="203.0.113.9").submission
    page = client_of(cast.viewer).get(url("deal-memo", demo)).content.decode()
    offer, signature = demo.offers.get(), demo.events.latest("sequence")
    for words in ("Maya Lind", "203.0.113.9", "Exclusive licence", offer.digest_hex, signature.digest_hex):
        assert words in page


@pytest.mark.parametrize("state", ["in_review", "accepted"])
def test_no_memo_before_a_signature(state: str, cast: Cast) -> None:
    assert client_of(cast.manager).get(url("deal-memo", cast.demo(state))).status_code == 404


@pytest.mark.parametrize("person", ["rival", "stranger", "insider"])
def test_memo_is_for_team_and_producer(person: str, cast: Cast) -> None:
    demo = cast.demo("signed")
    status = client_of(getattr(cast, person)).get(url("deal-memo", demo)).status_code
    assert status == (200 if person == "insider" else 404)
