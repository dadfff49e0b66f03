from labels.admin.intake import IntakeAdmin
from labels.admin.label import LabelAdmin

__all__ = ["IntakeAdmin", "LabelAdmin"]
