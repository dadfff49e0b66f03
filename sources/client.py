"""One question to one source: answered from what is kept, or asked, read and kept.

Ask outside of transactions. `IN_REQUEST` is the patience of a page, `IN_JOB` that of a worker.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, TypeVar
from urllib.parse import urlencode

from django.conf import settings

from kit.canonical import digest, encode
from kit.clock import now
from sources import turns
from sources.choices import Source
from sources.errors import IsOff, Nonsense, NotFound
from sources.exchange import IN_JOB, Patience, exchange, hosts_of
from sources.json_text import Unreadable, parse
from sources.models import Answer
from sources.source_table import MANNERS, MISSING_KEPT

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked: a path below the source's address with its parameters, or with a form to post.

    Keys are no part of it: `Signature` has them.
    """

    path: str
    params: Mapping[str, str] = field(default_factory=dict)
    form: Mapping[str, str] | None = None

    @property
    def digest(self) -> str:
        asked = {"path": self.path, "params": dict(self.params), "form": dict(self.form or {})}
        return digest(encode(asked)).hex()


@dataclass(frozen=True, slots=True)
class Signature:
    """Keys that go with a question: headers, and fields of the form."""

    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)


def is_on(source: Source) -> bool:
    """Whether a source is switched on; callers leave their button out otherwise."""
    return bool(settings.SOURCES[source.value]["is_on"])


def setting(source: Source, name: str = "url") -> str:
    """Return what the settings say of a source."""
    return str(settings.SOURCES[source.value][name])


def ask(
    source: Source,
    question: Question,
    reader: Callable[[Any], T],
    *,
    patience: Patience = IN_JOB,
    parser: Callable[[bytes], Any] = parse,
    sign: Callable[[], Signature] = Signature,
) -> T:
    """Return what `reader` makes of what `parser` finds in the answer. Raises a SourceError.

    Both raise Unreadable for what they cannot read. `sign` is called when the source is really asked.
    """
    if not is_on(source):
        raise IsOff(source)
    if kept := Answer.objects.kept(source, question.digest):
        try:
            return _read(source, kept.body, reader)
        except Unreadable:  # an earlier version of ours kept it
            kept.delete()
    try:
        body = _send(source, question, sign(), patience)
    except NotFound:
        _keep(source, question, None, MISSING_KEPT)
        raise
    try:
        answer = parser(body)
        found = reader(answer)
    except Unreadable as error:
        turns.note_failure(source, f"Unreadable: {error}")
        raise Nonsense(source) from None
    turns.note_answer(source)
    _keep(source, question, answer, MANNERS[source].keeps)
    return found


def _read(source: Source, body: Any, reader: Callable[[Any], T]) -> T:
    """Read what was kept. Raises NotFound where that was the answer."""
    if body is None:
        raise NotFound(source)
    return reader(body)


def _send(source: Source, question: Question, signature: Signature, patience: Patience) -> bytes:
    base = setting(source)
    query = f"?{urlencode(question.params)}" if question.params else ""
    return exchange(
        source,
        f"{base.rstrip('/')}/{question.path}{query}",
        hosts_of(source, base),
        patience=patience,
        form=None if question.form is None else {**question.form, **signature.form},
        headers=signature.headers,
    )


def _keep(source: Source, question: Question, body: Any, keeps: timedelta) -> None:
    if keeps:
        kept = {"body": body, "got_at": now(), "expires_at": now() + keeps}
        Answer.objects.update_or_create(source=source, question=question.digest, defaults=kept)
