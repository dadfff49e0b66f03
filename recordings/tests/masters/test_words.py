"""A master in words."""

import pytest

from recordings.masters.page import length_words


@pytest.mark.parametrize(
    ("length_ms", "demo", "words"),
    [
        (384_400, 384, "6:24, as long as the demo"),
        (385_400, 384, "6:25, as long as the demo"),
        (386_000, 384, "6:26, 2 seconds longer than the demo"),
        (372_000, 384, "6:12, 12 seconds shorter than the demo"),
        (449_000, 384, "7:29, 1:05 minutes longer than the demo"),
        (384_000, None, "6:24"),
        (384_000, 0, "6:24"),
    ],
)
def test_length_is_held_against_the_demos(length_ms: int, demo: int | None, words: str) -> None:
    assert length_words(length_ms, demo) == words
