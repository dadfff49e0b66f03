"""Words that the log shares with those who write it."""

from django.db.models import TextChoices


class BulkAct(TextChoices):
    """What can be done to many submissions at once."""

    SHORTLIST = "shortlist", "Shortlist"
    REJECT = "reject", "Pass"
    PROPOSE = "propose", "Put into the outbox: pass"
    RELEASE = "release", "Release from the outbox"
    TAG = "tag", "Tag"
    UNTAG = "untag", "Take a tag off"
    ASSIGN = "assign", "Assign"


class DeskSetting(TextChoices):
    """What a team can turn on and off; the columns of its settings."""

    HIDES_SCORES = "hides_scores", "Hide colleagues’ scores from each member until they gave theirs"
    SENDS_AT_ONCE = "sends_at_once", "Send managers’ decisions at once"
