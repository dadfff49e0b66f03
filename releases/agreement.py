"""Where releases, submissions and the ledger of ISRCs do not agree: the part of `verify_history` across histories."""

from collections.abc import Iterator, Sequence

from django.db.models import Count, F, Max, Min, OuterRef, Q, Subquery

from releases.models import IssuedISRC, ReleaseTrack
from releases.transition_table import DATED
from submissions.choices import State as SubmissionState
from submissions.models import Submission
from submissions.verification import Fault

S = SubmissionState
FOLLOWS = {"scheduled": S.SCHEDULED, "delivered": S.SCHEDULED, "released": S.RELEASED}


def agreement_faults(references: Sequence[str] | None) -> Iterator[Fault]:
    """Yield submissions with a date that no release gives them, and releases whose submissions do not follow."""
    yield from _undated_by_release(references)
    yield from _not_following(references)


def _undated_by_release(references: Sequence[str] | None) -> Iterator[Fault]:
    track = ReleaseTrack.objects.filter(submission=OuterRef("pk"), comes_out=True)
    dated = Submission.objects.filter(state__in=[S.SCHEDULED, S.RELEASED])
    if references is not None:
        dated = dated.filter(reference__in=references)
    rows = dated.annotate(
        said=Subquery(track.values("release__reference")[:1]),
        said_on=Subquery(track.values("release__release_on")[:1]),
    )
    agrees = Q(said=F("release_code"), said_on=F("release_on"))
    for submission in rows.filter(Q(said=None) | Q(release_on=None) | ~agrees).order_by("pk"):
        if submission.said is None:
            yield Fault(submission.reference, f"it is {submission.state}, and comes out on no release")
        else:
            yield Fault(
                submission.reference,
                f"it follows {submission.release_code} on {submission.release_on}, "
                f"and stands on {submission.said} on {submission.said_on}",
            )


def _not_following(references: Sequence[str] | None) -> Iterator[Fault]:
    tracks = ReleaseTrack.objects.filter(comes_out=True, release__state__in=DATED)
    if references is not None:
        tracks = tracks.filter(submission__reference__in=references)
    agrees = Q()
    for state, followed in FOLLOWS.items():
        agrees |= Q(release__state=state, submission__state=followed)
    other_label = ~Q(submission__label=F("release__label"))
    wrong = tracks.filter(~agrees | other_label).select_related("release", "submission")
    for track in wrong.order_by("release_id", "position"):
        submission = track.submission
        assert submission
        yield Fault(
            track.release.reference,
            f"it is {track.release.state}, and {submission.reference} on it is {submission.state}",
        )


def ledger_faults() -> Iterator[Fault]:
    """Yield the prefixes and years in which a number is missing, and codes that are not their numbers."""
    years = IssuedISRC.objects.values("prefix", "year").annotate(
        first=Min("number"), last=Max("number"), many=Count("pk")
    )
    for row in years.order_by("prefix", "year"):
        if row["last"] - row["first"] + 1 != row["many"]:
            yield Fault(
                f"{row['prefix']}{row['year']:02}",
                f"{row['many']} ISRCs were issued from {row['first']} to {row['last']}",
            )
    for issued in IssuedISRC.objects.order_by("pk").iterator():
        if issued.code != f"{issued.prefix}{issued.year:02}{issued.number:05}":
            yield Fault(issued.code, "it is not the code of its number")
