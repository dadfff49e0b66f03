from labels.models.backlog import Backlog
from labels.models.deliverable_template import DeliverableTemplate
from labels.models.intake import Intake, Question
from labels.models.invitation import Invitation
from labels.models.label import FormerSlug, Label, Membership, MembershipChange, Suspension
from labels.models.offer_template import OfferTemplate
from labels.models.proof import Proof
from labels.models.record import ResponseRecord
from labels.models.report import Block, Report
from labels.models.template import ReplyTemplate

__all__ = [
    "Backlog",
    "Block",
    "DeliverableTemplate",
    "FormerSlug",
    "Intake",
    "Invitation",
    "Label",
    "Membership",
    "MembershipChange",
    "OfferTemplate",
    "Proof",
    "Question",
    "ReplyTemplate",
    "Report",
    "ResponseRecord",
    "Suspension",
]
