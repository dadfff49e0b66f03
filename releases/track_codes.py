"""Codes of tracks for the apps below."""

from collections import defaultdict
from collections.abc import Collection, Mapping

from releases.models import ReleaseTrack


def submissions_by_isrc(isrcs: Collection[str]) -> Mapping[int, set[str]]:
    """Return the submissions on releases whose tracks have these ISRCs, by primary key, with the codes. One query."""
    found = defaultdict[int, set[str]](set)
    rows = ReleaseTrack.objects.filter(isrc__in=isrcs, submission__isnull=False)
    for submission, isrc in rows.values_list("submission", "isrc"):
        found[submission].add(isrc)
    return found
