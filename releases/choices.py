"""The words of releases."""

from django.db.models import TextChoices


class State(TextChoices):
    """`NEW` lasts no longer than the transaction that plans a release."""

    NEW = "new", "New"
    PLANNED = "planned", "Planned"
    SCHEDULED = "scheduled", "Scheduled"
    DELIVERED = "delivered", "Delivered"
    RELEASED = "released", "Released"
    CANCELLED = "cancelled", "Cancelled"


class Transition(TextChoices):
    """Transitions and facts; each event of a release records one."""

    PLAN = "plan"
    SCHEDULE = "schedule"
    UNSCHEDULE = "unschedule"
    DELIVER = "deliver"
    RECALL = "recall"
    RELEASE = "release"
    CANCEL = "cancel"
    EDIT = "edit"
    SET_TRACKS = "set_tracks"
    ASSIGN_CODES = "assign_codes"
    LOSE_TRACK = "lose_track"
    ADD_STEPS = "add_steps"
    CHANGE_STEP = "change_step"
    COMPLETE_STEP = "complete_step"
    REOPEN_STEP = "reopen_step"
    SKIP_STEP = "skip_step"


class Kind(TextChoices):
    SINGLE = "single", "Single"
    EP = "ep", "EP"
    ALBUM = "album", "Album"
    COMPILATION = "compilation", "Compilation"
    REMIXES = "remixes", "Remixes"


class Line(TextChoices):
    """What a line of a track list is."""

    PLACEHOLDER = "placeholder", "To be filled"
    SUBMISSION = "submission", "Signed demo"
    EXISTS = "exists", "Exists already"
    IRRELEVANT = "irrelevant", "Irrelevant"
