"""The filter of the table: a query as text, and controls that write it."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kit.forms import CleanText, FilterSelect
from kit.query.text import LONGEST, QueryError
from studio.choices import State
from studio.list_page.query import Query
from studio.list_page.term_table import BY_NAME, SORT_LABELS
from studio.query_words import NO, YES, TermName

STATES = [("", "Any state"), *((each.value.replace("_", "-"), each.label) for each in State)]
OWNERS = [("", "Anybody"), (YES, "Me"), (NO, "Other people")]
SORTS = [("", SORT_LABELS["lately"]), *[*SORT_LABELS.items()][1:]]
CHOSEN = (TermName.STATE, TermName.MINE, TermName.SORT)


class TableFilter(CleanText, forms.Form):
    """What the address asks for; empty is everything, lately worked on first."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput({"placeholder": "Words, state:planned, done:80-, pack:harbour, -mine:no …"}),
    )
    state = forms.CharField(label="State", required=False, max_length=80, widget=FilterSelect(choices=STATES))
    mine = forms.CharField(label="Owner", required=False, max_length=80, widget=FilterSelect(choices=OWNERS))
    sort = forms.CharField(label="Order", required=False, max_length=80, widget=FilterSelect(choices=SORTS))

    query = Query()

    @classmethod
    def of(cls, query: Query) -> Self:
        """Return the controls filled with a query; `q` is what they do not say."""
        values: dict[str, Any] = {
            name.value: BY_NAME[name].write(query.terms[name]) for name in CHOSEN if name in query.terms
        }
        return cls(initial={**values, "q": query.without(*CHOSEN).text})

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        chosen = [f"{name}:{found[name]}" for name in CHOSEN if found.get(name)]
        try:
            self.query = Query.parse(" ".join([found.get("q", ""), *chosen]))
        except QueryError as wrong:
            raise ValidationError({"q": wrong.messages}) from None
        return found

    def page_query(self) -> QueryDict:
        """Return the query string of this list, with the cursor as it was asked for."""
        query = QueryDict(mutable=True)
        if text := self.query.text:
            query["q"] = text
        query.update({name: str(self.data[name]) for name in ("after", "before") if self.data.get(name)})
        return query
