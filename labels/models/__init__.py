from labels.models.intake import Intake, Question
from labels.models.label import FormerSlug, Label, Suspension
from labels.models.team import Membership
from labels.models.template import ReplyTemplate

__all__ = ["FormerSlug", "Intake", "Label", "Membership", "Question", "ReplyTemplate", "Suspension"]
