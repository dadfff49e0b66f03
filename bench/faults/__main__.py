"""Break a site under load: `make faults` (ARGS="--faults 60" for a short run, `--only "disk full"` for one kind).

Web server, workers, mail server and database are real processes; the database lives on a small disk of its own.
"""

import argparse
import logging
import os
import random
import sys

from bench.faults.ground import Ground, own_ground


def main(ground: Ground, chosen: argparse.Namespace) -> int:
    import django  # lazy: the database's address is in the environment by now

    django.setup()
    from django.core.management import call_command  # lazy: needs Django set up

    from bench.faults import report  # lazy: as above
    from bench.faults.kinds import possible  # lazy: as above
    from bench.faults.run import Run  # lazy: as above
    from bench.faults.site import whole_site  # lazy: as above

    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # that connections are cut is the point
    call_command("deploy", verbosity=0)
    with whole_site(ground) as site:
        site.longest = chosen.longest
        kinds = [kind for kind in possible(site) if not chosen.only or kind.name in chosen.only.split(",")]
        run = Run(site, chosen.seed)
        run.go(chosen.faults, kinds)
    print(report.table(run))
    if chosen.write:
        report.write(run)
    return 1 if run.wrong else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", type=int, default=500)
    parser.add_argument("--seed", type=int, default=random.randrange(10_000))
    parser.add_argument("--only", default="", help="names of kinds, separated by commas")
    parser.add_argument("--longest", type=float, default=2, help="seconds the database stays down at most")
    parser.add_argument("--write", action="store_true", help="write docs/reliability.md")
    chosen = parser.parse_args()
    print(f"{chosen.faults} faults, --seed {chosen.seed}", flush=True)
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "trackflow.settings",
        "DEBUG": "off",
        "HTTPS": "off",
        "LIMITS": "off",
    }
    os.environ["LOG_LEVEL"] = "CRITICAL"
    with own_ground() as ground:
        os.environ |= {"DATABASE_URL": ground.addresses.runtime, "DATABASE_OWNER_URL": ground.addresses.owner}
        code = main(ground, chosen)
    sys.exit(code)
