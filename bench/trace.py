"""Which of the project's files a request enters: `make trace`, with `ARGS=--files` for their names."""

import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from bench import scratch

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def entered() -> Iterator[set[str]]:
    """Yield a set that fills with the files of ours whose functions are called meanwhile, in this thread."""
    found: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_filename.startswith(f"{ROOT}/"):
            found.add(str(Path(frame.f_code.co_filename).relative_to(ROOT)))

    sys.setprofile(note)
    try:
        yield found
    finally:
        sys.setprofile(None)
        found -= {name for name in found if name.startswith((".venv/", "bench/"))}


def requests() -> Iterator[tuple[str, Callable[[], Any]]]:
    """Yield what is traced: its name, and a call that asks for it afresh."""
    from django.test import Client  # lazy: needs Django set up
    from django.urls import reverse  # lazy: as above

    from labels.choices import Role  # lazy: as above
    from labels.tests.builders import make_label, make_member  # lazy: as above
    from submissions.tests.builders import make_submission  # lazy: as above

    label = make_label()
    manager = make_member(label, Role.MANAGER)
    first, *others = [make_submission("in_review", label=label, manager=manager) for _ in range(3)]
    desk, producer = (Client(headers={"host": "127.0.0.1"}) for _ in range(2))
    desk.force_login(manager)
    producer.force_login(first.producer)

    def accept() -> Any:
        submission = others.pop()
        url = reverse("desk:act", args=[label.slug, submission.reference, "accept"])
        return desk.post(url, {"turn": submission.turn, "key": uuid.uuid4()})

    yield "GET the queue", lambda: desk.get(reverse("desk:queue", args=[label.slug]))
    yield (
        "GET a submission at the desk",
        lambda: desk.get(reverse("desk:submission", args=[label.slug, first.reference])),
    )
    yield (
        "GET a submission beside the list",
        lambda: desk.get(reverse("desk:submission", args=[label.slug, first.reference]) + "?q=is:in_review"),
    )
    yield "POST accept", accept
    yield "GET a producer's list", lambda: producer.get(reverse("submissions:list"))
    yield (
        "GET a producer's submission",
        lambda: producer.get(reverse("submissions:submission", args=[first.reference])),
    )
    yield "GET the directory", lambda: Client(headers={"host": "127.0.0.1"}).get(reverse("labels:directory"))


def main() -> None:
    for name, ask in requests():
        ask()  # imports and caches
        with entered() as files:
            response = ask()
        assert response.status_code in (200, 303), (name, response.status_code)
        print(f"{len(files):3} files  {name}")
        if "--files" in sys.argv:
            print(*(f"       {file}" for file in sorted(files)), sep="\n")


if __name__ == "__main__":
    with scratch.database():
        main()
