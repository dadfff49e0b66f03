"""Whether a link expires, and the warning for one that does."""

from datetime import timedelta

from catalog.links.expiry_table import EXPIRIES, Expiry
from catalog.links.web_address import Address

_ADVICE = "Labels take longer to answer: paste a link that stays, such as a private SoundCloud link."


def expiry_of(address: Address) -> Expiry | None:
    """Return the expiry rule that applies to an address, None if it does not expire."""
    return next((rule for rule in EXPIRIES if _applies(rule, address)), None)


def expiry_warning(rule: Expiry) -> str:
    """Return the warning for such a link."""
    return f"{rule.name} stop working after {_duration(rule.lasts)} (as of {rule.as_of:%B %Y}). {_ADVICE}"


def _applies(rule: Expiry, address: Address) -> bool:
    is_there = any(f".{address.host}".endswith(f".{domain}") for domain in rule.domains)
    is_signed = not rule.param or any(name == rule.param for name, _ in address.pairs())
    return is_there and is_signed and rule.path.fullmatch(address.path) is not None


def _duration(lasts: timedelta) -> str:
    number, unit = (lasts.days, "day") if lasts.days else (lasts.seconds // 3600, "hour")
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
