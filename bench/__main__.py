"""Measure the door, the verifier and the main pages on a scratch database: `make bench`."""

import os
import time
import uuid
from collections.abc import Callable

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "trackflow.settings")
django.setup()

from django.test import Client  # noqa: E402  # after setup

from labels.choices import Role  # noqa: E402
from labels.tests.builders import make_label, make_member  # noqa: E402
from submissions.permissions import Actor  # noqa: E402
from submissions.tests.builders import make_submission  # noqa: E402
from submissions.verification import faults  # noqa: E402
from submissions.workflow import perform  # noqa: E402
from trackflow.testing.databases import TestDatabases  # noqa: E402

SUBMISSIONS = 300


def timed(name: str, count: int, run: Callable[[], object]) -> None:
    start = time.perf_counter()
    run()
    seconds = time.perf_counter() - start
    pace = f"{count / seconds:.0f} a second, {1000 * seconds / count:.1f} ms each"
    print(f"{name}: {count} in {seconds:.2f} s, {pace}")


def main() -> None:
    label = make_label()
    manager = make_member(label, Role.MANAGER)
    made = [make_submission("submitted", label=label, manager=manager) for _ in range(SUBMISSIONS)]
    actor = Actor.member(manager)
    timed(
        "start_review through the door",
        SUBMISSIONS,
        lambda: [perform(each, "start_review", actor=actor, turn=None, key=uuid.uuid4()) for each in made],
    )
    timed("verify_history, submissions", SUBMISSIONS, lambda: list(faults()))
    client = Client(headers={"host": "127.0.0.1"})
    client.force_login(manager)
    paths = [f"/desk/{label.slug}/", f"/desk/{label.slug}/{made[0].reference}/", "/labels/"]
    for path in paths:
        assert client.get(path).status_code == 200, path
        timed(f"GET {path}", 50, lambda path=path: [client.get(path) for _ in range(50)])


if __name__ == "__main__":
    databases = TestDatabases.connect()
    with databases.clone():
        main()
