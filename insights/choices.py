"""The words of insights."""

from django.db.models import TextChoices

from submissions.query_words import TermName as T


class Word(TextChoices):
    """By what passages are added up; where the queue has a term for it, by the same word."""

    ALL = "all", "All"
    OPENING = "opening", "Hours until opened"
    STATE = T.IS.value, "State"
    REASON = T.REASON.value, "Reason"
    GENRE = T.GENRE.value, "Genre"
    TEMPO = T.BPM.value, "Tempo"
    COUNTRY = T.COUNTRY.value, "Country"
    CALL = T.INTAKE.value, "Call"
    REVIEWER = T.OPENER.value, "First opened by"
    DAY = "day", "Day"
