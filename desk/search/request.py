"""What the address of a queue asks for."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from desk.search import vocabulary
from desk.search.controls import Box, Controls, Offers
from desk.search.query import Query
from desk.search.term_table import BY_NAME


@dataclass(frozen=True)
class Asked:
    """The query of an address, and both forms as they stand for it.

    Where `is_valid` is false the query is what could be read, and the form at fault holds what was typed.
    """

    query: Query
    box: Box
    wrong_controls: Controls | None = None
    by_controls: bool = False

    @property
    def is_valid(self) -> bool:
        return self.wrong_controls is None and not self.box.errors

    def controls(self, offers: Offers) -> SafeString:
        """Return the fields of the controls, drawn; that takes long, so they are kept while nothing is wrong."""
        if self.wrong_controls is None:
            return controls_for(self.query, offers, vocabulary.edition())
        self.wrong_controls.offer(offers)
        return _drawn(self.wrong_controls)

    def turning(self, data: QueryDict) -> QueryDict:
        """Return the canonical address, with the cursor of a page as it was asked for."""
        kept = QueryDict(mutable=True)
        kept["q"] = self.query.text
        for name in ("after", "before"):
            if name in data:
                kept[name] = data.get(name, "")
        return kept


def asked(data: QueryDict) -> Asked:
    """Read an address: `q` is the whole query; without it the controls are, if there are any."""
    if "q" not in data and not data.keys().isdisjoint({"words", *BY_NAME}):
        return _by_controls(data)
    box = Box(data) if "q" in data else Box({"q": ""})
    if not box.is_valid():
        return Asked(Query(), box)
    query: Query = box.cleaned_data["q"]
    return Asked(query, _box_of(query))


def _by_controls(data: QueryDict) -> Asked:
    controls = Controls(data)
    wrong = None if controls.is_valid() else controls
    return Asked(controls.query, _box_of(controls.query), wrong, by_controls=True)


def _box_of(query: Query) -> Box:
    return Box(initial={"q": query.text})


@lru_cache(maxsize=200)
def controls_for(query: Query, offers: Offers, _edition: int) -> SafeString:
    """Return the controls of a query, drawn; kept in the process."""
    controls = Controls.of(query)
    controls.offer(offers)
    return _drawn(controls)


def _drawn(controls: Controls) -> SafeString:
    return render_to_string("desk/search/_controls.html", {"form": controls})
