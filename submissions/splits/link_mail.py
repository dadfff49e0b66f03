"""How often a share's link is mailed: a few times a day to one address, however many sheets name it."""

from datetime import timedelta

from django.core.cache import cache

from kit import canonical, jobs
from kit.clock import now
from submissions.models import Share

MAILS_A_DAY = 3
DAY = timedelta(days=1)


def mail_link(share: Share) -> bool:
    """Queue the mail with a share's link once more; False where its address got enough today."""
    if _count(share) >= MAILS_A_DAY:
        return False
    jobs.announce("share_link", share_id=share.pk)
    return True


def spend_mail(share: Share) -> bool:
    """Count a mail that is about to be sent; False where its address got enough today."""
    key = _key(share)
    cache.add(key, 0, DAY.total_seconds())
    return bool(cache.incr(key) <= MAILS_A_DAY)


def _count(share: Share) -> int:
    return int(cache.get(_key(share), 0))


def _key(share: Share) -> str:
    address = canonical.digest(share.address.encode()).hex()
    return f"share_mails:{address}:{now():%Y-%m-%d}"
