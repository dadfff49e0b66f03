"""Both hashes of files against `cat` of the same files, from the disk: their pages are dropped from memory before."""

import os
import subprocess
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.recordings.rows import Row
from bench.setup import ROOT

FILES, SIZE = 8, 128 * 2**20
ROUNDS = 11
TARGET = 0.8


def measure() -> list[Row]:
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as folder:
        paths = [_write(Path(folder, f"{number}.bin")) for number in range(FILES)]
        rounds = [(_time(_cat, paths), _time(_hash, paths)) for _ in range(ROUNDS)]
        warm = _time(_hash, paths, is_cold=False)
    cat, ours = (median(each) for each in zip(*rounds, strict=True))
    share, total = cat / ours, FILES * SIZE / 1e9
    return [
        Row(
            "SHA-256 and xxh128 of files on disk, as many at once as cores",
            f"{total / ours:.2f} GB/s",
            f"`cat`: {total / cat:.2f} GB/s",
            f"≥ {TARGET} ×",
            share >= TARGET,
            f"Hashing read {share:.2f} times as fast as `cat`, from memory {total / warm:.2f} GB/s "
            f"(median of {ROUNDS} rounds, {FILES} files of {SIZE >> 20} MiB).",
        )
    ]


def _write(path: Path) -> Path:
    with path.open("wb") as file:
        for _ in range(SIZE >> 24):
            file.write(os.urandom(1 << 24))
        file.flush()
        os.fsync(file.fileno())
    return path


def _time(work: Callable[[list[Path]], None], paths: list[Path], *, is_cold: bool = True) -> float:
    for path in paths if is_cold else ():
        with path.open("rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    began = perf_counter()
    work(paths)
    return perf_counter() - began


def _cat(paths: list[Path]) -> None:
    subprocess.run(["cat", *map(str, paths)], stdout=subprocess.DEVNULL, check=True)  # noqa: S603, S607  # coreutils


def _hash(paths: list[Path]) -> None:
    with ThreadPoolExecutor(os.cpu_count()) as threads:
        list(threads.map(_hash_one, paths))


def _hash_one(path: Path) -> str:
    from recordings.shelves.hashes import hashes_of  # lazy: needs settings

    with path.open("rb", buffering=0) as stream:
        return hashes_of(stream)[0]
