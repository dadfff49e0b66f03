"""The settings of a process whose clock is moved, and which asks no foreign hosts."""

import os

from trackflow.testing import moved_clock

moved_clock.follow(os.environ[moved_clock.VARIABLE])

from trackflow.settings import *  # noqa: E402, F403  # all of them are settings
from trackflow.settings import LISTENERS  # noqa: E402  # after the clock is moved

LISTENERS["event"] = [name for name in LISTENERS["event"] if name != "submissions.check_links"]
LINK_CHECKS = False
