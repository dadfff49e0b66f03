"""Queue queries that find the submissions behind a number."""

from dataclasses import dataclass

from insights.figures import Count
from insights.sums import Sum
from submissions.choices import State
from submissions.query_words import ANY, KEPT, YES, TermName, query_text, write_states

T = TermName


@dataclass(frozen=True)
class Drilldown:
    """The terms that narrow a number's query; if not `is_askable`, no query finds just these submissions."""

    terms: tuple[tuple[TermName, str], ...] = ()
    is_askable: bool = True

    def narrowed(self, name: TermName, value: str) -> "Drilldown":
        """Add a term; the value "" cannot be queried."""
        return Drilldown((*self.terms, (name, value)), self.is_askable and bool(value))

    def text(self, *term: tuple[TermName, str]) -> str:
        """Return the query for any state, "" if there is none."""
        return self._text((T.BALL, ANY), *term)

    def in_states(self, *states: State) -> str:
        """Return the query for some states."""
        return self._text((T.IS, write_states(states)))

    def received(self, total: Sum) -> Count:
        return Count(total.received, self.text())

    def opened(self, total: Sum) -> Count:
        return Count(total.opened, self.text((T.OPENED, YES)))

    def answered(self, total: Sum) -> Count:
        return Count(total.answered, self.text((T.ANSWERED, YES)))

    def expired(self, total: Sum) -> Count:
        return Count(total.lapsed, self.text((T.SILENT, YES)))

    def in_time(self, total: Sum) -> Count:
        return Count(total.in_time, self.text((T.PROMISE, KEPT)))

    def settled(self, total: Sum) -> Count:
        """Promises kept or broken; the queue has no term for both."""
        return Count(total.settled, "")

    def _text(self, *terms: tuple[TermName, str]) -> str:
        return query_text(dict([*self.terms, *terms])) if self.is_askable else ""
