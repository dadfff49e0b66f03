"""Choices of the team's own data."""

from django.db.models import TextChoices


class Hue(TextChoices):
    """Colours of the palette, each a CSS class `hue-…`."""

    TOMATO = "tomato"
    ORANGE = "orange"
    MUSTARD = "mustard"
    LIME = "lime"
    TEAL = "teal"
    SKY = "sky"
    VIOLET = "violet"
    PINK = "pink"
    SAND = "sand"


class BulkResult(TextChoices):
    """Result of a bulk action for one submission."""

    WAITING = "waiting", "Waiting"
    DONE = "done", "Done"
    SKIPPED = "skipped", "Skipped"


class ExportFormat(TextChoices):
    """What an export is for."""

    COMMA = "comma", "Spreadsheet: CSV with commas"
    SEMICOLON = "semicolon", "European spreadsheet: CSV with semicolons and decimal commas"
    JSON = "json", "Other programs: JSON"
