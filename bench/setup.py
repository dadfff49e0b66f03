"""Sets Django up with the benchmarks' database, which is kept between runs and used as the runtime role."""

import os

import django

NAME = "trackflow_bench"


def set_up(*, fresh: bool = False, debug: bool = False) -> None:
    """Set Django up, as in production unless `debug`, and point it at the kept database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
    os.environ["DEBUG"] = "on" if debug else "off"
    os.environ["HTTPS"] = "off"
    django.setup()
    from trackflow.testing.databases import TestDatabases  # lazy: needs settings

    databases = TestDatabases.connect()
    databases.keep(NAME, fresh=fresh)
    databases.mark("bench")


def vacuum() -> None:
    """Run VACUUM ANALYZE as the owner, as autovacuum would in time."""
    from trackflow.testing.databases import TestDatabases, use  # lazy: needs settings

    databases = TestDatabases.connect()
    use(NAME)
    with databases.raw(databases.owner) as owner:
        owner.execute("VACUUM (ANALYZE)")
