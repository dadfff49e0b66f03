from notifications.admin.delivery import DeliveryAdmin
from notifications.admin.jobs import JobAdmin
from notifications.admin.refused_address import RefusedAddressAdmin

__all__ = ["DeliveryAdmin", "JobAdmin", "RefusedAddressAdmin"]
