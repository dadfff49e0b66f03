"""The queue's queries that find the submissions behind a number."""

from dataclasses import dataclass

from insights.figures import Count
from insights.sums import Sum
from submissions.choices import State


@dataclass(frozen=True)
class Asking:
    """What narrows a number's query; without `is_askable` there is no query that finds just those."""

    terms: str = ""
    is_askable: bool = True

    def narrowed(self, term: str) -> "Asking":
        """Ask for what fits this term too; "" is no term that could be asked."""
        return Asking(f"{term} {self.terms}".strip(), self.is_askable and bool(term))

    def text(self, term: str = "") -> str:
        """Return the query, in whatever state they are; "" where there is none."""
        return " ".join(filter(None, ("ball:any", term, self.terms))) if self.is_askable else ""

    def in_states(self, *states: State) -> str:
        """Return the query for those in some states."""
        words = ",".join(state.value.replace("_", "-") for state in states)
        return f"is:{words} {self.terms}" if self.is_askable else ""

    def received(self, total: Sum) -> Count:
        return Count(total.received, self.text())

    def opened(self, total: Sum) -> Count:
        return Count(total.opened, self.text("opened:yes"))

    def answered(self, total: Sum) -> Count:
        return Count(total.answered, self.text("answered:yes"))

    def expired(self, total: Sum) -> Count:
        return Count(total.lapsed, self.text("silent:yes"))

    def in_time(self, total: Sum) -> Count:
        return Count(total.in_time, self.text("promise:kept"))

    def settled(self, total: Sum) -> Count:
        """Kept or broken; the queue has no term for either."""
        return Count(total.settled, "")
