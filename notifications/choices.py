from django.db.models import TextChoices


class Channel(TextChoices):
    """By which way somebody is told."""

    IN_APP = "in_app", "In the app"
    EMAIL = "email", "Email"
