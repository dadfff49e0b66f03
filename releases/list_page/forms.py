"""The filter of the list of releases: a query as text, and controls that write it."""

from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from kit.forms import CleanText, FilterSelect
from kit.query.day_words import Days
from kit.query.text import LONGEST, QueryError
from releases.choices import Kind, State
from releases.forms import day_field
from releases.list_page.query import Query
from releases.list_page.term_table import BY_NAME
from releases.query_words import ANY, AT_RISK, LATE, NONE, OVERDUE, OWED, TermName
from steps.choices import Area

STATES = [
    ("", "Still to come out"),
    *((each.value, each.label) for each in State if each != State.NEW),
    (ANY, "Any state"),
]
RISKS = [
    ("", "Any"),
    (AT_RISK, "At risk"),
    (LATE, "Late: not delivered on its day"),
    (OVERDUE, "A step is overdue"),
    (OWED, "Producers are late with something"),
]
AREAS = [("", "Any area"), *Area.choices, (NONE, "No open step")]
CHOSEN = (TermName.STATE, TermName.RISK, TermName.KIND, TermName.AREA)


class ListFilter(CleanText, forms.Form):
    """What the address asks for; empty is everything that is still to come out."""

    q = forms.CharField(
        label="Search",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(
            {
                "type": "search",
                "placeholder": "Words, state:planned, due:..friday, artist:maya, -kind:ep …",
                "autocomplete": "off",
                "spellcheck": "false",
                "autocapitalize": "none",
            }
        ),
    )
    state = forms.CharField(label="State", required=False, widget=FilterSelect(choices=STATES))
    risk = forms.CharField(label="Risk", required=False, widget=FilterSelect(choices=RISKS))
    kind = forms.CharField(
        label="Kind", required=False, widget=FilterSelect(choices=[("", "Any"), *Kind.choices])
    )
    area = forms.CharField(label="Next step", required=False, widget=FilterSelect(choices=AREAS))
    since = day_field("From", required=False)
    until = day_field("Until", required=False)

    query = Query()

    @classmethod
    def of(cls, query: Query) -> Self:
        """Return the controls filled with a query; `q` is what they do not say."""
        values: dict[str, Any] = {
            name.value: BY_NAME[name].write(query.terms[name]) for name in CHOSEN if name in query.terms
        }
        days, names = query.terms.get(TermName.RELEASE), list(CHOSEN)
        if isinstance(days, Days) and not any(isinstance(end, str) for end in days):
            values |= {"since": days.since, "until": days.until}
            names.append(TermName.RELEASE)
        return cls(initial={**values, "q": query.without(*names).text})

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        since, until = found.get("since"), found.get("until")
        if since and until and since > until:
            raise ValidationError({"until": "Choose a day after “From”."})
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
        chosen = [f"{name}:{said[name]}" for name in CHOSEN if said.get(name)]
        if said.get("since") or said.get("until"):
            days = Days(said.get("since"), said.get("until"))
            chosen.append(BY_NAME[TermName.RELEASE].text(days))
        return " ".join([said.get("q", ""), *chosen])
