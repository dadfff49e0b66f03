from labels.models.intake import Intake, Question
from labels.models.label import FormerSlug, Label, Suspension
from labels.models.team import Membership

__all__ = ["FormerSlug", "Intake", "Label", "Membership", "Question", "Suspension"]
