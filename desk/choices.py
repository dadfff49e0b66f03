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


class Fate(TextChoices):
    """What became of one submission in a bulk action."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"
