"""The two forms of a query, each of which holds all of it: the search box and the filter controls."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from catalog.choices import AIUse
from catalog.music.keys import KEY_CHOICES, KEYS
from desk.search import team_vocabulary, vocabulary
from desk.search.parser import LONGEST, QueryBuilder, QueryError, check_length, parse, phrases
from desk.search.query import Query, quoted_if_needed
from desk.search.term_table import BY_NAME, PROMISE_NAMES, SORTS, TERMS, Term
from desk.search.values import TermError
from kit.forms import CleanText
from labels.models import Intake, Label
from submissions.choices import Reason
from submissions.query_words import DEMOS, ME, NOBODY, REASON_WORDS, UNKNOWN, quoted

Choices = Iterable[tuple[str, str]]
LabelChoices = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Choices that depend on the label, by the term's name."""

HIDDEN_TERMS = ("is", "ball")
"""Set by the tabs and the chips below them."""

RESPONSE_TERMS = tuple(term.name for term in TERMS if term.is_response)

PLACEHOLDERS = {
    "bpm": "122-128",
    "country": "DE, NL",
    "older": "14d",
    "newer": "2w",
    "score": ">=4",
    "received": "2026-05-04..2026-05-10",
    "opened": "2026-05, yes or no",
    "answered": "2026-05, yes or no",
    "silent": "2026-05, yes or no",
}
LEADING_CHOICES: dict[str, Choices] = {
    "intake": [("", "Demos and calls")],
    "tag": [("", "With or without")],
    "assignee": [("", "Anybody"), (ME, "Me"), (NOBODY, "Nobody")],
    "opener": [("", "Anybody"), (ME, "Me"), (NOBODY, "Nobody yet")],
}
FIXED_CHOICES: dict[str, Choices] = {
    "key": [("", "Any key"), *KEY_CHOICES],
    "mixes": [("", "Any key"), *KEYS],
    "ai": [("", "Any answer"), *AIUse.choices],
    "link": [("", "Dead or fine"), ("dead", "Dead"), ("fine", "Fine")],
    "promise": [("", "Kept or not"), *PROMISE_NAMES.items()],
    "reason": [("", "Any reason"), *((word, Reason(value).label) for word, value in REASON_WORDS.items())],
    "sort": [(word, name) for word, (name, _) in SORTS.items()],
}


