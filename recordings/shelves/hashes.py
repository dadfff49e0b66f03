"""SHA-256 and xxh128 of a file in one read: this block is hashed while the next one is read."""

import hashlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import BinaryIO

BLOCK = 2 * 2**20
"""Bytes; reading and both hashes let other threads run meanwhile."""
BLOCKS = 3


def hashes_of(stream: BinaryIO) -> tuple[str, str, int]:
    """Return SHA-256, xxh128 and number of bytes of an open file, from its beginning; OSError as reading raises it."""
    import xxhash  # lazy: the extra local

    sha256, xxh128, size = hashlib.sha256(), xxhash.xxh128(), 0
    blocks = [memoryview(bytearray(BLOCK)) for _ in range(BLOCKS)]
    hashed: list[Future[None] | None] = [None] * BLOCKS
    stream.seek(0)
    with ThreadPoolExecutor(1) as thread:
        for turn in _turns():
            if before := hashed[turn]:
                before.result()
            count = stream.readinto(blocks[turn])  # type: ignore[attr-defined]  # every raw file has it
            if not count:
                break
            size += count
            hashed[turn] = thread.submit(sha256.update, blocks[turn][:count])
            xxh128.update(blocks[turn][:count])
    return sha256.hexdigest(), xxh128.hexdigest(), size


def _turns() -> Iterator[int]:
    while True:
        yield from range(BLOCKS)
