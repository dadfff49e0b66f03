"""The words of the workflow."""

from django.db.models import TextChoices


class State(TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "New"
    IN_REVIEW = "in_review", "In review"
    SHORTLISTED = "shortlisted", "Shortlisted"
    CHANGES_REQUESTED = "changes_requested", "Changes requested"
    ACCEPTED = "accepted", "Offered"
    COUNTERED = "countered", "Counter-offer"
    SIGNED = "signed", "Signed"
    SCHEDULED = "scheduled", "Scheduled"
    RELEASED = "released", "Released"
    REJECTED = "rejected", "Passed"
    DECLINED = "declined", "Declined"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


class Transition(TextChoices):
    """Transitions and facts; each event records one."""

    SUBMIT = "submit"
    START_REVIEW = "start_review"
    SHORTLIST = "shortlist"
    REQUEST_CHANGES = "request_changes"
    RESUBMIT = "resubmit"
    ACCEPT = "accept"
    REVISE_OFFER = "revise_offer"
    COUNTER = "counter"
    REJECT = "reject"
    REOPEN = "reopen"
    SIGN = "sign"
    DECLINE = "decline"
    RESCIND = "rescind"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    RELEASE = "release"
    WITHDRAW = "withdraw"
    EXPIRE = "expire"
    LISTENED = "listened"
    REPLACE_LINK = "replace_link"
    LINK_FAILED = "link_failed"
    LINK_RECOVERED = "link_recovered"
    EXTEND = "extend"
    NUDGE = "nudge"
    SET_SPLITS = "set_splits"
    CONFIRM_SPLIT = "confirm_split"
    OBJECT_SPLIT = "object_split"
    OVERRIDE_SPLITS = "override_splits"
    HOLD = "hold"
    AGREE_HOLD = "agree_hold"
    REFUSE_HOLD = "refuse_hold"
    END_HOLD = "end_hold"
    ASK_FOR = "ask_for"
    HAND_IN = "hand_in"
    APPROVE = "approve"
    ASK_AGAIN = "ask_again"
    WAIVE = "waive"
    REDACT = "redact"
    MASTER_RECEIVED = "master_received"
    MASTER_REMOVED = "master_removed"


class ActorRole(TextChoices):
    """The role in which somebody acted."""

    PRODUCER = "producer"
    OWNER = "owner"
    MANAGER = "manager"
    REVIEWER = "reviewer"
    ADMIN = "admin"
    COLLABORATOR = "collaborator"
    SYSTEM = "system"


class Capacity(TextChoices):
    """The capacity in which somebody asks to act; the door turns it into an `ActorRole` or refuses."""

    PRODUCER = "producer"
    MEMBER = "member"
    ADMIN = "admin"
    COLLABORATOR = "collaborator"
    SYSTEM = "system"


class Ball(TextChoices):
    """Whose turn it is."""

    LABEL = "label", "The label’s turn"
    PRODUCER = "producer", "The producer’s turn"
    NOBODY = "nobody", "Done"


class OfferSide(TextChoices):
    """Who made an offer."""

    LABEL = "label", "The label’s offer"
    PRODUCER = "producer", "The producer’s counter-offer"


class ReminderKind(TextChoices):
    """What somebody is reminded of: the label of its answer, in this order, else the producer."""

    HALF = "half", "Half of the time is over"
    TWO_DAYS = "two_days", "Due in two days"
    DAY = "day", "Due today"
    ESCALATED = "escalated", "Overdue"
    OFFER = "offer", "An offer lapses"
    CHANGES = "changes", "A request for changes lapses"
    CLEARING = "clearing", "Words and personal data will be removed"


class MessageSide(TextChoices):
    """Who wrote a message."""

    PRODUCER = "producer", "The producer"
    LABEL = "label", "The label"


class Deal(TextChoices):
    """The kind of deal that an offer is about."""

    LICENCE = "licence", "Exclusive licence"
    ASSIGNMENT = "assignment", "Assignment"
    NON_EXCLUSIVE = "non_exclusive", "Non-exclusive licence"
    CONTRACT = "contract", "Separate contract"


class HoldStatus(TextChoices):
    """Whether the label asked for exclusivity for some days, and whether it has it."""

    NONE = "none", "No hold"
    ASKED = "asked", "Hold asked for"
    RUNNING = "running", "On hold"


class Reason(TextChoices):
    """Why a label passed."""

    GENRE = "genre", "Not our genre"
    PRODUCTION = "production", "Mix or production"
    ARRANGEMENT = "arrangement", "Arrangement"
    TOO_CLOSE = "too_close", "Too close to what we have"
    CALENDAR = "calendar", "Our calendar is full"
    RELEASED = "released", "Already released"
    RIGHTS = "rights", "Rights unclear"
    AI = "ai", "Against our policy on generative AI"
    INFORMATION = "information", "Not enough information"


class RescindReason(TextChoices):
    """Why a label withdrew its offer; no code is also one of `Reason`."""

    TERMS = "terms", "We could not agree on terms"
    CLEARANCE = "clearance", "Rights or samples could not be cleared"
    PLANS = "plans", "Our release plans have changed"
    ELSEWHERE = "elsewhere", "Released or signed elsewhere"
    CONTACT = "contact", "No reply to our messages"
    MISTAKE = "mistake", "The offer was made by mistake"
    OTHER = "other", "Another reason, see the note"


class Welcome(TextChoices):
    """What a label that passed would welcome next."""

    NOTHING = "nothing", "Nothing more, please"
    ANOTHER = "another", "Another track"
    THIS_AGAIN = "this_again", "This one again, reworked"


class WithdrawReason(TextChoices):
    """Why a producer withdrew."""

    ELSEWHERE = "elsewhere", "It found another home"
    REWORK = "rework", "I want to work on it"
    SILENCE = "silence", "I waited too long"
    MIND = "mind", "I changed my mind"


class SplitsState(TextChoices):
    """Whether everyone agrees to the last split sheet; empty without a sheet."""

    WAITING = "waiting", "Waiting for confirmation"
    OBJECTED = "objected", "Somebody objected"
    CONFIRMED = "confirmed", "Confirmed by everyone"
    OVERRIDDEN = "overridden", "Settled by the label’s owner"


class ShareAnswer(TextChoices):
    """What a person said to their share; empty before that."""

    CONFIRMED = "confirmed", "Confirmed"
    OBJECTED = "objected", "Objected"


class DeliverableState(TextChoices):
    """How far one thing that a label asked for is."""

    ASKED = "asked", "Asked for"
    HANDED_IN = "handed_in", "Handed in"
    APPROVED = "approved", "Approved"
    WAIVED = "waived", "Not needed any more"


class LinkSlot(TextChoices):
    """One of a track’s two links."""

    AUDIO = "audio", "audio link"
    BACKUP = "backup", "backup link"


class LinkProblem(TextChoices):
    """How a link failed."""

    GONE = "gone", "The page is gone"
    PRIVATE = "private", "The page is no longer open to us"
    SILENT = "silent", "The host does not answer"


class LinkOutcome(TextChoices):
    """The result of checking a link; problems have the same values as in `LinkProblem`."""

    ALIVE = "alive", "It answers"
    GONE = LinkProblem.GONE.value, LinkProblem.GONE.label
    PRIVATE = LinkProblem.PRIVATE.value, LinkProblem.PRIVATE.label
    SILENT = LinkProblem.SILENT.value, LinkProblem.SILENT.label
    UNCLEAR = "unclear", "Its answer tells nothing"