class FilterSelect(forms.Select):
    """A select rendered without a template, which keeps a value that is none of its choices."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        chosen, choices = str(value or ""), [(str(key), str(text)) for key, text in self.choices]
        if chosen and chosen not in dict(choices):
            names = dict(choices)
            choices.append((chosen, ", ".join(names.get(part, part) for part in chosen.split(","))))
        lines = [(key, SafeString(" selected" if key == chosen else ""), text) for key, text in choices]
        options = format_html_join("", '<option value="{}"{}>{}</option>', lines)
        final = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        return format_html("<select{}>{}</select>", flatatt(final), options)


class TermField(forms.CharField):
    """The value of a term; blank is None."""

    def __init__(self, term: Term, widget: forms.Widget) -> None:
        self.term = term
        super().__init__(label=term.label, required=False, max_length=LONGEST, widget=widget)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return self.term.read(typed) or None if typed else None
        except TermError as wrong:
            raise ValidationError(str(wrong), code="term") from None


class WordsField(forms.CharField):
    """Words and quoted phrases; none of them is read as a term."""

    def clean(self, value: Any) -> tuple[str, ...]:
        builder = QueryBuilder()
        try:
            for phrase in phrases(super().clean(value)):
                builder.add_word(phrase)
        except TermError as wrong:
            raise ValidationError(str(wrong), code="words") from None
        return builder.values.get("words", ())


class SearchBox(forms.Form):
    """The whole query as text."""

    q = forms.Field(
        label="",
        required=False,
        widget=forms.TextInput(
            {
                "type": "search",
                "aria-label": "Search",
                "placeholder": "Words, is:shortlisted, bpm:122-128, overdue …",
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "none",
                "aria-keyshortcuts": "/",
            }
        ),
    )

    def clean_q(self) -> Query:
        try:
            return parse(self.cleaned_data["q"] or "")
        except QueryError as wrong:
            raise ValidationError([ValidationError(each, code="query") for each in wrong.messages]) from None


class Controls(CleanText, forms.Form):
    """The query as a form: a field for each term, and one for the words."""

    words = WordsField(label="Words", required=False, max_length=LONGEST)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {**FIXED_CHOICES, "genre": _genre_choices(), **LEADING_CHOICES}
        for term in sorted(TERMS, key=lambda term: term.is_flag):
            self.fields[term.name] = _field(term, offered.get(term.name))

    @classmethod
    def of(cls, query: Query) -> "Controls":
        """Return the controls filled with this query."""
        values = {name: BY_NAME[name].write(value) for name, value in query.term_values.items()}
        words = " ".join(map(quoted_if_needed, query.words))
        return cls(initial={"words": words, "sort": query.sort, **values})

    def add_choices(self, label_choices: LabelChoices) -> None:
        """Add the label's choices; without them only the current value can be chosen."""
        for name, choices in label_choices:
            self.fields[name].widget.choices = [*LEADING_CHOICES[name], *choices]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The visible fields that are not about the label's response."""
        return [field for field in self.visible_fields() if field.name not in RESPONSE_TERMS]

    @property
    def response_fields(self) -> list[forms.BoundField]:
        """The fields about the label's response: opened when and by whom, answered, for which reason."""
        return [self[name] for name in RESPONSE_TERMS]

    @property
    def has_response_filter(self) -> bool:
        return any(field.value() or field.errors for field in self.response_fields)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            check_length(self.query)
        except QueryError as wrong:
            raise ValidationError(wrong.messages, code="query") from None
        return cleaned

    @property
    def query(self) -> Query:
        """The query of all valid fields."""
        values = {"words": self.cleaned_data.get("words", ())}
        for term in TERMS:
            if value := self.cleaned_data.get(term.name):
                values[term.field] = value
        return Query(**values)


def label_choices_of(label: Label) -> LabelChoices:
    """Return a label's intakes, tags and members as choices, cached for a minute."""
    team = team_vocabulary.vocabulary_of(label)
    tags = tuple((quoted(name.casefold()), name) for name in team.tag_names)
    members = tuple((quoted(handle.casefold()), name) for handle, name in team.handles)
    return (("intake", intake_choices(label)), ("tag", tags), ("assignee", members), ("opener", members))


def intake_choices(label: Label) -> tuple[tuple[str, str], ...]:
    """Return a label's intakes by their value in a query, newest call first; cached for a minute."""
    return intakes_of(label.pk, vocabulary.cache_period())


@lru_cache(maxsize=200)
def intakes_of(label_id: int, _period: int) -> tuple[tuple[str, str], ...]:
    """Return the intakes of a label by its id. One query where not cached."""
    calls = Intake.objects.filter(label_id=label_id).exclude(call_name="").order_by("-id")
    names = calls.values_list("code", "call_name")
    return ((DEMOS, "Demos"), *((code, f"Call: {name}") for code, name in names))


def _field(term: Term, choices: Choices | None) -> forms.Field:
    if term.is_flag:
        return forms.BooleanField(label=term.label, required=False)
    if term.name in HIDDEN_TERMS:
        return TermField(term, forms.HiddenInput())
    widget = (
        FilterSelect(choices=choices)
        if choices
        else forms.TextInput({"placeholder": PLACEHOLDERS.get(term.name, "")})
    )
    return TermField(term, widget)


def _genre_choices() -> Choices:
    known = vocabulary.genres().values()
    offered = ((each.slug, each.full_name) for each in known if each.is_offered)
    return [("", "Any genre"), *offered, (UNKNOWN, "Unknown")]
