from desk.models.annotations import Criterion, Mark, Memo, Review, Tag
from desk.models.bulk import Bulk, BulkItem
from desk.models.export_choice import ExportChoice
from desk.models.presence import Presence
from desk.models.proposal import Proposal
from desk.models.saved_view import DefaultView, SavedView
from desk.models.team_settings import TeamSettings

__all__ = [
    "Bulk",
    "BulkItem",
    "Criterion",
    "DefaultView",
    "ExportChoice",
    "Mark",
    "Memo",
    "Presence",
    "Proposal",
    "Review",
    "SavedView",
    "Tag",
    "TeamSettings",
]
