"""The words of insights."""

from django.db.models import TextChoices


class Word(TextChoices):
    """What submissions are added up by; where the queue has a term for it, the same word."""

    ALL = "all", "All"
    STATE = "is", "State"
    REASON = "reason", "Reason"
    GENRE = "genre", "Genre"
    TEMPO = "bpm", "Tempo"
    COUNTRY = "country", "Country"
    CALL = "intake", "Call"
    REVIEWER = "opener", "First opened by"
