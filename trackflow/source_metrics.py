"""What metrics say of the sources that are switched on: answers and failures of all processes, and who rests."""

from collections.abc import Callable, Iterator

from sources.choices import Source
from sources.client import is_on
from sources.models import Throttle

SERIES: dict[str, tuple[str, str, Callable[[Throttle], int]]] = {
    "answers_total": ("counter", "Answers of a source, kept ones not counted.", lambda row: row.answers),
    "failures_total": ("counter", "Failures of a source.", lambda row: row.all_failures),
    "resting": ("gauge", "Whether a source is left alone after failures.", lambda row: row.is_resting),
}


def source_lines() -> Iterator[str]:
    """Yield the lines of the sources that are on; one query, none if all are off."""
    names = [source.value for source in Source if is_on(source)]
    if not names:
        return
    known = {row.source: row for row in Throttle.objects.filter(source__in=names)}
    for name, (kind, words, read) in SERIES.items():
        yield f"# HELP trackflow_source_{name} {words}"
        yield f"# TYPE trackflow_source_{name} {kind}"
        for source in names:
            yield f'trackflow_source_{name}{{source="{source}"}} {int(read(known.get(source, Throttle())))}'
