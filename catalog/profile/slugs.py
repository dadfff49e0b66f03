"""Slugs of producers' public pages: which are valid, reserved or taken."""

from itertools import count

from django.core.exceptions import ValidationError
from django.utils.text import slugify

from catalog.models import Profile
from kit.slugs import LONGEST, normalise_slug

RESERVED = frozenset({"all", "edit", "me", "mine", "new", "none", "null", "search", "settings", "undefined"})
"""Slugs kept for pages of our own."""

TAKEN = "Another producer has this address. Choose another."
NO_LETTERS = "Your artist name has no letters a to z or digits. Choose an address."


def check_slug(slug: str, profile: Profile) -> str:
    """Return the slug in lower case if this profile may have it; ValidationError otherwise."""
    slug = normalise_slug(slug)
    if slug in RESERVED:
        raise ValidationError("This address is reserved. Choose another.", code="reserved")
    if _is_taken(slug, profile):
        raise ValidationError(TAKEN, code="taken")
    return slug


def suggest_slug(artist_name: str, profile: Profile) -> str:
    """Return a free slug made from an artist name; ValidationError if it has no letter a to z and no digit."""
    stem = slugify(artist_name.replace("_", "-"))[: LONGEST - 4].strip("-")
    if not stem:
        raise ValidationError(NO_LETTERS, code="shape")
    tries = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in tries if slug not in RESERVED and not _is_taken(slug, profile))


def _is_taken(slug: str, profile: Profile) -> bool:
    return Profile.objects.filter(slug=slug).exclude(pk=profile.pk).exists()
