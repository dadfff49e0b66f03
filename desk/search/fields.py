"""Fields and widgets of the filter controls."""

from typing import Any, NamedTuple

from django import forms
from django.core.exceptions import ValidationError

from desk.search.parser import QueryBuilder, phrases
from desk.search.term_table import Term
from kit.query.text import LONGEST
from kit.query.values import TermError, plain_text


class TermField(forms.CharField):
    """The value of a term; blank is None."""

    def __init__(self, term: Term, widget: forms.Widget) -> None:
        self.term = term
        super().__init__(label=term.label, required=False, max_length=LONGEST, widget=widget)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return self.term.read(plain_text(typed)) or None if typed else None
        except TermError as wrong:
            raise ValidationError(str(wrong), code="term") from None


class Words(NamedTuple):
    """Words and phrases to look for, and those to leave out."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


class WordsField(forms.CharField):
    """Words and quoted phrases, with a minus before what is left out; none of them is read as a term."""

    def clean(self, value: Any) -> Words:
        builder = QueryBuilder()
        try:
            for phrase in phrases(super().clean(value)):
                bare = phrase.lstrip("-")
                builder.add_word(bare or phrase, is_left_out=bool(bare) and phrase != bare)
            builder.refuse_signs_alone()
        except TermError as wrong:
            raise ValidationError(str(wrong), code="words") from None
        return Words(builder.values.get("words", ()), builder.values.get("unwanted", ()))
