"""Choices shared by the log and the apps that write it."""

from django.db.models import TextChoices


class Area(TextChoices):
    """Parts of the record, by which it is filtered."""

    ACCOUNT = "account", "Accounts and sign-ins"
    TEAM = "team", "Team and roles"
    SETTINGS = "settings", "Settings"
    EXPORT = "export", "Downloads"
    LABEL = "label", "Verification and suspension"
    STAFF = "staff", "Trackflow’s staff"


class BulkAct(TextChoices):
    """Bulk actions."""

    SHORTLIST = "shortlist", "Shortlist"
    OFFER = "offer", "Offer to sign"
    PREPARE_OFFER = "prepare", "Put in the outbox: offer"
    REJECT = "reject", "Pass"
    PROPOSE = "propose", "Put in the outbox: pass"
    RELEASE = "release", "Send from the outbox"
    TAG = "tag", "Tag"
    UNTAG = "untag", "Remove a tag"
    ASSIGN = "assign", "Assign"
    UNASSIGN = "unassign", "Unassign"
    MORE_TIME = "more_time", "Take more time"


class DeskSetting(TextChoices):
    """Switches of a team's settings, by column name."""

    HIDES_SCORES = "hides_scores", "Hide colleagues’ scores until a member has scored"
    SENDS_AT_ONCE = "sends_at_once", "Send managers’ decisions at once"
