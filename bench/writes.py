"""Writes over HTTP: sending a draft, and beginning the review of what was sent; POST to commit."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, cycle, islice
from random import Random
from typing import Any

from django.urls import reverse

from accounts.models import User
from bench import copy_insert
from bench.codes import code
from bench.histories import History, HistoryBuilder
from bench.measurement import Timing, send
from bench.plan import Plan
from bench.population import read_once
from bench.servers import Server
from bench.tracks import PreparedTrack
from bench.visitors import Cast, Visitor, action_data, signed_in
from catalog.models import Profile, Track
from catalog.tracks.copy import copy_of
from kit import canonical
from kit.clock import now
from labels.models import Intake
from submissions.choices import Transition
from submissions.models import Draft, Submission

ALONE, TOGETHER, CLIENTS = 30, 120, 8
"""Writes of each kind in a round, with one client and with eight."""


@dataclass(frozen=True)
class Kind:
    name: str
    least_ratio: float


SUBMIT, REVIEW = Kind("submit, POST", 0.03), Kind("one transition, POST", 0.05)
KINDS = (SUBMIT, REVIEW)

DAY = timedelta(days=1)
FIRST_NUMBER = 50_000_000
_numbers = count(FIRST_NUMBER)


def measure(server: Server, cast: Cast, only: str = "") -> Iterator[tuple[str, tuple[Timing, Timing]]]:
    """Send drafts and begin their reviews; yield a kind's name with what one client and what eight found."""
    if not any(only in kind.name for kind in KINDS):
        return
    found: dict[str, list[Timing]] = {kind.name: [] for kind in KINDS}
    for writes, clients in ((ALONE, 1), (TOGETHER, CLIENTS)):
        drafts = make_drafts(cast, writes)
        found[SUBMIT.name].append(send(server, submits_of(drafts), clients, None, "303"))
        found[REVIEW.name].append(send(server, reviews_of(cast, drafts), clients, None, "303"))
    yield from ((name, (alone, together)) for name, (alone, together) in found.items())


def make_drafts(cast: Cast, writes: int) -> list[Submission]:
    """Make drafts for the big label, each of a track of its own, by producers in turn."""
    intake = Intake.objects.get(label=cast.label, call_name="")
    known = list(Profile.objects.select_related("user").order_by("-pk")[:writes])
    model = Track.objects.filter(audio_url__gt="").order_by("pk")[0]
    tracks = [_track_like(model, profile.user) for profile in islice(cycle(known), writes)]
    Track.objects.bulk_create(tracks)
    drafts = Submission.objects.bulk_create(
        Submission(
            producer=track.owner,
            track=track,
            label=cast.label,
            intake=intake,
            reference=code("TF", next(_numbers)),
        )
        for track in tracks
    )
    Draft.objects.bulk_create(Draft(submission=draft) for draft in drafts)
    return drafts


def make_waiting(cast: Cast, count: int) -> list[int]:
    """Insert submissions that wait at the big label, past all guards; return their consecutive keys."""
    desk, moment = read_once().desks[0], now()
    known = list(Profile.objects.select_related("user").order_by("-pk")[:count])
    model = Track.objects.filter(audio_url__gt="").order_by("pk")[0]
    pks, track_pks = copy_insert.numbers(Submission, count), copy_insert.numbers(Track, count)
    cuts, told = [], []
    for profile, pk, track_pk in zip(cycle(known), pks, track_pks, strict=False):
        track = _track_like(model, profile.user)
        track.pk, track.created_at = track_pk, moment - DAY
        copied: Any = canonical.plain(copy_of(track, profile))
        cut = PreparedTrack(track, profile, copied, "", "")
        draft = Submission(
            id=pk,
            reference=code("TF", next(_numbers)),
            producer=profile.user,
            label=cast.label,
            track=track,
            intake=desk.intakes[0],
            created_at=moment - DAY,
        )
        plan = Plan(count, count, 1, moment)
        told.append(HistoryBuilder(plan, desk, cut, Random(pk), History(draft)).build((), moment))
        cuts.append(cut)
    copy_insert.write((cut.track for cut in cuts), told)
    return [each.submission.pk for each in told]


def submits_of(drafts: Sequence[Submission]) -> list[str]:
    visitors: dict[User, Visitor] = {}
    for draft in drafts:
        if draft.producer not in visitors:
            visitors[draft.producer] = signed_in(draft.producer)
    return [
        visitors[draft.producer].request(
            reverse("submissions:edit", args=[draft.reference]), action_data(draft.turn, do="send", note="")
        )
        for draft in drafts
    ]


def reviews_of(cast: Cast, drafts: Sequence[Submission]) -> list[str]:
    visitor, slug = signed_in(cast.reviewer), cast.label.slug
    return [
        visitor.request(
            reverse("desk:act", args=[slug, draft.reference, Transition.START_REVIEW]), action_data(1)
        )
        for draft in drafts
    ]


def _track_like(model: Track, owner: User) -> Track:
    number = next(_numbers)
    values = {field.attname: getattr(model, field.attname) for field in Track._meta.concrete_fields}
    track = Track(**values | {"id": None, "code": code("TR", number), "title": f"Bench {number}"})
    track.audio_url, track.owner = f"https://soundcloud.com/bench/t-{number:x}", owner
    return track
