"""The words of steps."""

from django.db.models import TextChoices

LIGHTEST, HEAVIEST = 1, 100
LATEST, EARLIEST = -60, 365
"""Days before the date: as late as 60 days after it."""


class Area(TextChoices):
    """The craft of a step."""

    AUDIO = "audio", "Audio"
    ARTWORK = "artwork", "Artwork"
    LEGAL = "legal", "Legal"
    METADATA = "metadata", "Metadata"
    DELIVERY = "delivery", "Delivery"
    PROMO = "promo", "Promo"
    OTHER = "other", "Other"
