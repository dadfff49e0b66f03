"""The words of the team's own work."""

from django.db.models import TextChoices


class Hue(TextChoices):
    """Colours of the palette; each is a class of the style sheet, `hue-…`."""

    TOMATO = "tomato"
    ORANGE = "orange"
    MUSTARD = "mustard"
    LIME = "lime"
    TEAL = "teal"
    SKY = "sky"
    VIOLET = "violet"
    PINK = "pink"
    SAND = "sand"


class Doing(TextChoices):
    """What the team's own log says somebody did."""

    SCORED = "scored", "scored it"
    ASSIGNED = "assigned", "assigned it"
    UNASSIGNED = "unassigned", "took it from its assignee"
    TAGGED = "tagged", "tagged it"
    UNTAGGED = "untagged", "took a tag off"
    WROTE = "wrote", "wrote a memo"
    PREPARED = "prepared", "prepared a decision"
    CHANGED = "changed", "changed a prepared decision"
    RELEASED = "released", "released a decision"
    DISCARDED = "discarded", "discarded a decision"
    SENT_BACK = "sent_back", "sent a decision back"
    WARNED = "warned", "warned that a decision waits too long"
    ORDERED = "ordered", "ordered a bulk action"
    CANCELLED = "cancelled", "cancelled a bulk action"
    SET_UP = "set_up", "changed how the desk works"


class BulkAct(TextChoices):
    """What can be done to many submissions at once."""

    SHORTLIST = "shortlist", "Shortlist"
    REJECT = "reject", "Pass"
    PROPOSE = "propose", "Put into the outbox: pass"
    RELEASE = "release", "Release from the outbox"
    TAG = "tag", "Tag"
    UNTAG = "untag", "Take a tag off"
    ASSIGN = "assign", "Assign"


class Fate(TextChoices):
    """What became of one submission in a bulk action."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"
