from notifications.admin.delivery import DeliveryAdmin
from notifications.admin.jobs import JobAdmin

__all__ = ["DeliveryAdmin", "JobAdmin"]
