"""The pages between an offer and a release that axe-core checks, and what they show."""

from collections.abc import Iterable, Iterator, Mapping

from django.urls import reverse

from accounts.models import User
from labels.models import DeliverableTemplate, OfferTemplate
from submissions.models import Share, Submission
from submissions.splits.links import path_of
from submissions.tests.builders import TERMS, act, items_of, shares_of
from trackflow.testing.cast import Cast
from trackflow.testing.desk_client import url as at_desk

Demos = Mapping[str, Submission]


def deal_visits(cast: Cast, demos: Demos, word: str) -> list[tuple[User | None, Iterable[str]]]:
    """Return (user, URLs) of the pages about offers, splits and deliverables; all say `word`, if any."""
    make_deal(cast, demos["signed"], word)
    shares = Share.objects.with_submission().filter(sheet__submission=demos["signed"], is_own=False)
    return [
        (None, [path_of(share) for share in shares if share.answer]),
        (cast.producer, list(of_producer(demos))),
        (cast.manager, list(of_desk(cast, demos))),
        (cast.owner, [at_desk("act", demos["signed"], "override_splits")]),
    ]


def make_deal(cast: Cast, signed: Submission, word: str) -> None:
    """Make a sheet that one person confirmed and one objects to, and deliverables in all states."""
    people = shares_of("40.00", "30.00", "20.00", "10.00")
    act(signed, "set_splits", shares=[{**share, "name": word[:120] or share["name"]} for share in people])
    act(signed, "confirm_split")
    act(signed, "object_split", note=word or "I wrote the melody too.")
    names = [word[:120]] * 5 if word else ["Master", "Stems", "Photo", "Credits", "Artwork"]
    act(signed, "ask_for", manager=cast.manager, items=items_of(*names))
    for item in (2, 3, 4):
        act(signed, "hand_in", item=item)
    act(signed, "approve", manager=cast.manager, item=3)
    act(signed, "ask_again", manager=cast.manager, item=4, note=word or "24 bit, please.")
    act(signed, "waive", manager=cast.manager, item=5)


def of_producer(demos: Demos) -> Iterator[str]:
    for state in ("accepted", "countered", "signed"):
        yield demos[state].get_absolute_url()
        yield reverse("submissions:offer", args=[demos[state].reference])
    for name in ("sign", "counter", "decline"):
        yield reverse(f"submissions:{name}", args=[demos["accepted"].reference])
    for name in ("deal-memo", "set-splits", "hand-in"):
        yield reverse(f"submissions:{name}", args=[demos["signed"].reference])
    yield reverse("splits")


def of_desk(cast: Cast, demos: Demos) -> Iterator[str]:
    slug = cast.label.slug
    for state in ("accepted", "countered", "signed"):
        yield at_desk("submission", demos[state])
    yield at_desk("act", demos["countered"], "revise_offer")
    yield at_desk("deal-memo", demos["signed"])
    yield at_desk("deliverables", demos["signed"])
    offer = OfferTemplate.objects.create(label=cast.label, name="Usual", terms=TERMS, text="Dear {artist}.")
    need = DeliverableTemplate.objects.create(label=cast.label, name="Master")
    for name, row in (("offer", offer), ("deliverable", need)):
        yield reverse(f"workspace:{name}-templates", args=[slug])
        yield reverse(f"workspace:{name}-template-create", args=[slug])
        yield reverse(f"workspace:{name}-template-edit", args=[slug, row.pk])
