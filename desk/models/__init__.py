from desk.models.memo import Memo
from desk.models.presence import Presence
from desk.models.proposal import Proposal
from desk.models.view import DefaultView, SavedView

__all__ = ["DefaultView", "Memo", "Presence", "Proposal", "SavedView"]
