"""The rows of notifications."""

from notifications.models.delivery import Announcement, Delivery
from notifications.models.notice import Notice
from notifications.models.preferences import AssignedOnly, Digest, KindChoice, Preferences
from notifications.models.refused_address import RefusedAddress

__all__ = [
    "Announcement",
    "AssignedOnly",
    "Delivery",
    "Digest",
    "KindChoice",
    "Notice",
    "Preferences",
    "RefusedAddress",
]
