"""Choices of the team's own work."""

from django.db.models import TextChoices


class Hue(TextChoices):
    """Colours of the palette; each has a CSS class `hue-…`."""

    TOMATO = "tomato"
    ORANGE = "orange"
    MUSTARD = "mustard"
    LIME = "lime"
    TEAL = "teal"
    SKY = "sky"
    VIOLET = "violet"
    PINK = "pink"
    SAND = "sand"


class Fate(TextChoices):
    """The result of a bulk action for one submission."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"
