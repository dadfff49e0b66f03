"""What a label's page and its card say about its intakes."""

from datetime import timedelta

import pytest

from kit.clock import now
from labels.directory.queries import label_page
from labels.intakes.intake_cards import intake_cards_of, label_card_of
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
    cards = [(card.intake.call_name, card.is_open) for card in intake_cards_of(loaded())]
    assert cards == [("", True), ("Autumn", True), ("Coming", False)]


def test_standing_intake_that_closed_is_still_told() -> None:
    make_label().intakes.update(closes_at=now() - timedelta(hours=1))
    (card,) = intake_cards_of(loaded())
    assert (card.is_open, card.opening[:12]) == (False, "Closed since")


def test_card_speaks_for_what_is_open() -> None:
    label = make_label()
    label.intakes.update(is_paused=True, promise_days=30)
    assert label_card_of(loaded()).intake_card == intake_cards_of(loaded())[0]
    make_intake(label, call_name="Autumn", promise_days=5)
    card = label_card_of(loaded())
    assert card.intake_card is not None
    assert (card.open_count, card.intake_card.promise) == (1, "Answers within 5 days")
