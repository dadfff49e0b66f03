from django.db.models import TextChoices


class Channel(TextChoices):
    """How somebody is notified."""

    IN_APP = "in_app", "In the app"
    EMAIL = "email", "Email"
