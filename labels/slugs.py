"""Slugs of labels: which are valid, reserved or taken."""

from itertools import count

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import slugify

from kit.slugs import LONGEST, normalise_slug
from labels.models import FormerSlug, Label

RESERVED = frozenset(
    {"about", "accounts", "admin", "all", "api", "call", "calls", "catalog", "create", "demo", "demos"}
    | {"desk", "desks", "directory", "edit", "health", "help", "home", "insights", "intake", "intakes"}
    | {"invitations", "join", "label", "labels", "login", "logout", "me", "mine", "new", "none", "null"}
    | {"notifications", "outbox", "queue", "search", "settings", "signup", "static", "submissions", "support"}
    | {"system", "team", "tracks", "trackflow", "undefined"}
)
"""Slugs kept for pages of our own."""


def check_slug(slug: str, *, label: Label | None = None) -> str:
    """Return the slug in lower case if this label may have it; ValidationError otherwise.

    A former slug may only be taken by the label that had it.
    """
    slug = normalise_slug(slug)
    if slug in RESERVED:
        raise ValidationError("This address is reserved. Choose another.", code="reserved")
    if _is_taken(slug, label):
        raise ValidationError(TAKEN, code="taken")
    return slug


TAKEN = "Another label uses or used this address. Choose another."


def suggest_slug(name: str) -> str:
    """Return a free slug made from a name; ValidationError if it has no letter a to z and no digit."""
    stem = slugify(name.replace("_", "-"))[: LONGEST - 4].strip("-")
    if not stem:
        raise ValidationError("The name has no letters a to z or digits. Choose an address.", code="shape")
    tries = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(slug for slug in tries if slug not in RESERVED and not _is_taken(slug, None))


def _is_taken(slug: str, label: Label | None) -> bool:
    current: QuerySet[Label] = Label.objects.filter(slug=slug)
    former: QuerySet[FormerSlug] = FormerSlug.objects.filter(slug=slug)
    if label is not None:
        current, former = current.exclude(pk=label.pk), former.exclude(label=label)
    return current.exists() or former.exists()
