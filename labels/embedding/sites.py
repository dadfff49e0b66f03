"""Sites that may show a label's embed, as origins such as `https://label.example`."""

import re

from django.core.exceptions import ValidationError

from catalog.links.web_address import read_address
from kit.urls import split_url
from labels.models import Label

MOST = 5
LONGEST = 200
"""Characters of a site, as in its column."""
TOO_MANY = f"At most {MOST} sites."
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(?::[0-9]{1,5})?")


def read_sites(text: str) -> list[str]:
    """Return the origins of typed addresses, one per line; ValidationError for the first invalid one."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    sites = list(dict.fromkeys(map(_read, lines)))
    if len(sites) > MOST:
        raise ValidationError(TOO_MANY, code="too_many")
    return sites


def sites_of(label: Label) -> list[str]:
    """Return the origins that may show the embed: the label's website, then the sites it lists."""
    website = split_url(label.website)
    origins = [f"{website.scheme}://{website.netloc}", *label.embed_sites]
    return [origin for origin in dict.fromkeys(origins) if _ORIGIN.fullmatch(origin)]


def _read(line: str) -> str:
    try:
        address = read_address(line if "://" in line else f"https://{line}")
    except ValidationError as refusal:
        raise ValidationError(f"{line[:80]}: {' '.join(refusal.messages)}", code=refusal.code) from None
    origin = f"{address.scheme}://{address.host}"
    if len(origin) > LONGEST:
        raise ValidationError(f"A site may have at most {LONGEST} characters.", code="too_long")
    return origin
