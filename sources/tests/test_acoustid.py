"""AcoustID, spoken with over a real connection to a local server; fingerprints as Chromaprint packs them."""

import math
import shutil
import struct
import subprocess
import wave
from base64 import urlsafe_b64decode
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources import acoustid as ask
from sources.errors import IsOff, KeyRefused, Nonsense, NotFound, TooBusy
from sources.models import Answer
from sources.testing.acoustid import FINGERPRINT, LocalAcoustid, result_row
from sources.testing.faults import says, status
from sources.testing.musicbrainz import recording_id


def test_fingerprint_names_recordings_the_surest_first(acoustid: LocalAcoustid) -> None:
    first, second = ask.look_up(FINGERPRINT, 360)
    assert (first.mbid, first.score, second.score) == (recording_id(1), 0.97, 0.7)
    assert (first.title, first.mix, first.artist) == ("Night 1", "Extended Mix", "Nova feat. Ola")
    assert (first.album, first.length_ms) == ("All Nights", 360_000)
    form = acoustid.asked[0].form
    assert (form["duration"], form["client"]) == ("360", acoustid.key)
    assert ask.look_up(FINGERPRINT, 360) == [first, second]
    assert len(acoustid.asked) == 1


def test_unknown_fingerprint_names_none(acoustid: LocalAcoustid) -> None:
    assert ask.look_up([1, 2, 3], 10) == []
    with pytest.raises(NotFound):
        ask.look_up([], 10)


def test_recording_is_named_once(acoustid: LocalAcoustid) -> None:
    acoustid.fail(
        says({"status": "ok", "results": [result_row(1, 0.5), result_row(1, 0.9), result_row(1, 7)]})
    )
    (song,) = ask.look_up(FINGERPRINT, 360)
    assert song.score == 1.0


@pytest.mark.parametrize(
    ("code", "error"), [(4, KeyRefused), (14, TooBusy), (3, NotFound), (8, NotFound), ("x", NotFound)]
)
def test_codes_of_acoustid_are_told(acoustid: LocalAcoustid, code: object, error: type[Exception]) -> None:
    acoustid.fail(status(400, {"status": "error", "error": {"code": code}}))
    with pytest.raises(error):
        ask.look_up(FINGERPRINT, 360)


def test_wrong_key_is_told_and_kept_nowhere(acoustid: LocalAcoustid) -> None:
    acoustid.key = "another"
    with pytest.raises(KeyRefused):
        ask.look_up(FINGERPRINT, 360)
    assert not Answer.objects.exists()


@pytest.mark.parametrize("answer", [{}, {"status": "ok"}, {"status": "error", "results": []}])
def test_answer_of_another_kind_is_nonsense(acoustid: LocalAcoustid, answer: object) -> None:
    acoustid.fail(says(answer))
    with pytest.raises(Nonsense):
        ask.look_up(FINGERPRINT, 360)


@pytest.mark.django_db
def test_acoustid_is_off_without_a_key() -> None:
    assert not ask.is_on()
    with pytest.raises(IsOff):
        ask.look_up(FINGERPRINT, 360)


@pytest.mark.parametrize(
    ("raw", "packed"),
    [  # Chromaprint's own tests (tests/test_fingerprint_compressor.cpp), whose algorithm is 0
        ([1], [0, 0, 1, 1]),
        ([7], [0, 0, 1, 73, 0]),
        ([1 << 6], [0, 0, 1, 7, 0]),
        ([1 << 8], [0, 0, 1, 7, 2]),
        ([1, 0], [0, 0, 2, 65, 0]),
        ([1, 1], [0, 0, 2, 1, 0]),
    ],
)
def test_fingerprint_is_packed_as_chromaprint_does(raw: list[int], packed: list[int]) -> None:
    assert list(_bytes(ask.compress(raw))) == [1, *packed]


@given(st.lists(st.integers(-(2**31), 2**32 - 1), max_size=60))
def test_any_fingerprint_is_packed(raw: list[int]) -> None:
    assert int.from_bytes(_bytes(ask.compress(raw))[1:4], "big") == len(raw)


@pytest.mark.skipif(not shutil.which("fpcalc"), reason="needs Chromaprint")
def test_fingerprint_is_packed_as_fpcalc_does(tmp_path: Path) -> None:
    path = tmp_path / "sweep.wav"
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 11_025, 0, "NONE", ""))
        sweep = (math.sin(each * (0.05 + each / 3_000_000)) for each in range(11_025 * 20))
        file.writeframes(b"".join(struct.pack("<h", int(30_000 * each)) for each in sweep))
    raw, packed = (_heard(path, "-raw"), _heard(path))
    assert packed.startswith("AQAA")
    assert ask.compress([int(each) for each in raw.split(",")]) == packed


def _heard(path: Path, *options: str) -> str:
    """Return what fpcalc says; some versions fail at the end of a file that they have read well."""
    command = ["fpcalc", *options, "-plain", str(path)]
    return subprocess.run(command, capture_output=True, check=False, text=True).stdout.strip()


def _bytes(packed: str) -> bytes:
    return urlsafe_b64decode(packed + "=" * (-len(packed) % 4))
