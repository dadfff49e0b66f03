"""A producer's track as `labels.directory.fit` wants to know it: its copy, and what was sent of it and beside it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from catalog.models import Profile, Track
from catalog.tracks.copy import copy_of
from kit.clock import now
from labels.directory.fit import Candidate, Reason, Weight
from labels.models import Block
from submissions.choices import State, Welcome
from submissions.models import Event, Submission
from submissions.preflight.conflicts import REPEATABLE, is_exclusive, is_promised_elsewhere
from submissions.transition_table import LIVE, UNDECIDED

WEEK = timedelta(days=7)


def own_track(user: Any, code: str) -> Track | None:
    """Return a current track of this person with what its copy needs; None for a visitor and for others' tracks."""
    if not user.is_authenticated:
        return None
    own = Track.objects.owned_by(user).current().with_genre().prefetch_related("collaborators")
    return own.filter(code=code).first()


def candidate_for(user: Any, code: str) -> Candidate | None:
    """Return the reader's own track as a candidate, None if it is not theirs."""
    track = own_track(user, code)
    return candidate_of(user, track, tries_of(track)) if track else None


def tries_of(track: Track) -> list[Submission]:
    """Return everything that was sent or begun of a track, the last moved first. One query."""
    own = Submission.objects.filter(track=track).select_related("label", "intake")
    return list(own.order_by("-moved_at", "-id"))


def candidate_of(
    user: User, track: Track, tries: list[Submission], *, elsewhere: Weight = Weight.CHECK
) -> Candidate:
    """Return the track as a candidate; `elsewhere` weighs a conflict with a label that has it now. Four queries."""
    profile = Profile.objects.filter(user=user).first()
    open_counts, week_counts = _counts(user)
    blocks = Block.objects.standing().filter(producer=user)
    is_live = any(each.is_live for each in tries)
    return Candidate(
        code=track.code,
        title=track.full_title,
        copied=copy_of(track, profile),
        open_counts=open_counts,
        week_counts=week_counts,
        blocked_by=frozenset(blocks.values_list("label", flat=True)),
        earlier=_earlier(tries),
        alone=elsewhere if is_live else None,
        notices=tuple(_notices(track, tries, elsewhere)),
    )


def _counts(user: User) -> tuple[dict[int, int], dict[int, int]]:
    """Return by label how much is undecided, and how much was sent in the last seven days."""
    undecided, recent = Q(state__in=UNDECIDED), Q(submitted_at__gt=now() - WEEK)
    found = Submission.objects.filter(undecided | recent, producer=user).order_by().values("label")
    counted = found.annotate(open=Count("pk", filter=undecided), week=Count("pk", filter=recent))
    rows = list(counted.values_list("label", "open", "week"))
    return {label: number for label, number, _ in rows}, {label: number for label, _, number in rows}


def _earlier(tries: Iterable[Submission]) -> dict[int, Reason]:
    """Return by label the reason in the try that counts: a live or released one, or else the last."""
    by_label: dict[int, list[Submission]] = defaultdict(list)
    for each in tries:
        by_label[each.label_id].append(each)
    counting = {label: _counting(own) for label, own in by_label.items()}
    passed = [each.pk for each in counting.values() if each.state == State.REJECTED]
    welcome = passes_of(passed)
    return {label: _reason(each, welcome.get(each.pk, "")) for label, each in counting.items()}


def _counting(tries: list[Submission]) -> Submission:
    sent = [each for each in tries if not each.is_draft]
    kept = [each for each in sent if each.is_live or each.state == State.RELEASED]
    return next(iter([*kept, *sent, *tries]))


def passes_of(passed: list[int]) -> dict[int, str]:
    """Return by submission what its label would welcome next, as the last pass says. One query if any passed."""
    if not passed:
        return {}
    passes = Event.objects.filter(submission__in=passed, to_state=State.REJECTED).order_by("sequence")
    return dict(passes.values_list("submission", "payload__welcome"))


def _reason(earlier: Submission, welcome: str) -> Reason:
    where = f"See {earlier.reference}"
    href, name = earlier.get_absolute_url(), earlier.words.producer_name
    if earlier.is_draft:
        return Reason(Weight.NOTE, "You have a draft for this label", href, where)
    if earlier.state in LIVE:
        return Reason(Weight.STOP, f"Already there: “{name}”", href, where)
    if welcome == Welcome.THIS_AGAIN:
        return Reason(Weight.CHECK, "They passed, and would like to hear it again, reworked", href, where)
    weight = Weight.CHECK if earlier.state in REPEATABLE else Weight.STOP
    return Reason(weight, f"Sent there before: “{name}”", href, where)


def _notices(track: Track, tries: Iterable[Submission], weight: Weight) -> Iterable[Reason]:
    """Yield what holds for every other label while one label has the track."""
    for each in tries:
        if each.state not in LIVE:
            continue
        link = (each.get_absolute_url(), f"See {each.reference}")
        if is_exclusive(each.intake):
            sentence = f"{each.label} has this track now, and takes only demos sent to nobody else."
            yield Reason(weight, sentence, *link)
        elif is_promised_elsewhere(track):
            sentence = f"You say it is only with one label until a date; {each.label} has it now."
            yield Reason(weight, sentence, *link)
