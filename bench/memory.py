"""How much memory the server's processes take, looked at while they work."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import psutil

MIB = 1024 * 1024


@dataclass
class Watch:
    """What was seen: the largest of each worker's figures, in MiB."""

    rss: float = 0.0
    own: float = 0.0
    began: dict[int, float] = field(default_factory=dict)
    rise: float = 0.0
    """By how much one process's own memory grew at most."""

    def look(self, processes: Sequence[psutil.Process]) -> None:
        """Look once."""
        for process in processes:
            with suppress(psutil.Error):
                seen = process.memory_full_info()
                self.rss = max(self.rss, seen.rss / MIB)
                self.own = max(self.own, seen.uss / MIB)
                first = self.began.setdefault(process.pid, seen.uss / MIB)
                self.rise = max(self.rise, seen.uss / MIB - first)

    def said(self) -> dict[str, float]:
        """For the results."""
        return {name: round(getattr(self, name), 1) for name in ("rss", "own", "rise")}


@contextmanager
def watched(
    processes: Callable[[], Sequence[psutil.Process]], every: float = 0.25
) -> Iterator[Watch]:
    """Look at the processes every so many seconds until the block ends."""
    watch, over = Watch(), threading.Event()

    def go() -> None:
        while not over.wait(every):
            watch.look(processes())

    watch.look(processes())
    thread = threading.Thread(target=go, daemon=True)
    thread.start()
    try:
        yield watch
    finally:
        over.set()
        thread.join()
        watch.look(processes())
