"""Take one check after the other out of a copy of the checkout, and see the tests fail: `make mutants`.

`bench/mutations/*.toml` lists what is taken out. `ARGS="NAME ..."` tries those alone, or those of one file.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = ROOT / "bench" / "mutations"
PYTEST = ("-m", "pytest", "-x", "-q", "--tb=line", "-p", "no:cacheprovider")
UNLOADED = {"SyntaxError", "IndentationError", "NameError", "ImportError", "ModuleNotFoundError"}
ONE_TEMPLATE = ("-p", "bench.one_template")
SERVE = """
import sys
from trackflow.devdb import instance
instance.start(instance.FOR_TESTS)
print("up", flush=True)
sys.stdin.read()
"""


@dataclass(frozen=True)
class Mutation:
    """One text in one file, what stands in its place, and the tests that must fail for it."""

    area: str
    name: str
    without: str
    file: str
    find: str
    replace: str
    tests: tuple[str, ...]

    @property
    def is_sql(self) -> bool:
        """Whether it changes what a migrated database looks like."""
        return "/migrations/" in self.file

    def fault(self, root: Path = ROOT) -> str:
        """Return why it cannot be applied, "" where it can."""
        path = root / self.file
        if not path.is_file():
            return f"there is no {self.file}"
        count = path.read_text().count(self.find)
        return "" if count == 1 else f"its text occurs {count} times in {self.file}"


@dataclass(frozen=True)
class Result:
    """What the tests made of one mutation."""

    is_caught: bool
    words: str


def mutations() -> list[Mutation]:
    """Return all that are listed, those of the database last: each of them migrates a database anew."""
    found = [
        Mutation(path.stem, **entry | {"tests": tuple(entry["tests"])})
        for path in sorted(TABLES.glob("*.toml"))
        for entry in tomllib.loads(path.read_text())["mutation"]
    ]
    return sorted(found, key=lambda mutation: mutation.is_sql)


def main(names: Sequence[str]) -> int:
    """Try the mutations of these names, or all; return 1 unless each is caught."""
    chosen = [each for each in mutations() if not names or {each.name, each.area} & {*names}]
    if not chosen:
        print("No mutation has this name.")
        return 1
    with copied() as copy, served(copy):
        tests = dict.fromkeys(test for mutation in chosen for test in mutation.tests)
        print(f"{len(chosen)} mutations, {len(tests)} tests; first the tests alone.", flush=True)
        done = run(copy, [*ONE_TEMPLATE, *tests])
        if done.returncode:
            print(done.stdout, done.stderr, "The tests fail without any mutation.", sep="\n")
            return 1
        missed = [mutation for mutation in chosen if not tried(copy, mutation)]
    print(f"{len(chosen) - len(missed)} of {len(chosen)} caught.")
    return 1 if missed else 0


def tried(copy: Path, mutation: Mutation) -> bool:
    """Apply a mutation, run its tests, put the file back; print a row, and return whether it was caught."""
    start = time.perf_counter()
    result = Result(False, fault) if (fault := mutation.fault(copy)) else _mutated(copy, mutation)
    mark = "caught" if result.is_caught else "MISSED"
    words = result.words if result.is_caught else f"{result.words}. Taken out: {mutation.without}"
    seconds = time.perf_counter() - start
    print(f"{mark} {seconds:6.1f} s  {mutation.area:12} {mutation.name:34} {words}", flush=True)
    return result.is_caught


def _mutated(copy: Path, mutation: Mutation) -> Result:
    path = copy / mutation.file
    before = path.read_text()
    _write(path, before.replace(mutation.find, mutation.replace))
    try:
        done = run(copy, [*(() if mutation.is_sql else ONE_TEMPLATE), *mutation.tests])
    finally:
        _write(path, before)
    return judged(done)


def _write(path: Path, text: str) -> None:
    path.write_text(text)
    for compiled in path.parent.glob(f"__pycache__/{path.stem}.*"):  # Python tells files apart by the second
        compiled.unlink()


def judged(done: subprocess.CompletedProcess[str]) -> Result:
    """Return whether a test failed; code that does not load, or an error before the test began, is no failure."""
    if done.returncode == 0:
        return Result(False, "every test passed")
    failed = re.search(r"^FAILED (?:\S+/)?(.+?)(?: - ([\w.]*).*)?$", done.stdout, re.MULTILINE)
    if failed and failed[2] not in UNLOADED:
        return Result(True, f"{failed[1]} ({failed[2] or 'no reason'})")
    return Result(False, f"no test failed, but:\n{done.stdout[-2000:]}{done.stderr[-1000:]}")


def run(copy: Path, arguments: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run pytest in the copy."""
    command = [sys.executable, *PYTEST, *arguments]
    wide = os.environ | {"COLUMNS": "400"}  # so that each failure's reason is printed
    return subprocess.run(  # noqa: S603  # our own words
        command, cwd=copy, env=wide, capture_output=True, text=True, check=False
    )


@contextmanager
def copied() -> Iterator[Path]:
    """Yield a copy of the checkout as it is now, what git ignores aside; it is removed after."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, text=True, check=True).stdout  # noqa: S603
    with tempfile.TemporaryDirectory(prefix="trackflow-mutants-") as folder:
        copy = Path(folder).resolve()
        copy.chmod(0o755)  # so that the database's own user gets in
        for name in filter(None, names.split("\0")):
            if (ROOT / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(ROOT / name, copy / name)
        if (ROOT / ".env").exists():
            shutil.copy2(ROOT / ".env", copy)
        (copy / ".venv").symlink_to((ROOT / ".venv").resolve())
        yield copy


@contextmanager
def served(copy: Path) -> Iterator[None]:
    """Keep the copy's own embedded database up, so that no run of tests waits for it."""
    command = [sys.executable, "-c", SERVE]
    with subprocess.Popen(  # noqa: S603  # our own words
        command, cwd=copy, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        server.stdout.readline()
        yield  # leaving the block closes its input, which ends it


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
