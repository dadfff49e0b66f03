from typing import Any

import pytest

from catalog.tracks.completeness import COMMON, completeness
from catalog.tracks.copy import STARRED

FULL: dict[str, Any] = {
    **dict.fromkeys(STARRED, "said"),
    **dict.fromkeys(COMMON, "said"),
    "exclusive_until": None,
}


@pytest.mark.parametrize(
    ("lacking", "share", "word"),
    [
        ([], 100, "Complete"),
        (["pitch"], 96, "Ready to send"),
        (["audio_url"], 92, "1 to go"),
        (["audio_url", "ai", "pitch"], 80, "2 to go"),
        ([*STARRED, *COMMON], 0, "9 to go"),
    ],
)
def test_starred_fields_count_twice(lacking: list[str], share: int, word: str) -> None:
    found = completeness({**FULL, **dict.fromkeys(lacking, "")})
    assert (found.share, found.word) == (share, word)
    assert {*found.needed, *found.wanted} == set(lacking)


def test_exclusivity_without_its_date_is_not_sendable() -> None:
    found = completeness({**FULL, "exclusivity": "exclusive_until"})
    assert not found.is_sendable
    assert "exclusive_until" in found.needed


@pytest.mark.parametrize(
    ("lacking", "line"),
    [
        ([], ""),
        (["pitch"], "Labels will miss pitch"),
        (["key", "pitch"], "Labels will miss musical key and pitch"),
        (["genre", "pitch"], "Needs genre"),
        (["genre", "ai", "audio_url"], "Needs genre, answer about generative AI and 1 more"),
    ],
)
def test_meter_says_what_labels_will_miss_first(lacking: list[str], line: str) -> None:
    assert completeness({**FULL, **dict.fromkeys(lacking, "")}).lacks == line
