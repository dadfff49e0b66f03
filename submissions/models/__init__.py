from submissions.models.draft import Draft
from submissions.models.event import Event
from submissions.models.link_check import LinkCheck
from submissions.models.revision import Revision
from submissions.models.submission import Submission

__all__ = ["Draft", "Event", "LinkCheck", "Revision", "Submission"]
