"""Random keys at the desk, fast and slow, end the same; `make keys` plays six hundred of them."""

import pytest

from trackflow.testing.chromium import Browse
from trackflow.testing.keystrokes import keys_of, play

pytestmark = pytest.mark.browser
FIRST = 20261129


@pytest.mark.parametrize("group", range(4))
def test_fast_keys_end_where_slow_ones_do(browse: Browse, server: str, group: int) -> None:
    page = browse()
    for seed in range(FIRST + 5 * group, FIRST + 5 * group + 5):
        slow, fast = play(seed, page, server)
        assert fast == slow, f"seed {seed}: {' '.join(keys_of(seed))}"
        assert fast["shown"]["focus"] == "something"
