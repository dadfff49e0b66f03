"""Processes that hold the embedded database of a checkout, for tests that end them in every way."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from trackflow.devdb.instance import CHECKOUT, Address

PROGRAM = """
import json, sys
from pathlib import Path
from trackflow.devdb import instance
instance.CHECKOUT = Path(sys.argv[1])
print(json.dumps(instance.start()), flush=True)
sys.stdin.read()
"""


class Holder:
    """One process that starts or joins the database; it lets go when told, or dies when killed."""

    def __init__(self, checkout: Path, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-c", PROGRAM, str(checkout)],
            cwd=CHECKOUT,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout
        line = self.process.stdout.readline()
        assert line, self.process.communicate()[1]
        self.address = Address(*json.loads(line))

    def leave(self) -> str:
        """End the process in order; returns what it said on stderr."""
        said = self.process.communicate(timeout=60)[1]
        assert self.process.returncode == 0, said
        return said

    def die(self) -> None:
        """End the process as kill -9 does."""
        self.process.kill()
        self.process.communicate(timeout=60)


Hold = Callable[..., Holder]


@contextmanager
def holders(checkout: Path) -> Iterator[Hold]:
    """Yield a way to start holders; whoever still lives at the end leaves."""
    made: list[Holder] = []

    def hold(place: Path = checkout, **environment: str) -> Holder:
        made.append(Holder(place, **environment))
        return made[-1]

    try:
        yield hold
    finally:
        for holder in made:
            if holder.process.poll() is None:
                holder.leave()
            for pipe in (holder.process.stdin, holder.process.stdout, holder.process.stderr):
                if pipe:
                    pipe.close()
