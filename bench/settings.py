"""The settings that are measured: those of production, with one page more, and without asking foreign hosts."""

from trackflow.settings import *  # noqa: F403  # all of them are settings
from trackflow.settings import HISTORY_CHECKS, LISTENERS

ROOT_URLCONF = "bench.urls"
LISTENERS["event"].remove("submissions.check_links")
# submissions are loaded without the releases that they follow
HISTORY_CHECKS = [path for path in HISTORY_CHECKS if not path.startswith("releases.")]
