"""The settings that are measured: those of production with one page more, no limits, and no foreign host asked."""

from kit.rates import changed
from trackflow.settings import *  # noqa: F403  # all of them are settings
from trackflow.settings import HISTORY_CHECKS, LIMITS, LISTENERS

ROOT_URLCONF = "bench.urls"
LISTENERS["event"].remove("submissions.check_links")
# submissions are loaded without the releases that they follow
HISTORY_CHECKS = [path for path in HISTORY_CHECKS if not path.startswith("releases.")]
LIMITS = changed(LIMITS, "off")  # all come from one address
