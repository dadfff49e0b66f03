"""The rows of notifications."""

from notifications.models.delivery import Announcement, Delivery
from notifications.models.notice import Notice

__all__ = ["Announcement", "Delivery", "Notice"]
