"""A PostgreSQL for one test run: made in the temporary folder, fast, and gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from config.cluster import Cluster

PREFIX = "tala-test-"


@contextmanager
def throwaway_cluster() -> Iterator[str]:
    """Yield the DATABASE_URL of a new, empty cluster; stop and remove it at the end."""
    with throwaway() as cluster:
        yield cluster.url()


@contextmanager
def throwaway(*, durable: bool = False) -> Iterator[Cluster]:
    """Yield a new, running, empty cluster; `durable` makes it as safe, and slow, as a real one."""
    folder = Path(tempfile.gettempdir())
    _sweep(folder)
    data = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-", dir=folder))
    data.chmod(0o711 if os.geteuid() == 0 else 0o700)
    cluster = Cluster(data, durable=durable)
    try:
        cluster.start()
        yield cluster
    finally:
        _remove(cluster)


def _sweep(folder: Path) -> None:
    """Remove what earlier runs left because they were killed."""
    for left in folder.glob(f"{PREFIX}*"):
        pid = left.name.removeprefix(PREFIX).partition("-")[0]
        ours = left.lstat().st_uid == os.geteuid()
        if ours and pid.isdigit() and not psutil.pid_exists(int(pid)):
            _remove(Cluster(left, durable=False))


def _remove(cluster: Cluster) -> None:
    base = cluster.base
    cluster.stop()
    for folder in {base, cluster.socket, cluster.data}:
        shutil.rmtree(folder, ignore_errors=True)
