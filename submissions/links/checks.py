"""Link checks of live submissions: failures are counted, and enough of them become an event.

One bad answer proves nothing: hosts have outages, and many refuse robots. A link has failed when the same problem
occurred several times in a row, hours apart; it has recovered with the first good answer.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from catalog.links.link import without_tokens
from kit.clock import now
from submissions.choices import LinkOutcome, Transition
from submissions.links.looks import checked_host
from submissions.models import Event, LinkCheck, Submission
from submissions.models.link_check import LinkCheckColumns
from submissions.permissions import SYSTEM
from submissions.revisions import LINKS, link_digest
from submissions.transition_table import LISTENABLE
from submissions.workflow import perform

log = logging.getLogger(__name__)
Look = Callable[[str], LinkOutcome]

NEEDED: Mapping[str, int] = {LinkOutcome.GONE: 2, LinkOutcome.PRIVATE: 3, LinkOutcome.SILENT: 3}
"""How many checks in a row must find the same problem."""

NEEDED_ALONE = 7
"""The same while no other link at the host works: our network may be down, or the host refuses robots."""

GAP = timedelta(hours=6)
"""The least time between two checks that count."""

WITNESS_AGE = timedelta(days=2)
FRESH = timedelta(hours=1)
"""How long a good answer is reused for other submissions of the same link."""


def check(submission: Submission, look: Look) -> bool:
    """Check each link of a submission; return whether to check again after `GAP`.

    Sends requests outside any transaction; the result for a link that was replaced meanwhile is dropped.
    """
    waits = False
    for slot, url in links_of(submission).items():
        if checked_host(url):
            outcome, moment = _outcome_of(url, look)
            log.info("%s %s link %s: %s", submission.reference, slot, without_tokens(url), outcome)
            waits |= _save_outcome(submission, slot, url, outcome, moment)
    return waits


def links_of(submission: Submission) -> dict[str, str]:
    """Return the links of the last revision by slot, without empty ones."""
    last = submission.revisions.order_by("number").last()
    copied = last.copy if last else {}
    return {slot: copied[column] for column, slot in LINKS.items() if copied.get(column)}


def delete_finished_checks() -> int:
    """Delete the checks of submissions whose links are no longer checked; return how many."""
    return LinkCheck.objects.exclude(submission__state__in=LISTENABLE).delete()[0]


def _outcome_of(url: str, look: Look) -> tuple[LinkOutcome, datetime]:
    """Return the outcome for a link and its time: checked now, or recently for another submission."""
    good = LinkCheck.objects.filter(url_digest=link_digest(url), outcome=LinkOutcome.ALIVE)
    lately = good.filter(checked_at__gt=now() - FRESH).order_by("-checked_at").first()
    return (LinkOutcome.ALIVE, lately.checked_at) if lately else (look(url), now())


def _save_outcome(
    submission: Submission, slot: str, url: str, outcome: LinkOutcome, moment: datetime
) -> bool:
    """Save an outcome and the event it leads to, in one transaction; return whether to check again soon."""
    with transaction.atomic():
        fresh = Submission.objects.locked(submission.pk)
        if fresh.state not in LISTENABLE or links_of(fresh).get(slot) != url:
            return False
        row = _row(fresh, slot, url)
        count_outcome(row, outcome, moment)
        row.save()
        _record_event(fresh, row)
        is_news = row.failed_at == moment and slot not in fresh.dead_links
        return is_news and row.failures < NEEDED.get(outcome, 0)


def _row(submission: Submission, slot: str, url: str) -> LinkCheck:
    """Return the row of this link, reset if the slot held another link before."""
    digest, host = link_digest(url), checked_host(url)
    row = LinkCheck.objects.filter(submission=submission, slot=slot).first()
    row = row or LinkCheck(submission=submission, slot=slot)
    if row.url_digest != digest:
        row.url_digest, row.host = digest, host.name if host else ""
        row.outcome, row.failures, row.failed_at = LinkOutcome.UNCLEAR, 0, None
    return row


def count_outcome(row: LinkCheckColumns, outcome: LinkOutcome, moment: datetime) -> None:
    """Add an outcome to the row; an unclear one leaves the count as it is."""
    row.checked_at = moment
    if outcome == LinkOutcome.UNCLEAR and row.failures:
        return
    if outcome not in NEEDED:
        row.failures, row.failed_at = 0, None
    elif row.outcome != outcome or row.failed_at is None:
        row.failures, row.failed_at = 1, moment
    elif moment - row.failed_at >= GAP:
        row.failures, row.failed_at = row.failures + 1, moment
    row.outcome = outcome


def _record_event(submission: Submission, row: LinkCheck) -> Event | None:
    """Perform the transition that a row leads to, if any; at most once per version of a submission."""
    is_dead = row.slot in submission.dead_links
    if row.outcome == LinkOutcome.ALIVE and is_dead:
        transition, details = Transition.LINK_RECOVERED, {"slot": row.slot}
    elif is_proof(row) and not is_dead:
        transition, details = Transition.LINK_FAILED, {"slot": row.slot, "problem": row.outcome}
    else:
        return None
    name = f"trackflow:{submission.reference}/{submission.version}/{transition}/{row.slot}"
    key = uuid.uuid5(uuid.NAMESPACE_URL, name)
    return perform(submission, transition, actor=SYSTEM, turn=None, key=key, **details)


def is_proof(row: LinkCheckColumns) -> bool:
    """Whether the failures of a row prove that its link is dead."""
    if row.failures < NEEDED.get(row.outcome, NEEDED_ALONE):
        return False
    return row.outcome == LinkOutcome.GONE or row.failures >= NEEDED_ALONE or _has_witness(row)


def _has_witness(row: LinkCheckColumns) -> bool:
    """Whether another link at the host worked recently."""
    good = LinkCheck.objects.filter(host=row.host, outcome=LinkOutcome.ALIVE)
    recent = good.filter(checked_at__gt=row.checked_at - WITNESS_AGE)
    return recent.exclude(url_digest=row.url_digest).exists()
