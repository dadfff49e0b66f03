"""Checks of links that were handed in: counted like those of demos; a dead one is a column, and is told once."""

from collections.abc import Callable

from django.db import transaction

from kit import jobs
from kit.clock import now
from submissions.choices import DeliverableState, LinkOutcome
from submissions.links.checks import count_outcome, is_proof
from submissions.links.looks import checked_host
from submissions.models import Deliverable, DeliverableLink
from submissions.models.deliverable import DeliverableQuerySet
from submissions.revisions import link_digest
from submissions.transition_table import MADE

Look = Callable[[str], LinkOutcome]
WATCHED = (DeliverableState.HANDED_IN, DeliverableState.APPROVED)


def watched() -> DeliverableQuerySet:
    """Return the deliverables whose links are checked: handed in, and the record is not out yet."""
    rows = Deliverable.objects.filter(kind="link", state__in=WATCHED, submission__state__in=MADE)
    return rows.exclude(value={})


def check(deliverable: Deliverable, look: Look) -> bool:
    """Check a link and keep the result; return whether to check again soon.

    Sends the request outside any transaction; the result for a link that was replaced meanwhile is dropped.
    """
    url = deliverable.url
    if not url or not checked_host(url):
        return False
    outcome, moment = look(url), now()
    with transaction.atomic():
        fresh = watched().select_for_update(of=("self",)).filter(pk=deliverable.pk).first()
        if fresh is None or fresh.url != url:
            return False
        row = _row(fresh, url)
        count_outcome(row, outcome, moment)
        was_dead, row.is_dead = row.is_dead, row.outcome != LinkOutcome.ALIVE and is_proof(row)
        row.save()
        if row.is_dead and not was_dead:
            jobs.announce("dead_deliverable", deliverable_id=fresh.pk)
        return bool(row.failures) and not row.is_dead


def _row(deliverable: Deliverable, url: str) -> DeliverableLink:
    """Return the row of this link, reset if another link was handed in before."""
    digest, host = link_digest(url), checked_host(url)
    row = DeliverableLink.objects.filter(deliverable=deliverable).first()
    row = row or DeliverableLink(deliverable=deliverable)
    if row.url_digest != digest:
        row.url_digest, row.host, row.is_dead = digest, host.name if host else "", False
        row.outcome, row.failures, row.failed_at = LinkOutcome.UNCLEAR, 0, None
    return row
