"""Send random requests to every address, then fill in every form: nothing may answer 500 or lose what was typed.

`make fuzz ARGS="--count 5000 --typed 2000 --seed 7"`: the seed is printed; it sends the same again, but for new codes.
"""

import argparse
import logging
import secrets
import sys
from typing import Any

from bench import scratch


def main() -> None:
    from django.conf import settings  # lazy: needs Django set up
    from django.contrib.auth.hashers import Argon2PasswordHasher  # lazy: as above

    from kit.rates import changed  # lazy: the same
    from trackflow.testing.fuzz.run import Fuzz  # lazy: as above

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=50_000)
    parser.add_argument("--typed", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=secrets.randbelow(1_000_000))
    asked = parser.parse_args()
    settings.DEBUG, settings.LINK_CHECKS = False, False
    settings.ALLOWED_HOSTS, settings.ADMINS_NEED_TWO_FACTORS = ["127.0.0.1"], False
    settings.LIMITS = changed(settings.LIMITS, "off")
    Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 8
    Argon2PasswordHasher.parallelism = 1
    logging.disable(logging.CRITICAL)
    print(f"{asked.count} requests, seed {asked.seed}", flush=True)
    fuzz = Fuzz(asked.seed)
    report = fuzz.run(asked.count)
    print(*report.failures, sep="\n\n")
    print("answers:", *(f"{count} x {status}" for status, count in sorted(report.statuses.items())))
    print(f"slowest: {report.slowest[0]:.1f} s, {report.slowest[1]}")
    print(f"{len(report.failures)} answered by an error, seed {asked.seed}", flush=True)
    fill_in_forms(fuzz.visitors, asked.typed, asked.seed)
    sys.exit(bool(report.failures))


def fill_in_forms(visitors: Any, count: int, seed: int) -> None:
    """Print what came of forms filled in by Hypothesis; ends with its findings, if there are any."""
    from trackflow.testing.fuzz.typing_run import TypingRun  # lazy: needs Django set up

    tally = TypingRun(visitors).run(count, seed)
    print(f"{count} cases: {len(tally.forms)} forms, {len(tally.parameters)} parameters of links;")
    print("answers:", *(f"{number} x {status}" for status, number in sorted(tally.statuses.items())))
    print(f"{tally.refused} answers with an error showed what was typed in each field again")


if __name__ == "__main__":
    with scratch.database():
        main()
