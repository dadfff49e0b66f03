"""The allowed form of slugs that people choose."""

import re

from django.core.exceptions import ValidationError

LONGEST = 60

_SHAPE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def normalise_slug(slug: str) -> str:
    """Return the slug in lower case; ValidationError if it is not well-formed."""
    slug = slug.strip().lower()
    if not _SHAPE.fullmatch(slug) or len(slug) > LONGEST:
        raise ValidationError("Use letters a to z, digits and single hyphens, at most 60.", code="shape")
    return slug
