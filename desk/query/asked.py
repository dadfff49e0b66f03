"""What the address of a queue asks for."""

from dataclasses import dataclass

from django.http import QueryDict

from desk.query.controls import Box, Choices, Controls
from desk.query.query import Query
from desk.query.term_table import BY_NAME


@dataclass(frozen=True)
class Asked:
    """The query of an address, and both forms as they stand for it.

    Where `is_valid` is false the query is what could be read, and the form at fault holds what was typed.
    """

    query: Query
    box: Box
    controls: Controls
    is_valid: bool
    by_controls: bool = False

    @property
    def opens_controls(self) -> bool:
        return self.by_controls or bool(self.query.said.keys() - {"is", "ball"})

    def turning(self, data: QueryDict) -> QueryDict:
        """Return the canonical address, with the cursor of a page as it was asked for."""
        kept = QueryDict(mutable=True)
        kept["q"] = self.query.text
        for name in ("after", "before"):
            if name in data:
                kept[name] = data.get(name, "")
        return kept


def asked(data: QueryDict, intakes: Choices = ()) -> Asked:
    """Read an address: `q` is the whole query; without it the controls are, if there are any."""
    if "q" not in data and not data.keys().isdisjoint({"words", *BY_NAME}):
        return _by_controls(data, intakes)
    box = Box(data) if "q" in data else Box({"q": ""})
    query = box.cleaned_data["q"] if box.is_valid() else Query()
    shown = Box(initial={"q": query.text}) if box.is_valid() else box
    return Asked(query, shown, Controls.of(query, intakes), box.is_valid())


def _by_controls(data: QueryDict, intakes: Choices) -> Asked:
    controls = Controls(data, intakes=intakes)
    is_valid = controls.is_valid()
    query = controls.query
    box = Box(initial={"q": query.text})
    shown = Controls.of(query, intakes) if is_valid else controls
    return Asked(query, box, shown, is_valid, by_controls=True)
