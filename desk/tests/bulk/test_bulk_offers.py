"""One offer template for many demos: filled in for each, sent or put in the outbox."""

import uuid
from datetime import timedelta
from typing import Any

import pytest

from accounts.models import User
from desk.bulk import runner
from desk.models import Bulk, Proposal
from labels.models import OfferTemplate
from submissions.models import Submission
from submissions.tests.builders import TERMS
from trackflow.testing.cast import Cast
from trackflow.testing.clients import client_of
from trackflow.testing.desk_client import address

pytestmark = pytest.mark.django_db


def template_of(cast: Cast) -> OfferTemplate:
    values = {"name": "Single", "terms": TERMS, "text": "{label} releases {title}."}
    return OfferTemplate.objects.create(label=cast.label, **values)


def order(cast: Cast, act: str, user: User, demos: list[Submission], **fields: Any) -> Any:
    picked = "&".join(f"pick={demo.reference}" for demo in demos)
    where = f"{address('bulk-new', cast.label.slug)}?act={act}&{picked}"
    client = client_of(user)
    seen = client.get(where).context["form"]["seen"].value()
    return client.post(where, {"key": uuid.uuid4(), "seen": seen, "days": "9", **fields})


def test_each_demo_gets_the_template_filled_in(cast: Cast) -> None:
    demos, template = [cast.demo(title=title) for title in ("Tides", "Moor")], template_of(cast)
    assert (
        order(cast, "offer", cast.manager, demos, template=template.pk, note="Yes, {artist}!").status_code
        == 303
    )
    OfferTemplate.objects.update(text="Changed since.")
    runner.run(Bulk.objects.get())
    for demo, title in zip(demos, ("Tides", "Moor"), strict=True):
        offer = demo.offers.get()
        assert (offer.text, offer.terms["percentage"]) == (f"Harbour releases {title}.", "50.00")
        event = offer.event
        assert (event.note, event.submission.state) == (f"Yes, {demo.artist}!", "accepted")
        assert event.submission.due_at == event.recorded_at + timedelta(days=9)


def test_reviewers_offers_wait_in_the_outbox(cast: Cast) -> None:
    demo, template = cast.demo(title="Tides"), template_of(cast)
    assert order(cast, "prepare", cast.reviewer, [demo], template=template.pk).status_code == 303
    runner.run(Bulk.objects.get())
    prepared = Proposal.objects.get()
    assert (prepared.transition, prepared.details["text"]) == ("accept", "Harbour releases Tides.")
    assert (prepared.details["days"], prepared.details["terms"]["percentage"]) == (9, "50.00")
    assert not demo.offers.exists()


@pytest.mark.parametrize("wrong", [{"template": ""}, {"template": "0"}, {"days": "1"}, {"days": "61"}])
def test_wrong_input_orders_nothing(wrong: dict[str, str], cast: Cast) -> None:
    demo, template = cast.demo(), template_of(cast)
    assert order(cast, "offer", cast.manager, [demo], **{"template": template.pk, **wrong}).status_code == 422


def test_another_labels_template_is_no_choice(cast: Cast) -> None:
    demo, other = cast.demo(), template_of(cast)
    OfferTemplate.objects.filter(pk=other.pk).update(label=cast.rival.memberships.get().label)
    assert order(cast, "offer", cast.manager, [demo], template=other.pk).status_code == 422
