from submissions.admin.event import EventAdmin
from submissions.admin.message import MessageAdmin
from submissions.admin.person import PersonAdmin
from submissions.admin.report import ReportAdmin
from submissions.admin.revision import RevisionAdmin
from submissions.admin.submission import SubmissionAdmin

__all__ = ["EventAdmin", "MessageAdmin", "PersonAdmin", "ReportAdmin", "RevisionAdmin", "SubmissionAdmin"]
