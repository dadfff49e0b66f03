"""Django, and the database that measurements share: kept between runs, used as the runtime role."""

import os

import django

NAME = "trackflow_bench"


def join(*, fresh: bool = False, debug: bool = False) -> None:
    """Set Django up, as in earnest unless `debug`, and point it at the kept database."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
    os.environ["DEBUG"] = "on" if debug else "off"
    os.environ["HTTPS"] = "off"
    django.setup()
    from trackflow.testing.databases import TestDatabases  # lazy: needs settings

    TestDatabases.connect().keep(NAME, fresh=fresh)


def vacuum() -> None:
    """Do at once, as the owner, what autovacuum does in time."""
    from trackflow.testing.databases import TestDatabases, use  # lazy: needs settings

    databases = TestDatabases.connect()
    use(NAME)
    with databases.raw(databases.owner) as owner:
        owner.execute("VACUUM (ANALYZE)")
