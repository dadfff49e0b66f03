"""Why a source gave nothing; the text of each is a sentence for people."""

from datetime import datetime, timedelta
from math import ceil
from typing import ClassVar

from kit.clock import now
from kit.errors import NotPossible
from sources.choices import Source


class SourceError(NotPossible):
    """A source gave nothing. `code` is the word for log lines, `brief` the words for the office."""

    code: ClassVar[str] = ""
    words: ClassVar[str] = ""
    brief: ClassVar[str] = ""

    def __init__(self, source: Source) -> None:
        super().__init__(self.words.format(source.label))
        self.source = source


class IsOff(SourceError):
    """It is not switched on; nobody was asked."""

    code, words = "off", "{} is switched off here."


class NotFound(SourceError):
    code, words = "not_found", "{} knows nothing that matches."


class KeyRefused(SourceError):
    code, words = "key_refused", "{} refused our key. Whoever runs this site has to renew it."
    brief = "Key refused"


class NotReachable(SourceError):
    code, words = "not_reachable", "{} cannot be reached. Try again later."
    brief = "Not reachable"


class Nonsense(SourceError):
    code, words = "nonsense", "{} gave an answer that we cannot read. Try again later."
    brief = "Unreadable answer"


class KeptOff(SourceError):
    """Its robots.txt names the page."""

    code = "kept_off"
    words = "{} asks programs to keep off this page. Copy the tracklist there and paste it here."


class TooBusy(SourceError):
    """It takes no question before `until`."""

    code, brief = "too_busy", "Too busy"

    def __init__(self, source: Source, until: datetime) -> None:
        super().__init__(source)
        self.until = until
        self.args = (f"{source.label} takes no more questions for now. Try again in {_wait(until - now())}.",)


def _wait(span: timedelta) -> str:
    seconds = max(1, ceil(span.total_seconds()))
    number, unit = (seconds, "second") if seconds < 60 else (ceil(seconds / 60), "minute")
    if number > 90:
        number, unit = ceil(seconds / 3600), "hour"
    return f"{number} {unit}{'' if number == 1 else 's'}"
