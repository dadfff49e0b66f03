from labels.admin.intake import IntakeAdmin
from labels.admin.label import LabelAdmin
from labels.admin.proof import ProofAdmin

__all__ = ["IntakeAdmin", "LabelAdmin", "ProofAdmin"]
