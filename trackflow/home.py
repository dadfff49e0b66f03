"""A producer's home: first steps, what waits for them, what moved, what is due, and labels for what is not sent yet."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import F, prefetch_related_objects
from django.urls import reverse

from accounts.models import User
from catalog.models import Profile, Track
from catalog.tracks.completeness import completeness
from catalog.tracks.copy import copy_of
from kit.clock import now
from kit.counts import capped_counts, display_count
from labels.directory.fit import Level
from labels.directory.fit_order import BY_FIT, with_fit
from labels.directory.queries import directory
from labels.intakes.intake_cards import label_card_of
from labels.intakes.rule_words import listed
from labels.models import Label
from notifications.models import Delivery
from notifications.sentences import sentence_of
from studio.next_page.page import items_of
from studio.state_form import StateForm
from submissions.choices import Ball, State
from submissions.fit.candidate import candidate_of
from submissions.models import Submission
from submissions.multi_send.plans import plans_of
from submissions.producer_pages import listing
from submissions.producer_pages.cards import Card
from submissions.producer_pages.cards import cards as cards_of
from submissions.state_machine import states_with
from submissions.transition_table import WAITING

PROFILE = "Your artist name and how labels reach you."
LINK = "A link to the music is enough to begin."
LABELS = "See which labels it fits, and by when they answer."
MOST_YOURS, MOST_DRAFTS, MOST_MOVED, MOST_DUE, MOST_FITS = 6, 3, 6, 6, 3
MOST_IN_STUDIO = 5


@dataclass(frozen=True)
class FirstStep:
    """One of a newcomer's first steps; the first that is not done is `is_next`."""

    name: str
    words: str
    action: str
    href: str
    is_done: bool
    is_next: bool = False


@dataclass(frozen=True)
class DeskCard:
    """One of the reader's desks, and how much waits there."""

    label: Label
    waiting: str


def home_page(user: User, desks: Sequence[Label]) -> dict[str, Any]:
    """Return the page's context; the number of queries does not depend on how much there is."""
    profile = Profile.objects.filter(user=user).first()
    counts = {tab.word: tab.count for tab in listing.tabs(listing.Own(user).by_state(), "")}
    unsent = _unsent_track(user)
    has_sent = counts["all"] > counts["drafts"]
    return {
        "profile": profile,
        "steps": [] if has_sent else _first_steps(user, profile, unsent),
        "counts": counts,
        **_cards(user),
        "plans": plans_of(user),
        "moved": _moved(user),
        "unsent": unsent,
        "fits": _fits(user, unsent),
        "desk_cards": _desk_cards(user, desks),
        "in_studio": items_of(user, MOST_IN_STUDIO) if settings.STUDIO else [],
        "studio_key": StateForm()["key"].value,
    }


def _first_steps(user: User, profile: Profile | None, track: Track | None) -> list[FirstStep]:
    lacking = completeness(copy_of(track, profile)).needed if track else {}
    labels = reverse("labels:directory")
    edit = reverse("catalog:track-edit", args=[track.code]) if track else reverse("catalog:track-create")
    words = (
        f"It still needs your {listed(lacking.values())}."
        if lacking
        else "A link to the music is enough to begin."
    )
    send = f"{labels}?track={track.code}" if track else labels
    profile_url, has_track = reverse("catalog:profile"), track is not None and not lacking
    add = "Complete the track" if track else "Add a track"
    steps = [
        ("Complete your profile", PROFILE, "Write your profile", profile_url, profile is not None),
        ("Add your first track", words, add, edit, has_track),
        ("Send your first demo", LABELS, "Find a label", send, False),
    ]
    first = next(place for place, step in enumerate(steps) if not step[4])
    return [FirstStep(*step, is_next=place == first) for place, step in enumerate(steps)]


def _cards(user: User) -> dict[str, list[Card]]:
    """Return as cards what waits for the producer, their drafts, and what labels owe, the most urgent first."""
    own, soonest = listing.Own(user).rows, (F("due_at").asc(nulls_last=True), "id")
    parts = {
        "yours": list(listing.in_tab(own, "yours").order_by(*soonest)[:MOST_YOURS]),
        "drafts": list(listing.in_tab(own, "drafts").order_by("-created_at", "-id")[:MOST_DRAFTS]),
        "due": list(listing.in_tab(own, "theirs").filter(state__in=WAITING).order_by(*soonest)[:MOST_DUE]),
    }
    everything = [each for part in parts.values() for each in part]
    prefetch_related_objects(everything, "label__suspensions")
    cards = {card.submission.pk: card for card in cards_of(everything, now())}
    return {name: [cards[each.pk] for each in part] for name, part in parts.items()}


def _moved(user: User) -> list[dict[str, Any]]:
    """Return the last notifications about the producer's own demos, with their sentences."""
    own = Delivery.objects.page_of(user).filter(event__isnull=False, submission__producer=user).with_subject()
    newest = own.order_by("-created_at", "-id")[:MOST_MOVED]
    return [{"delivery": each, "sentence": sentence_of(each)} for each in newest]


def _unsent_track(user: User) -> Track | None:
    """Return the newest track that no label has or had."""
    sent = Submission.objects.sent_by(user).exclude(state=State.DRAFT).values("track")
    own = Track.objects.owned_by(user).current().with_genre().prefetch_related("collaborators")
    return own.exclude(pk__in=sent).order_by("-created_at", "-id").first()


def _fits(user: User, track: Track | None) -> list[Any]:
    """Return the cards of the labels that fit a track best."""
    if track is None:
        return []
    candidate = candidate_of(user, track, [])
    found = with_fit(directory(), candidate, now()).filter(level__gte=Level.ANY_GENRE)
    best = found.prefetch_related("intakes__genres").order_by(*BY_FIT)[:MOST_FITS]
    return [label_card_of(label, candidate) for label in best]


def _desk_cards(user: User, desks: Sequence[Label]) -> list[DeskCard]:
    ours = states_with(Ball.LABEL)
    waiting = [Submission.objects.at_desk(user, label).filter(state__in=ours) for label in desks]
    return [
        DeskCard(label, display_count(count))
        for label, count in zip(desks, capped_counts(waiting), strict=True)
    ]
