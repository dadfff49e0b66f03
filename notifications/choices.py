from django.db.models import TextChoices


class Channel(TextChoices):
    """How somebody is notified."""

    IN_APP = "in_app", "In the app"
    EMAIL = "email", "Email"


class DeliveryStatus(TextChoices):
    """What became of a delivery; in the app it is sent as soon as it can be seen there."""

    WAITING = "waiting", "Waiting"
    SENT = "sent", "Sent"
    IN_DIGEST = "in_digest", "In a digest"
    OFF = "off", "Off"


class Way(TextChoices):
    """What a person chose for a kind of notification. All but the last also show it in the app."""

    AT_ONCE = "at_once", "Mail at once"
    DIGEST = "digest", "Daily digest"
    APP = "app", "In the app only"
    OFF = "off", "Off"


class Side(TextChoices):
    """As whom somebody is told: of the label's team, or as the producer."""

    TEAM = "team", "At the label"
    PRODUCER = "producer", "As a producer"


class NoticeKind(TextChoices):
    """What a notice is about: a key of the kinds in `kind_table`; a producer's is of releases or the studio."""

    TEAM = "team", "The team"
    ASSIGNED = "assigned", "Assigned to you"
    REMINDERS = "reminders", "Deadlines"
    RELEASES = "releases", "Releases"
    CREW_REQUESTS = "crew_requests", "Requests to join"
    CREW_ANSWERS = "crew_answers", "Answers to requests to join"
    CREW = "crew", "Crews"
    PROJECT_STEPS = "project_steps", "Steps of projects"


class Refusal(TextChoices):
    """Why an address gets no mail."""

    BOUNCE = "bounce", "Mail came back"
    COMPLAINT = "complaint", "Marked as spam"
