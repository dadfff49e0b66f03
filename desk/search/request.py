"""Reading the query of a request to the queue."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import QueryDict
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from catalog.music import known_genres
from desk.search.controls import LEFT_OUT, Controls, LabelChoices, SearchBox
from desk.search.query import Query
from desk.search.term_table import BY_NAME


@dataclass(frozen=True)
class SearchRequest:
    """The query of a request, with both of its forms.

    Where `is_valid` is false, the query holds the valid part, and the invalid form what was typed. `redraws`: the
    controls on the page show errors, which have to go.
    """

    query: Query
    box: SearchBox
    invalid_controls: Controls | None = None
    by_controls: bool = False
    redraws: bool = False

    @property
    def is_valid(self) -> bool:
        return self.invalid_controls is None and not self.box.errors

    def controls(self, label_choices: LabelChoices) -> SafeString:
        """Return the rendered controls; that is slow, so valid ones are cached."""
        if self.invalid_controls is None:
            return rendered_controls(self.query, label_choices, known_genres.cache_period())
        self.invalid_controls.add_choices(label_choices)
        return _render(self.invalid_controls)

    def page_query(self, data: QueryDict) -> QueryDict:
        """Return the canonical query string, with the page's cursor as in `data`."""
        query = QueryDict(mutable=True)
        query["q"] = self.query.text
        for name in ("after", "before"):
            if name in data:
                query[name] = data.get(name, "")
        return query


def read_search(data: QueryDict) -> SearchRequest:
    """Read a query string: `q` holds the whole query; without it, the fields of the controls do."""
    names = {name.removeprefix(LEFT_OUT) for name in data}
    if "q" not in data and not names.isdisjoint({"words", *BY_NAME}):
        return _read_controls(data)
    box = SearchBox(data) if "q" in data else SearchBox({"q": ""})
    if not box.is_valid():
        return SearchRequest(Query(), box)
    query: Query = box.cleaned_data["q"]
    return SearchRequest(query, _filled_box(query))


def _read_controls(data: QueryDict) -> SearchRequest:
    controls = Controls(data)
    invalid = None if controls.is_valid() else controls
    redraws = controls.REDRAW in data
    return SearchRequest(
        controls.query, _filled_box(controls.query), invalid, by_controls=True, redraws=redraws
    )


def _filled_box(query: Query) -> SearchBox:
    return SearchBox(initial={"q": query.text})


@lru_cache(maxsize=200)
def rendered_controls(query: Query, label_choices: LabelChoices, _period: int) -> SafeString:
    """Return the rendered controls of a query, cached in the process."""
    controls = Controls.of(query)
    controls.add_choices(label_choices)
    return _render(controls)


def _render(controls: Controls) -> SafeString:
    return render_to_string("desk/search/_controls.html", {"form": controls})
