"""The settings that are measured: those of production, with one page more, and without asking foreign hosts."""

from trackflow.settings import *  # noqa: F403  # all of them are settings
from trackflow.settings import LISTENERS

ROOT_URLCONF = "bench.urls"
LISTENERS["event"].remove("submissions.check_links")
