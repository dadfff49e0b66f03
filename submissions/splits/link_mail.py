"""How often links are mailed: a few times a day to one address, however many sheets and demos name it."""

from datetime import timedelta

from django.core.cache import cache

from kit import canonical, jobs
from kit.clock import now
from submissions.models import Share

MAILS_A_DAY = 3
DAY = timedelta(days=1)


def mail_link(share: Share) -> bool:
    """Queue the mail with a share's link once more; False where its address got enough today."""
    if not may_be_mailed(share.address):
        return False
    jobs.announce("share_link", share_id=share.pk)
    return True


def spend_mail(share: Share) -> bool:
    """Count a mail that is about to be sent; False where its address got enough today."""
    return spend_mail_to(share.address)


def may_be_mailed(address: str) -> bool:
    """Whether an address got less than enough today."""
    return int(cache.get(_key(address), 0)) < MAILS_A_DAY


def spend_mail_to(address: str) -> bool:
    """Count a mail to an address that is about to be sent; False where it got enough today."""
    key = _key(address)
    cache.add(key, 0, DAY.total_seconds())
    return bool(cache.incr(key) <= MAILS_A_DAY)


def _key(address: str) -> str:
    return f"share_mails:{canonical.digest(address.encode()).hex()}:{now():%Y-%m-%d}"
