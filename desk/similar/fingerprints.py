"""By what a desk knows a demo again: digests of its link and of its name, written by a job."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from django.db import transaction

from catalog.links.link import canonical_identity
from catalog.links.players import read_link
from catalog.naming import name_of
from submissions.models import Revision, Submission


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """SHA-256 in hex of a demo's canonical link and of its artist and title; "" for a missing one."""

    link: str
    name: str


def fingerprints_of(copied: Mapping[str, Any]) -> Fingerprints:
    """Return the fingerprints of a revision's copy; both empty for a redacted one."""
    link = read_link(copied.get("audio_url", ""))
    name = name_of(
        copied.get("artist_name", ""),
        copied.get("title", ""),
        copied.get("mix", ""),
        copied.get("version_type", ""),
    )
    return Fingerprints(_digest(canonical_identity(link) if link else ""), _digest(name))


def update_fingerprints(submissions: Iterable[int]) -> int:
    """Write the fingerprints of these submissions' last revisions; return how many changed. Three queries."""
    with transaction.atomic():
        # locked, so that an older revision is not written last
        rows = (
            Submission.objects.select_for_update(no_key=True, of=("self",))
            .filter(pk__in=submissions)
            .order_by("pk")
        )
        found = list(rows.only("pk", "team_link", "team_name"))
        copies = last_copies(each.pk for each in found)
        changed = [each for each in found if _update(each, fingerprints_of(copies.get(each.pk, {})))]
        Submission.objects.bulk_update(changed, ["team_link", "team_name"])
    return len(changed)


def last_copies(submissions: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the copy of each submission's last revision. One query."""
    revisions = Revision.objects.filter(submission__in=list(submissions))
    last = revisions.order_by("submission", "-number").distinct("submission")
    return dict(last.values_list("submission", "copy"))


def _update(submission: Submission, new: Fingerprints) -> bool:
    """Set the fingerprints on the row; return whether that changed it."""
    before = Fingerprints(submission.team_link, submission.team_name)
    submission.team_link, submission.team_name = new.link, new.name
    return before != new


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest() if text else ""
