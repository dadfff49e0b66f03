"""Looking after the links of live submissions: what was seen is counted, and what it proves becomes an event.

One bad answer proves nothing: hosts have bad hours, and many turn away robots. A link has failed when the
same problem was met several times in a row, hours apart; the first good answer brings it back.
"""

import logging
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.db import transaction

from catalog.links.link import without_tokens
from kit.clock import now
from submissions.choices import LinkOutcome, Transition
from submissions.links.looks import asked_host
from submissions.models import Event, LinkCheck, Submission
from submissions.permissions import SYSTEM
from submissions.revisions import LINKS, link_digest
from submissions.transition_table import LISTENABLE
from submissions.workflow import perform

log = logging.getLogger(__name__)
Look = Callable[[str], LinkOutcome]

NEEDED: Mapping[str, int] = {LinkOutcome.GONE: 2, LinkOutcome.PRIVATE: 3, LinkOutcome.SILENT: 3}
"""How many looks in a row must meet the same problem."""

NEEDED_ALONE = 7
"""How many, while the host answers well for no other link: it may be our network, or all robots."""

GAP = timedelta(hours=6)
"""How far apart looks must be to count."""

WITNESS_AGE = timedelta(days=2)
FRESH = timedelta(hours=1)
"""How long a good answer serves for other submissions of the same link."""


def check(submission: Submission, look: Look) -> bool:
    """Look at each link of a submission; return whether a further look in `GAP` may prove more.

    Asks outside any transaction; what was seen of a link that was replaced meanwhile is dropped.
    """
    waits = False
    for slot, url in links_of(submission).items():
        if asked_host(url):
            outcome, moment = _sight(url, look)
            log.info("%s %s link %s: %s", submission.reference, slot, without_tokens(url), outcome)
            waits |= _record(submission, slot, url, outcome, moment)
    return waits


def links_of(submission: Submission) -> dict[str, str]:
    """Return the links of the last revision by slot, empty ones left out."""
    last = submission.revisions.order_by("number").last()
    copied = last.copy if last else {}
    return {slot: copied[column] for column, slot in LINKS.items() if copied.get(column)}


def forget_the_rest() -> int:
    """Drop what was counted for submissions whose links we no longer look at; return how many rows."""
    return LinkCheck.objects.exclude(submission__state__in=LISTENABLE).delete()[0]


def _sight(url: str, look: Look) -> tuple[LinkOutcome, datetime]:
    """Return what there is to see, and when it was seen: just now, or lately by way of another submission."""
    good = LinkCheck.objects.filter(url_digest=link_digest(url), outcome=LinkOutcome.ALIVE)
    lately = good.filter(checked_at__gt=now() - FRESH).order_by("-checked_at").first()
    return (LinkOutcome.ALIVE, lately.checked_at) if lately else (look(url), now())


def _record(submission: Submission, slot: str, url: str, outcome: LinkOutcome, moment: datetime) -> bool:
    """Count what was seen and tell what it proves, in one transaction; return whether to look again soon."""
    with transaction.atomic():
        fresh = Submission.objects.locked(submission.pk)
        if fresh.state not in LISTENABLE or links_of(fresh).get(slot) != url:
            return False
        row = _row(fresh, slot, url)
        _count(row, outcome, moment)
        row.save()
        _tell(fresh, row)
        is_news = row.failed_at == moment and slot not in fresh.dead_links
        return is_news and row.failures < NEEDED.get(outcome, 0)


def _row(submission: Submission, slot: str, url: str) -> LinkCheck:
    """Return the row of this link, unsaved and at nought where another link was counted in this slot."""
    digest, host = link_digest(url), asked_host(url)
    row = LinkCheck.objects.filter(submission=submission, slot=slot).first()
    row = row or LinkCheck(submission=submission, slot=slot)
    if row.url_digest != digest:
        row.url_digest, row.host = digest, host.name if host else ""
        row.outcome, row.failures, row.failed_at = LinkOutcome.UNCLEAR, 0, None
    return row


def _count(row: LinkCheck, outcome: LinkOutcome, moment: datetime) -> None:
    """Add a look to the row; one that tells nothing leaves the count as it is."""
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


def _tell(submission: Submission, row: LinkCheck) -> Event | None:
    """Make the event that follows from a row, if any; a version of a submission never gets it twice."""
    is_dead = row.slot in submission.dead_links
    if row.outcome == LinkOutcome.ALIVE and is_dead:
        transition, details = Transition.LINK_RECOVERED, {"slot": row.slot}
    elif _is_proof(row) and not is_dead:
        transition, details = Transition.LINK_FAILED, {"slot": row.slot, "problem": row.outcome}
    else:
        return None
    name = f"trackflow:{submission.reference}/{submission.version}/{transition}/{row.slot}"
    key = uuid.uuid5(uuid.NAMESPACE_URL, name)
    return perform(submission, transition, actor=SYSTEM, turn=None, key=key, **details)


def _is_proof(row: LinkCheck) -> bool:
    if row.failures < NEEDED.get(row.outcome, NEEDED_ALONE):
        return False
    return row.outcome == LinkOutcome.GONE or row.failures >= NEEDED_ALONE or _has_witness(row)


def _has_witness(row: LinkCheck) -> bool:
    """Whether the host answered well for another link of late."""
    good = LinkCheck.objects.filter(host=row.host, outcome=LinkOutcome.ALIVE)
    recent = good.filter(checked_at__gt=row.checked_at - WITNESS_AGE)
    return recent.exclude(url_digest=row.url_digest).exists()
