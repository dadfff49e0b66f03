"""The words of insights."""

from django.db.models import TextChoices


class Word(TextChoices):
    """By what passages are added up; where the queue has a term for it, by the same word."""

    ALL = "all", "All"
    STATE = "is", "State"
    REASON = "reason", "Reason"
    GENRE = "genre", "Genre"
    TEMPO = "bpm", "Tempo"
    COUNTRY = "country", "Country"
    CALL = "intake", "Call"
    REVIEWER = "opener", "First opened by"
