"""Choices of the models of labels."""

from django.db.models import IntegerChoices, TextChoices


class Role(IntegerChoices):
    """A member's role; a higher one includes the rights of the lower ones."""

    VIEWER = 1, "viewer"
    REVIEWER = 2, "reviewer"
    MANAGER = 3, "manager"
    OWNER = 4, "owner"


class Status(TextChoices):
    """A label's status on the platform."""

    UNVERIFIED = "unverified", "Not yet verified"
    VERIFIED = "verified", "Verified"
    SUSPENDED = "suspended", "Suspended"
    CLOSED = "closed", "Closed"


class Keeping(IntegerChoices):
    """For how many months a label keeps what ended without an offer; without any, for ever."""

    __empty__ = "For ever"

    SIX = 6, "For 6 months"
    YEAR = 12, "For 12 months"
    TWO_YEARS = 24, "For 24 months"
    THREE_YEARS = 36, "For 36 months"


class Strictness(TextChoices):
    """What happens to a demo outside the intake's genres or tempo."""

    WARN = "warn", "Warn the producer"
    BLOCK = "block", "Refuse the demo"


class AIPolicy(TextChoices):
    ANY = "any", "Any answer is welcome"
    SOME = "some", "Some elements at most"
    NONE = "none", "No generative AI"


class ExclusivityPolicy(TextChoices):
    ANY = "any", "Any answer is welcome"
    NO_OFFERS = "no_offers", "Not when another label has made an offer"
    EXCLUSIVE = "exclusive", "Only demos sent to nobody else"


class MessageRule(TextChoices):
    """From when on a producer may write messages about a demo."""

    ALWAYS = "always", "At any time"
    SHORTLISTED = "shortlisted", "Once you shortlist it or write first"
    ANSWERED = "answered", "Only after you wrote first"


class QuestionKind(TextChoices):
    SHORT = "short", "Short text"
    LONG = "long", "Long text"
    NUMBER = "number", "Number"
    CHOICE = "choice", "One choice"
    CHOICES = "choices", "Several choices"
    YES_NO = "yes_no", "Yes or no"
    LINK = "link", "Link"
    DATE = "date", "Date"


class ReplyPurpose(TextChoices):
    """What a reply template is for: a decision, by the name of its transition, or a message."""

    ACCEPT = "accept", "Offer to sign"
    REQUEST_CHANGES = "request_changes", "Request changes"
    REJECT = "reject", "Pass"
    MESSAGE = "message", "Message"


class ProofState(TextChoices):
    """State of a label's proof of identity."""

    WAITING = "waiting", "Waiting for us"
    ASKED_BACK = "asked_back", "We asked back"
    GRANTED = "granted", "Verified"


class Complaint(TextChoices):
    """Reasons to report a label."""

    ASKS_MONEY = "asks_money", "It asks for money"
    IMPERSONATES = "impersonates", "It pretends to be another label"
    GHOSTS = "ghosts", "It takes demos and never answers"
    OTHER = "other", "Something else"


class DeliverableKind(TextChoices):
    """What a label asks a producer for."""

    LINK = "link", "A link"
    TEXT = "text", "A text"
    PERSONAL = "personal", "Legal name and address"
