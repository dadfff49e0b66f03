"""What a label's page and its card say about its intakes."""

from datetime import timedelta

import pytest

from kit.clock import now
from labels.directory.queries import label_page
from labels.intakes.intake_cards import card_of, offers_of
from labels.models import Label
from labels.tests.builders import make_intake, make_label

pytestmark = pytest.mark.django_db


def loaded() -> Label:
    label = label_page("harbour")
    assert label is not None
    return label


def test_public_intakes_are_offered_the_standing_one_first() -> None:
    label, hour = make_label(), timedelta(hours=1)
    make_intake(label, call_name="Coming", opens_at=now() + hour)
    make_intake(label, call_name="Autumn", closes_at=now() + hour)
    make_intake(label, call_name="Over", closes_at=now() - hour)
    make_intake(label, call_name="Secret", access_code="tide")
    offers = [(offer.intake.call_name, offer.is_open) for offer in offers_of(loaded())]
    assert offers == [("", True), ("Autumn", True), ("Coming", False)]


def test_standing_intake_that_closed_is_still_told() -> None:
    make_label().intakes.update(closes_at=now() - timedelta(hours=1))
    (offer,) = offers_of(loaded())
    assert (offer.is_open, offer.opening[:12]) == (False, "Closed since")


def test_card_speaks_for_what_is_open() -> None:
    label = make_label()
    label.intakes.update(is_paused=True, promise_days=30)
    assert card_of(loaded()).offer == offers_of(loaded())[0]
    make_intake(label, call_name="Autumn", promise_days=5)
    card = card_of(loaded())
    assert card.offer is not None
    assert (card.open_count, card.offer.promise) == (1, "Answers within 5 days")
