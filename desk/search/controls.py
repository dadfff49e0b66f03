"""The two forms of a query, each of which holds all of it: the search box and the filter controls."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from catalog.choices import AIUse, Exclusivity
from catalog.music import known_genres
from catalog.music.keys import KEY_CHOICES, KEYS
from catalog.music.query_values import UNKNOWN
from desk.search import team_vocabulary
from desk.search.fields import TermField, Words, WordsField
from desk.search.parser import check_length, parse
from desk.search.query import Query, quoted_if_needed
from desk.search.term_table import BY_NAME, PROMISE_NAMES, SORTS, TERMS, Term
from kit.forms import CleanText, FilterSelect
from kit.query.text import LONGEST, QueryError
from kit.query.values import name as name_of
from kit.query.values import quoted
from labels.models import Intake, Label
from submissions.choices import Reason
from submissions.query_words import DEMOS, EXCLUSIVE_WORDS, ME, NO, NOBODY, REASON_WORDS, YES

Choices = Iterable[tuple[str, str]]
LabelChoices = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
"""Choices that depend on the label, by the term's name."""

HIDDEN_TERMS = ("is", "ball")
"""Set by the tabs and the chips below them."""

RESPONSE_TERMS = tuple(term.name for term in TERMS if term.is_response)
LEFT_OUT = "-"
"""The beginning of the name of a field whose value is left out, as in the text."""

LEFT_OUT_TERMS = tuple(term for term in TERMS if term.name != "sort")

PLACEHOLDERS = {
    "artist": "mara lindqvist",
    "due": "..friday",
    "release": "this-month",
    "cat": "HRB-012",
    "ref": "TF-4K7Q-9XMD",
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
    "wav": [("", "With or without"), (YES, "Yes"), (NO, "No")],
    "exclusive": [
        ("", "Any answer"),
        *((word, Exclusivity(value).label) for word, value in EXCLUSIVE_WORDS.items()),
    ],
    "link": [("", "Dead or fine"), ("dead", "Dead"), ("fine", "Fine")],
    "promise": [("", "Kept or not"), *PROMISE_NAMES.items()],
    "reason": [("", "Any reason"), *((word, Reason(value).label) for word, value in REASON_WORDS.items())],
    "sort": [(word, name) for word, (name, _) in SORTS.items()],
}


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
    """The query as a form: a field for each term and one for the words, then the same for what is left out."""

    REDRAW = "redraw"
    """Name of the hidden field with which controls that show errors ask to be drawn again."""

    words = WordsField(label="Words", required=False, max_length=LONGEST)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offered = {**FIXED_CHOICES, "genre": _genre_choices(), **LEADING_CHOICES}
        for term in sorted(TERMS, key=lambda term: term.is_flag):
            self.fields[term.name] = _field(term, offered.get(term.name))
        self.fields[f"{LEFT_OUT}words"] = WordsField(
            label="Not these words", required=False, max_length=LONGEST
        )
        for term in sorted(LEFT_OUT_TERMS, key=lambda term: term.is_flag):
            field = _field(term, offered.get(term.name), is_left_out=True)
            field.label = f"Not {lower_first(term.label)}"
            self.fields[LEFT_OUT + term.name] = field

    @classmethod
    def of(cls, query: Query) -> "Controls":
        """Return the controls filled with this query."""
        values = {name: BY_NAME[name].write(value) for name, value in query.term_values.items()}
        left_out = {LEFT_OUT + name: BY_NAME[name].write(value) for name, value in query.excluded}
        words = {"words": _written(query.words), f"{LEFT_OUT}words": _written(query.unwanted)}
        return cls(initial={**words, **left_out, **values, "sort": query.order})

    def add_choices(self, label_choices: LabelChoices) -> None:
        """Add the label's choices; without them only the current value can be chosen."""
        for name, choices in label_choices:
            leading = list(LEADING_CHOICES[name])
            self.fields[name].widget.choices = [*leading, *choices]
            self.fields[LEFT_OUT + name].widget.choices = [NOTHING, *leading[1:], *choices]

    @property
    def plain_fields(self) -> list[forms.BoundField]:
        """The visible fields that say what is looked for and are not about the label's response."""
        fields = [field for field in self.visible_fields() if not field.name.startswith(LEFT_OUT)]
        return [field for field in fields if field.name not in RESPONSE_TERMS]

    @property
    def left_out_fields(self) -> list[forms.BoundField]:
        return [field for field in self.visible_fields() if field.name.startswith(LEFT_OUT)]

    @property
    def leaves_out(self) -> bool:
        return any(field.value() or field.errors for field in self.left_out_fields)

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
        words = self.cleaned_data.get("words") or Words()
        unwanted = (*words.unwanted, *sum(self.cleaned_data.get(f"{LEFT_OUT}words") or Words(), ()))
        values: dict[str, Any] = {"words": words.wanted, "unwanted": unwanted}
        for term in TERMS:
            if value := self.cleaned_data.get(term.name):
                values[term.field] = value
        found = ((term.name.value, self.cleaned_data.get(LEFT_OUT + term.name)) for term in LEFT_OUT_TERMS)
        return Query(**values, excluded=tuple((name, value) for name, value in found if value))


def label_choices_of(label: Label) -> LabelChoices:
    """Return a label's intakes, tags and members as choices, cached for a minute."""
    team = team_vocabulary.vocabulary_of(label)
    tags = tuple((quoted(name_of(name)), name) for name in team.tag_names)
    members = tuple((quoted(name_of(handle)), name) for handle, name in team.handles)
    return (("intake", intake_choices(label)), ("tag", tags), ("assignee", members), ("opener", members))


def intake_choices(label: Label) -> tuple[tuple[str, str], ...]:
    """Return a label's intakes by their value in a query, newest call first; cached for a minute."""
    return intakes_of(label.pk, known_genres.cache_period())


@lru_cache(maxsize=200)
def intakes_of(label_id: int, _period: int) -> tuple[tuple[str, str], ...]:
    """Return the intakes of a label by its id. One query where not cached."""
    calls = Intake.objects.filter(label_id=label_id).exclude(call_name="").order_by("-id")
    names = calls.values_list("code", "call_name")
    return ((DEMOS, "Demos"), *((code, f"Call: {name}") for code, name in names))


def lower_first(label: str) -> str:
    """Return a label to go on a sentence; an abbreviation stays as it is."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _written(words: Iterable[str]) -> str:
    return " ".join(map(quoted_if_needed, words))


NOTHING = ("", "Nothing")
TYPED_TO_LEAVE_OUT: Mapping[str, str] = {"genre": 'techno, "tech house"', "key": "8A, F#m", "mixes": "8A"}
"""Long lists, which would stand on the page twice, with what to type instead."""


def _field(term: Term, choices: Choices | None, *, is_left_out: bool = False) -> forms.Field:
    if term.is_flag:
        return forms.BooleanField(label=term.label, required=False)
    if term.name in HIDDEN_TERMS:
        return TermField(term, forms.HiddenInput())
    placeholder = PLACEHOLDERS.get(term.name, "")
    if is_left_out:
        placeholder = TYPED_TO_LEAVE_OUT.get(term.name, placeholder)
        choices = None if term.name in TYPED_TO_LEAVE_OUT else choices and [NOTHING, *list(choices)[1:]]
    widget = FilterSelect(choices=choices) if choices else forms.TextInput({"placeholder": placeholder})
    return TermField(term, widget)


def _genre_choices() -> Choices:
    known = known_genres.genres().values()
    offered = ((each.slug, each.full_name) for each in known if each.is_offered)
    return [("", "Any genre"), *offered, (UNKNOWN, "Unknown")]
