"""The filter of the list of recordings: a query as text, and controls that write it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from catalog.music.keys import KEYS
from catalog.music.query_values import NO_TEMPO, Tempo
from catalog.music.units import HIGHEST, LOWEST, display_tempo
from kit.forms import CleanText, FilterSelect
from kit.query.text import LONGEST, QueryError
from recordings.access import SeenShelf
from recordings.choices import FileState, Kind
from recordings.list_page.query import Query
from recordings.list_page.term_table import BY_NAME, SORTS
from recordings.query_words import TermName

CHOSEN = (TermName.SHELF, TermName.KIND, TermName.STATE, TermName.MIXES, TermName.SORT)
STATES = [("", "Any state"), *FileState.choices]


def _tempo_field(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=LOWEST, max_value=HIGHEST, decimal_places=2
    )


class ListFilter(CleanText, forms.Form):
    """What the address asks for; empty is everything, newest first."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(
            {
                "type": "search",
                "placeholder": "Words, bpm:122-128, mixes:8A, kind:set, -state:present …",
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "none",
            }
        ),
    )
    shelf = forms.CharField(label="Shelf", required=False, max_length=80, widget=FilterSelect())
    kind = forms.CharField(
        label="Kind", required=False, widget=FilterSelect(choices=[("", "Any kind"), *Kind.choices])
    )
    state = forms.CharField(label="Files", required=False, widget=FilterSelect(choices=STATES))
    mixes = forms.CharField(
        label="Mixes with key",
        required=False,
        max_length=10,
        widget=FilterSelect(choices=[("", "Any key"), *KEYS]),
    )
    slowest = _tempo_field("BPM from")
    fastest = _tempo_field("BPM to")
    sort = forms.CharField(
        max_length=20,
        label="Order",
        required=False,
        widget=FilterSelect(choices=[("", "Newest first"), *((word, word.title()) for word in [*SORTS][1:])]),
    )

    query = Query()

    def __init__(self, *args: Any, shelves: Sequence[SeenShelf], **options: Any) -> None:
        super().__init__(*args, **options)
        names = [(each.shelf.name.casefold(), each.shelf.name) for each in shelves]
        widget: Any = self.fields["shelf"].widget
        widget.choices = [("", "All shelves"), *dict(names).items()]

    @classmethod
    def of(cls, query: Query, shelves: Sequence[SeenShelf]) -> Self:
        """Return the controls filled with a query; `q` is what they do not say."""
        names = [str(name) for name in CHOSEN if _fits_a_control(name, query.terms.get(name))]
        values: dict[str, Any] = {
            name: BY_NAME[name].write(query.terms[name]).strip('"') for name in names if name in query.terms
        }
        tempo = query.terms.get(TermName.BPM)
        if tempo and tempo != NO_TEMPO:
            values |= {"slowest": _shown(tempo.low), "fastest": _shown(tempo.high)}
            names.append(TermName.BPM)
        return cls(initial={**values, "q": query.without(*names).text}, shelves=shelves)

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        slowest, fastest = found.get("slowest"), found.get("fastest")
        if slowest and fastest and slowest > fastest:
            raise ValidationError({"fastest": "Choose a tempo above “BPM from”."})
        try:
            self.query = Query.parse(self._text())
        except QueryError as wrong:
            raise ValidationError({"q": wrong.messages}) from None
        return found

    def page_query(self) -> QueryDict:
        """Return the query string of this list, with the cursor as it was asked for."""
        query = QueryDict(mutable=True)
        if text := self.query.text:
            query["q"] = text
        query.update({name: self.data[name] for name in ("after", "before") if name in self.data})
        return query

    def _text(self) -> str:
        """Return what is typed and what is chosen as one text."""
        said = self.cleaned_data
        chosen = [f"{name}:{_whole(said[name])}" for name in CHOSEN if said.get(name)]
        low, high = said.get("slowest"), said.get("fastest")
        if low or high:
            chosen.append(BY_NAME[TermName.BPM].text(Tempo(low, high)))
        return " ".join([said.get("q", ""), *chosen])


def _fits_a_control(name: TermName, value: Any) -> bool:
    """Whether a select can say it: names of several shelves stay in the text."""
    return name != TermName.SHELF or value is None or len(value) == 1


def _whole(value: str) -> str:
    """Return a chosen value as one part of a query: a shelf's name may have spaces, several kinds have commas."""
    return value if "," in value or " " not in value else f'"{value}"'


def _shown(tempo: Decimal | None) -> str:
    return display_tempo(tempo) if tempo else ""
