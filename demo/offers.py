"""The steps of a script that are about offers and holds."""

from decimal import Decimal
from typing import Any

from demo.story import Story
from submissions.choices import Deal, Transition

T = Transition
TERMS: tuple[dict[str, Any], ...] = (
    {"deal": Deal.LICENCE.value, "percentage": "50.00", "years": 7, "months": 9},
    {"deal": Deal.LICENCE.value, "percentage": "60.00", "years": 5, "options": 1, "months": 6},
    {"deal": Deal.LICENCE.value, "percentage": "50.00", "advance": 30000, "currency": "EUR", "years": 10},
    {"deal": Deal.ASSIGNMENT.value, "percentage": "55.00", "advance": 80000, "currency": "EUR", "months": 12},
)


def offered(story: Story) -> dict[str, Any]:
    """Return the terms and the text of an offer; one that goes to several labels stays free for all."""
    terms = story.rng.choice(TERMS)
    if len(story.spec.scripts) > 1:
        terms = terms | {"deal": Deal.NON_EXCLUSIVE.value}
    return {"terms": terms, "text": story.note("terms")}


def offer(story: Story, argument: str) -> None:
    story.act(T.ACCEPT, story.decider, story.note("offer"), **offered(story))


def counter(story: Story, argument: str) -> None:
    """Ask for a larger share for fewer years."""
    terms = story.sent.offers.latest("number").terms
    asked = {"percentage": f"{Decimal(terms['percentage']) + 10}", "years": 4}
    story.act(T.COUNTER, story.owner, story.note("counter"), terms=terms | asked)


def agree(story: Story, argument: str) -> None:
    """Offer what the producer asked for."""
    last = story.sent.offers.latest("number")
    story.act(T.REVISE_OFFER, story.decider, story.note("agree"), terms=last.terms, text=last.text)


def sign(story: Story, argument: str) -> None:
    last = story.sent.offers.latest("number")
    name = story.producer.artist
    story.act(T.SIGN, story.owner, story.note("sign"), offer_digest=last.digest_hex, name=name)


def hold(story: Story, argument: str) -> None:
    """Ask for exclusivity for some days."""
    story.act(T.HOLD, story.decider, story.note("hold"), days=int(argument or 14))


def held(story: Story, argument: str) -> None:
    """Agree to a hold."""
    story.act(T.AGREE_HOLD, story.owner)


def freed(story: Story, argument: str) -> None:
    """Give a hold up before its days are over."""
    story.act(T.END_HOLD, story.decider)


def unheld(story: Story, argument: str) -> None:
    """Refuse a hold."""
    story.act(T.REFUSE_HOLD, story.owner, story.note("unheld"))
