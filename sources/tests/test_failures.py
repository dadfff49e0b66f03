"""Every source in every kind of trouble: each ends in its own error, in time, and tells no secret."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import format_datetime
from time import monotonic
from typing import Any

import pytest

from kit.clock import at, now
from sources import acoustid, musicbrainz, spotify, tracklists1001
from sources.errors import KeyRefused, Nonsense, NotFound, NotReachable, SourceError, TooBusy
from sources.models import Answer, Throttle
from sources.testing.acoustid import FINGERPRINT, LocalAcoustid
from sources.testing.faults import (
    NONSENSE,
    bomb,
    cut_off,
    drips,
    elsewhere,
    empty,
    hangs_up,
    huge,
    mute,
    says,
    status,
)
from sources.testing.musicbrainz import LocalMusicBrainz, recording_id
from sources.testing.server import Fault, LocalSource
from sources.testing.spotify import LocalSpotify, track_id
from sources.testing.switches import HASTY, asked_locally
from sources.testing.tracklists import LD_PAGE, LocalTracklists


@dataclass
class Asking:
    """A local source, and a question to it."""

    source: LocalSource
    ask: Callable[[], Any]

    @property
    def throttle(self) -> Throttle:
        (row,) = Throttle.objects.all()
        return row


def _acoustid(source: Any) -> Any:
    return acoustid.look_up(FINGERPRINT, 360, patience=HASTY)


def _musicbrainz(source: Any) -> Any:
    return musicbrainz.recording(recording_id(1), patience=HASTY)


def _spotify(source: Any) -> Any:
    return spotify.track(track_id(1), patience=HASTY)


def _tracklists(source: LocalSource) -> Any:
    return tracklists1001.fetch(source.url(LD_PAGE), patience=HASTY)


KINDS: list[tuple[type[LocalSource], Callable[[Any], Any]]] = [
    (LocalAcoustid, _acoustid),
    (LocalMusicBrainz, _musicbrainz),
    (LocalSpotify, _spotify),
    (LocalTracklists, _tracklists),
]


@pytest.fixture(params=KINDS, ids=lambda pair: pair[0].__name__)
def asking(request: pytest.FixtureRequest, db: None, no_gaps: None) -> Iterator[Asking]:
    kind, ask = request.param
    with asked_locally(kind()) as source:
        yield Asking(source, lambda: ask(source))


TROUBLE: dict[str, tuple[Fault, type[SourceError]]] = {
    "401": (status(401), KeyRefused),
    "403": (status(403), KeyRefused),
    "404": (status(404), NotFound),
    "429": (status(429), TooBusy),
    "503": (status(503), TooBusy),
    "500": (status(500), NotReachable),
    "502": (status(502), NotReachable),
    "418": (status(418), Nonsense),
    "204": (status(204), Nonsense),
    "hangs up": (hangs_up, NotReachable),
    "mute": (mute, NotReachable),
    "drips": (drips, NotReachable),
    "cut off": (cut_off, NotReachable),
    "huge": (huge, NotReachable),
    "bomb": (bomb, NotReachable),
    "elsewhere": (elsewhere, NotReachable),
    "empty": (empty, Nonsense),
}


@pytest.mark.parametrize("trouble", TROUBLE)
def test_trouble_is_told_in_words_and_in_time(asking: Asking, trouble: str) -> None:
    fault, error = TROUBLE[trouble]
    if isinstance(asking.source, LocalSpotify):
        spotify.track(track_id(2))  # it has a token
    asking.source.fail(*[fault] * 3)  # what follows fails as well
    began = monotonic()
    with pytest.raises(SourceError) as caught:
        asking.ask()
    assert monotonic() - began < 4
    assert type(caught.value) is error
    assert str(caught.value).endswith(".")
    assert "127.0.0.1" not in str(caught.value)
    assert "qzx" not in f"{caught.value!r}{list(Throttle.objects.values())}"


@pytest.mark.parametrize("body", NONSENSE, ids=lambda body: repr(body[:12]))
def test_other_json_is_nonsense_and_kept_nowhere(asking: Asking, body: bytes) -> None:
    if isinstance(asking.source, LocalTracklists):
        asking.source.fail(says(b""))
    asking.source.fail(*[says(body)] * 2)
    with pytest.raises(Nonsense):
        asking.ask()
    assert not Answer.objects.exclude(body__has_key="rules").exists()
    assert asking.throttle.failures >= 1


def test_source_that_recovers_is_believed(asking: Asking) -> None:
    asking.source.fail(hangs_up)
    with pytest.raises(NotReachable, match="cannot be reached"):
        asking.ask()
    assert asking.throttle.failures == 1
    assert asking.throttle.failure.startswith("No answer")
    assert asking.ask()
    assert (asking.throttle.failures, asking.throttle.all_failures) == (0, 1)


def test_answer_is_kept_until_it_expires(asking: Asking) -> None:
    first = asking.ask()
    count = len(asking.source.asked)
    assert asking.ask() == first
    assert len(asking.source.asked) == count
    with at(now() + timedelta(days=31)):
        assert asking.ask() == first
    assert len(asking.source.asked) > count


def test_answer_that_is_read_no_longer_is_asked_for_again(asking: Asking) -> None:
    first = asking.ask()
    Answer.objects.update(body={"of": "another version"})
    assert asking.ask() == first


@pytest.mark.parametrize("number", [429, 503])
def test_retry_after_in_seconds_moves_the_next_turn(asking: Asking, number: int) -> None:
    asking.source.fail(status(number, Retry_After="90"))
    with pytest.raises(TooBusy, match="Try again in 2 minutes") as caught:
        asking.ask()
    assert timedelta(seconds=85) < caught.value.until - now() <= timedelta(seconds=90)
    asked = len(asking.source.asked)
    with pytest.raises(TooBusy):
        asking.ask()
    assert len(asking.source.asked) == asked
    with at(now() + timedelta(seconds=91)):
        assert asking.ask()


def test_retry_after_as_a_date_moves_the_next_turn(asking: Asking) -> None:
    asking.source.fail(status(429, Retry_After=format_datetime(now() + timedelta(hours=2), usegmt=True)))
    with pytest.raises(TooBusy, match="Try again in 2 hours"):
        asking.ask()


@pytest.mark.parametrize(
    "said",
    ["", "soon", "-5", "9" * 40, "Mon, 99 Foo 2026 99:99:99 GMT", "Thu, 01 Jan 1970 00:00:00 GMT", "1e3"],
)
def test_retry_after_of_any_kind_waits_a_day_at_most(asking: Asking, said: str) -> None:
    asking.source.fail(status(429, Retry_After=said))
    with pytest.raises(TooBusy) as caught:
        asking.ask()
    assert timedelta(0) < caught.value.until - now() <= timedelta(days=1)
