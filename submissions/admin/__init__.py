from submissions.admin.event import EventAdmin
from submissions.admin.person import PersonAdmin
from submissions.admin.report import ReportAdmin
from submissions.admin.revision import RevisionAdmin
from submissions.admin.submission import SubmissionAdmin

__all__ = ["EventAdmin", "PersonAdmin", "ReportAdmin", "RevisionAdmin", "SubmissionAdmin"]
