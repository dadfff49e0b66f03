"""A database server of its own, on a small disk."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.faults.disk import SmallDisk
from trackflow import roles
from trackflow.devdb import db_paths
from trackflow.devdb.cluster import Cluster
from trackflow.devdb.instance import DATABASE, OWNER, RUNTIME

CONNECTIONS = 60
OPTIONS = (
    f"max_connections={CONNECTIONS}",
    "max_wal_size=64MB",
    "min_wal_size=32MB",
)


@dataclass(frozen=True)
class Addresses:
    """URLs of one database, by role; `superuser` may be missing."""

    runtime: str
    owner: str
    superuser: str | None = None


@dataclass(frozen=True)
class Ground:
    """A temporary folder with a disk, a database server on it, and the addresses of its database."""

    folder: Path
    disk: SmallDisk
    cluster: Cluster
    addresses: Addresses


@contextmanager
def own_ground() -> Iterator[Ground]:
    with ExitStack() as stack:
        folder = Path(tempfile.mkdtemp(prefix="tf-faults-"))
        folder.chmod(0o755)
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        disk = stack.enter_context(SmallDisk.mounted(folder / "disk"))
        cluster = db_paths.find(disk.folder, options=OPTIONS)
        cluster.start()
        stack.callback(cluster.stop, "immediate")
        roles.create(cluster.url(), DATABASE, OWNER, RUNTIME)
        runtime, owner = cluster.url(RUNTIME, DATABASE), cluster.url(OWNER, DATABASE)
        yield Ground(folder, disk, cluster, Addresses(runtime, owner, cluster.url(database=DATABASE)))
