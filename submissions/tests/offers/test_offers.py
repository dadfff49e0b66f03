"""Offers through the door: what is frozen, whose it is, until when it can be answered, and what signing needs."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from kit import canonical
from kit.clock import at, now
from labels.models import Intake, Label
from submissions.errors import NotPossible
from submissions.models import Offer, Submission
from submissions.permissions import SYSTEM
from submissions.redaction import redact
from submissions.tests.builders import TERMS, act, do, history, make_submission
from submissions.verification import faults

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(label: Label, manager: User) -> Submission:
    return make_submission("accepted", label=label, manager=manager)


def last(submission: Submission) -> Offer:
    found = submission.offers.order_by("number").last()
    assert found
    return found


def test_offer_is_frozen_with_its_salted_digest(offered: Submission) -> None:
    offer = last(offered)
    event = offer.event
    assert (offer.number, offer.side, offer.terms["percentage"]) == (1, "label", "50.00")
    sealed = {"number": 1, "side": "label", "terms": offer.terms, "text": offer.text}
    assert bytes(offer.digest) == canonical.digest(bytes(offer.salt), canonical.encode(sealed))
    assert event.payload == {
        "offer": 1,
        "offer_digest": offer.digest_hex,
        "answer_by": canonical.moment(event.recorded_at + timedelta(days=14)),
    }


def test_terms_are_not_in_the_payload(offered: Submission) -> None:
    assert "50" not in str({**last(offered).event.payload, "offer_digest": "", "answer_by": ""})


def test_negotiation_is_numbered_and_keeps_both_sides(offered: Submission, manager: User) -> None:
    countered = act(offered, "counter", terms=TERMS | {"percentage": "65"}, note="A little more?").submission
    agreed = act(countered, "revise_offer", manager=manager, terms=TERMS | {"percentage": "65.00"}).submission
    signed = act(agreed, "sign").submission
    sides = [(offer.number, offer.side, offer.terms["percentage"]) for offer in signed.offers.all()]
    assert sides == [(1, "label", "50.00"), (2, "producer", "65.00"), (3, "label", "65.00")]
    assert signed.events.get(transition="sign").payload["offer"] == 3
    assert list(faults()) == []


def test_counter_offer_keeps_the_text(offered: Submission, manager: User) -> None:
    fresh = act(offered, "revise_offer", manager=manager, text="The long text.").submission
    act(fresh, "counter")
    assert last(fresh).text == "The long text."


def test_counter_offer_must_change_something(offered: Submission) -> None:
    with pytest.raises(ValidationError, match="Nothing has changed"):
        act(offered, "counter", terms=TERMS)


def test_counter_offer_gives_the_label_as_many_days(label: Label, manager: User) -> None:
    submission = make_submission("in_review", label=label, manager=manager)
    act(submission, "accept", manager=manager, days=9)
    with at(now() + timedelta(days=3)):
        event = act(submission, "counter")
        assert event.submission.due_at == event.recorded_at + timedelta(days=9)


@pytest.mark.parametrize(("setting", "days"), [(1, 2), (9, 9), (365, 60)])
def test_days_are_the_intakes_where_none_are_given(
    setting: int, days: int, label: Label, manager: User
) -> None:
    Intake.objects.update(answer_days=setting)
    submission = make_submission("in_review", label=label, manager=manager)
    event = act(submission, "accept", manager=manager)
    assert event.submission.due_at == event.recorded_at + timedelta(days=days)


@pytest.mark.parametrize(("state", "ball"), [("accepted", "producer"), ("countered", "label")])
def test_silence_of_either_side_expires_and_names_it(
    state: str, ball: str, label: Label, manager: User
) -> None:
    submission = make_submission(state, label=label, manager=manager)
    assert submission.expires_at
    with at(submission.expires_at - timedelta(seconds=1)), pytest.raises(NotPossible):
        do(submission, "expire", SYSTEM)
    with at(submission.expires_at):
        assert do(submission, "expire", SYSTEM).payload["ball"] == ball


def test_dead_link_stops_nothing_while_the_label_reads_a_counter_offer(label: Label, manager: User) -> None:
    submission = make_submission("countered", label=label, manager=manager)
    due = submission.due_at
    assert act(submission, "link_failed").submission.due_at == due


def test_counter_offer_cannot_be_signed(label: Label, manager: User) -> None:
    submission = make_submission("countered", label=label, manager=manager)
    with pytest.raises(NotPossible, match="Counter-offer sent"):
        act(submission, "sign")


@pytest.mark.parametrize("digest", ["", "00" * 32, "é"])
def test_another_digest_is_refused(digest: str, offered: Submission) -> None:
    with pytest.raises(NotPossible, match="not the offer that stands now"):
        act(offered, "sign", offer_digest=digest)
    assert history(offered)[-1] == "accept"


def test_former_offer_is_refused(offered: Submission, manager: User) -> None:
    former = last(offered).digest_hex
    fresh = act(offered, "revise_offer", manager=manager).submission
    with pytest.raises(NotPossible, match="not the offer that stands now"):
        act(fresh, "sign", offer_digest=former)


def test_signature_keeps_name_and_address_private_to_both(offered: Submission) -> None:
    event = act(offered, "sign", name=" Maya Lind ", address="203.0.113.9")
    assert event.private == {"name": "Maya Lind", "address": "203.0.113.9"}
    assert not {"name", "address"} & set(event.payload)


@pytest.mark.parametrize(
    ("deal", "is_exclusive"),
    [("licence", True), ("assignment", True), ("contract", True), ("non_exclusive", False)],
)
def test_any_deal_binds_but_a_non_exclusive_one(
    deal: str, is_exclusive: bool, offered: Submission, manager: User
) -> None:
    terms = TERMS | {"deal": deal}
    fresh = act(offered, "revise_offer", manager=manager, terms=terms, text="All of it.").submission
    signed = act(fresh, "sign").submission
    assert signed.is_exclusive is is_exclusive


def test_deal_ends_with_a_withdrawn_offer(offered: Submission, manager: User) -> None:
    signed = act(offered, "sign").submission
    assert signed.is_exclusive
    assert not act(signed, "rescind", manager=manager).submission.is_exclusive


@pytest.mark.parametrize("transition", ["sign", "counter"])
def test_removed_offer_can_be_neither_signed_nor_countered(transition: str, offered: Submission) -> None:
    redact(last(offered).event)
    assert last(offered).terms == {}
    with pytest.raises(NotPossible, match="removed from this history"):
        act(offered, transition)
    assert list(faults()) == []


def test_offer_after_a_removed_one_can_be_signed(offered: Submission, manager: User) -> None:
    redact(last(offered).event)
    fresh = act(offered, "revise_offer", manager=manager).submission
    assert act(fresh, "sign").to_state == "signed"
    assert list(faults()) == []


WRONG_TERMS: list[tuple[dict[str, Any], str, str]] = [
    ({"deal": ""}, "deal", "kind of deal"),
    ({"percentage": None}, "percentage", "what share"),
    ({"percentage": "101"}, "percentage", "between 0 and 100"),
    ({"percentage": "-1"}, "percentage", "between 0 and 100"),
    ({"percentage": "50.005"}, "percentage", "two decimals"),
    ({"percentage": "NaN"}, "percentage", "between 0 and 100"),
    ({"advance": 50_000}, "currency", "currency of the advance"),
    ({"advance": 50_000, "currency": "ZZZ"}, "currency", "from the list"),
    ({"advance": -1, "currency": "EUR"}, "advance", "a number from 0"),
    ({"territories": ["ZZ"]}, "territories", "no country that we know"),
    ({"territories": ["DE"], "exceptions": ["AT"]}, "exceptions", "from the world"),
    ({"years": 100}, "years", "from 0 to 99"),
    ({"options": 11}, "options", "from 0 to 10"),
    ({"months": 61}, "months", "from 0 to 60"),
    ({"months": "soon"}, "months", "from 0 to 60"),
]


@pytest.mark.parametrize(("wrong", "field", "words"), WRONG_TERMS)
def test_wrong_terms_are_told_at_their_field(
    wrong: dict[str, Any], field: str, words: str, offered: Submission, manager: User
) -> None:
    with pytest.raises(ValidationError) as refusal:
        act(offered, "revise_offer", manager=manager, terms=TERMS | wrong)
    assert words in refusal.value.message_dict[field][0]
