"""Spotify's access tokens, by client credentials: each process asks for its own and keeps it in memory.

https://developer.spotify.com/documentation/web-api/tutorials/client-credentials-flow
"""

from base64 import b64encode
from threading import Lock
from time import monotonic

from sources import turns
from sources.choices import Source
from sources.client import Signature, setting
from sources.errors import KeyRefused, Nonsense, NotFound
from sources.exchange import Patience, exchange, hosts_of
from sources.json_text import Unreadable, mapping, needed, number, parse, text

SOURCE = Source.SPOTIFY
HOUR, EARLY = 3600, 60
"""Seconds: how long a token lasts if nothing is said, and how long before its end it is replaced."""

_lock = Lock()
_kept: dict[tuple[str, str], tuple[str, float]] = {}


def sign(patience: Patience) -> Signature:
    """Return the header with a token; Spotify is asked for one if none is kept. Raises a SourceError."""
    who = (setting(SOURCE, "token_url"), setting(SOURCE, "key"))
    with _lock:
        token, end = _kept.get(who, ("", 0.0))
        if end <= monotonic():
            token, seconds = _new_token(patience)
            _kept[who] = token, monotonic() + max(seconds - EARLY, 0)
    return Signature({"Authorization": f"Bearer {token}"})


def forget() -> bool:
    """Drop the tokens, one of which was refused; return whether there were any."""
    with _lock:
        had_some = bool(_kept)
        _kept.clear()
    return had_some


def _new_token(patience: Patience) -> tuple[str, int]:
    """Return a token and the seconds that it lasts."""
    url = setting(SOURCE, "token_url")
    pair = b64encode(f"{setting(SOURCE, 'key')}:{setting(SOURCE, 'secret')}".encode()).decode()
    try:
        body = exchange(
            SOURCE,
            url,
            hosts_of(SOURCE, url),
            patience=patience,
            form={"grant_type": "client_credentials"},
            headers={"Authorization": f"Basic {pair}"},
        )
        answer = mapping(parse(body))
        token = needed(text(answer, "access_token", 2000))
    except NotFound:  # 400: no such client
        raise KeyRefused(SOURCE) from None
    except Unreadable as error:
        turns.note_failure(SOURCE, f"Unreadable: {error}")
        raise Nonsense(SOURCE) from None
    turns.note_answer(SOURCE)
    return token, number(answer, "expires_in", 10**6) or HOUR
