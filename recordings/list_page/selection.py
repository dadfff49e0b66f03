"""Which recordings of the list a bulk action is about, and what it says afterwards."""

from collections.abc import Sequence

from django.http import QueryDict

from kit import codes
from kit.query.text import QueryError
from recordings.access import SeenShelf
from recordings.facts.corrections import Correction
from recordings.facts.service import Corrected
from recordings.list_page.query import Query
from recordings.models import Recording

MOST = 500
"""Most recordings at once."""


class SelectionError(ValueError):
    """What was posted names nothing that can be done; says why in a sentence."""


def read_selection(data: QueryDict, shelves: Sequence[SeenShelf]) -> tuple[Correction, list[Recording]]:
    """Read `correction`, and either `pick` with references or `all` with a query `q`; raises SelectionError.

    Only what stands on these shelves is found.
    """
    typed = str(data.get("correction", ""))
    if typed not in Correction.values:
        raise SelectionError("Choose what to do with the selected recordings.")
    rows = _all(data.get("q", ""), shelves) if "all" in data else _picked(data.getlist("pick"), shelves)
    if not rows:
        raise SelectionError("Nothing is selected. Select recordings, or all that match.")
    if len(rows) > MOST:
        raise SelectionError(f"These are more than {MOST}. Narrow the list and try again.")
    return Correction(typed), rows


def words_of(correction: Correction, result: Corrected) -> str:
    """Say how many tempos were changed, and why others were not."""
    tempos = "tempo" if result.done == 1 else "tempos"
    done = f"{result.done} {tempos} changed ({correction.label})." if result.done else "No tempo changed."
    reasons = sorted(set(result.left.values()))
    return " ".join([done, f"{len(result.left)} left as before: {' '.join(reasons)}"]) if reasons else done


def list_query(data: QueryDict) -> str:
    """Return the query string of the list that was posted from."""
    kept = QueryDict(mutable=True)
    kept.update({name: str(data[name]) for name in ("q", "after", "before") if data.get(name)})
    return kept.urlencode()


def _picked(typed: Sequence[str], shelves: Sequence[SeenShelf]) -> list[Recording]:
    references = {_reference(each) for each in typed[: MOST + 1]}
    rows = Recording.objects.listed().filter(reference__in=references)
    return list(rows.filter(shelf__in=[each.shelf for each in shelves]))


def _reference(typed: str) -> str:
    try:
        return codes.normalise("RE", typed)
    except ValueError:
        raise SelectionError("The selection is damaged. Select the recordings again.") from None


def _all(text: str, shelves: Sequence[SeenShelf]) -> list[Recording]:
    try:
        query = Query.parse(text)
    except QueryError as wrong:
        raise SelectionError(str(wrong)) from None
    first, *others = (part[: MOST + 1] for part in query.narrow(Recording.objects.listed(), shelves))
    return list(first.union(*others, all=True)[: MOST + 1]) if others else list(first)
