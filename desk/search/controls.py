"""A query as two forms, each of which says all of it: the box with its text, and the controls."""

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
from desk.search.parser import LONGEST, Gathering, QueryError, fitting, parse, phrases
from desk.search.query import Query, written
from desk.search.term_table import BY_NAME, PROMISES_SAID, SORTS, TERMS, Term
from desk.search.values import WrongError
from kit.forms import CleanText
from labels.models import Intake, Label
from submissions.choices import Reason
from submissions.query_words import DEMOS, ME, NOBODY, REASON_WORDS, UNKNOWN, quoted

Choices = Iterable[tuple[str, str]]
Offers = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""What a label adds to the choices of some terms, by their names."""

HIDDEN = ("is", "ball")
"""These have their own links: the tabs, and the chips below them."""

COURSE = tuple(term.name for term in TERMS if term.is_course)

HINTS = {
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
BEFORE: dict[str, Choices] = {
    "intake": [("", "Demos and calls")],
    "tag": [("", "With or without")],
    "assignee": [("", "Anybody"), (ME, "Me"), (NOBODY, "Nobody")],
    "opener": [("", "Anybody"), (ME, "Me"), (NOBODY, "Nobody yet")],
}
FIXED: dict[str, Choices] = {
    "key": [("", "Any key"), *KEY_CHOICES],
    "mixes": [("", "Any key"), *KEYS],
    "ai": [("", "Any answer"), *AIUse.choices],
    "link": [("", "Dead or fine"), ("dead", "Dead"), ("fine", "Fine")],
    "promise": [("", "Kept or not"), *PROMISES_SAID.items()],
    "reason": [("", "Any reason"), *((word, Reason(value).label) for word, value in REASON_WORDS.items())],
    "sort": [(word, name) for word, (name, _) in SORTS.items()],
}


class Options(forms.Select):
    """A select that is drawn without a template, and that keeps a value which is none of its choices."""

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
    """What stands after a term's colon; blank is None."""

    def __init__(self, term: Term, widget: forms.Widget) -> None:
        self.term = term
        super().__init__(label=term.label, required=False, max_length=LONGEST, widget=widget)

    def clean(self, value: Any) -> Any:
        typed = super().clean(value)
        try:
            return self.term.read(typed) or None if typed else None
        except WrongError as wrong:
            raise ValidationError(str(wrong), code="term") from None


class WordsField(forms.CharField):
    """Words and quoted phrases; whatever stands here, none of it is a term."""

    def clean(self, value: Any) -> tuple[str, ...]:
        gathering = Gathering()
        try:
            for phrase in phrases(super().clean(value)):
                gathering.add_word(phrase)
        except WrongError as wrong:
            raise ValidationError(str(wrong), code="words") from None
        return gathering.values.get("words", ())


class Box(forms.Form):
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
    """The query by its terms, a field for each, and one for the words."""

    words = WordsField(label="Words", required=False, max_length=LONGEST)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {**FIXED, "genre": _genres(), **BEFORE}
        for term in sorted(TERMS, key=lambda term: term.is_flag):
            self.fields[term.name] = _field(term, offered.get(term.name))

    @classmethod
    def of(cls, query: Query) -> "Controls":
        """Return the controls as they stand for this query."""
        said = {name: BY_NAME[name].write(value) for name, value in query.said.items()}
        words = " ".join(map(written, query.words))
        return cls(initial={"words": words, "sort": query.sort, **said})

    def offer(self, offers: Offers) -> None:
        """Let be chosen what a label has; without it, only what was."""
        for name, choices in offers:
            self.fields[name].widget.choices = [*BEFORE[name], *choices]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The visible fields that are not about the label's part."""
        return [field for field in self.visible_fields() if field.name not in COURSE]

    @property
    def course_fields(self) -> list[forms.BoundField]:
        """Those about how the label dealt with a submission: opened when and by whom, answered, for which reason."""
        return [self[name] for name in COURSE]

    @property
    def says_course(self) -> bool:
        return any(field.value() or field.errors for field in self.course_fields)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        try:
            fitting(self.query)
        except QueryError as wrong:
            raise ValidationError(wrong.messages, code="query") from None
        return cleaned

    @property
    def query(self) -> Query:
        """What the fields say that could be read."""
        said = {"words": self.cleaned_data.get("words", ())}
        for term in TERMS:
            if value := self.cleaned_data.get(term.name):
                said[term.field] = value
        return Query(**said)


def offers_of(label: Label) -> Offers:
    """Return a label's intakes, tags and members, as they are written and called; a minute old at most."""
    words = team_vocabulary.words_of(label)
    tags = tuple((quoted(name.casefold()), name) for name in words.offered)
    team = tuple((quoted(handle.casefold()), name) for handle, name in words.handles)
    return (("intake", intake_choices(label)), ("tag", tags), ("assignee", team), ("opener", team))


def intake_choices(label: Label) -> tuple[tuple[str, str], ...]:
    """Return a label's intakes by what one writes after `intake:`, newest call first; kept for a minute."""
    return intakes_of(label.pk, vocabulary.edition())


@lru_cache(maxsize=200)
def intakes_of(label_id: int, _edition: int) -> tuple[tuple[str, str], ...]:
    """Return them by the label's id. One query the first time."""
    calls = Intake.objects.filter(label_id=label_id).exclude(call_name="").order_by("-id")
    named = calls.values_list("code", "call_name")
    return ((DEMOS, "Demos"), *((code, f"Call: {name}") for code, name in named))


def _field(term: Term, choices: Choices | None) -> forms.Field:
    if term.is_flag:
        return forms.BooleanField(label=term.label, required=False)
    if term.name in HIDDEN:
        return TermField(term, forms.HiddenInput())
    widget = (
        Options(choices=choices) if choices else forms.TextInput({"placeholder": HINTS.get(term.name, "")})
    )
    return TermField(term, widget)


def _genres() -> Choices:
    known = vocabulary.genres().values()
    offered = ((each.slug, each.full_name) for each in known if each.is_offered)
    return [("", "Any genre"), *offered, (UNKNOWN, "Unknown")]
