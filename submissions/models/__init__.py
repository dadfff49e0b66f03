from submissions.models.co_producer import CoProducer
from submissions.models.deliverable import Deliverable, DeliverableLink
from submissions.models.draft import Draft
from submissions.models.event import Event
from submissions.models.link_check import LinkCheck
from submissions.models.message import Message, MessageReading
from submissions.models.multi_send import LabelList, SavedNote, SendPlan
from submissions.models.offer import Offer
from submissions.models.reminder import Reminder
from submissions.models.revision import Revision
from submissions.models.split_sheet import Share, SplitSheet
from submissions.models.submission import Submission

__all__ = [
    "CoProducer",
    "Deliverable",
    "DeliverableLink",
    "Draft",
    "Event",
    "LabelList",
    "LinkCheck",
    "Message",
    "MessageReading",
    "Offer",
    "Reminder",
    "Revision",
    "SavedNote",
    "SendPlan",
    "Share",
    "SplitSheet",
    "Submission",
]
