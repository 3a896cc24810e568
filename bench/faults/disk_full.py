"""The disk fills up while people log: reading goes on, saving is refused in words.

The database stands on a small file system in memory, which needs root. First with the guard that
`make run` keeps (config/diskguard.py), then without, to the last byte, as a crash would have it.
"""

import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPException
from pathlib import Path

import psutil

from bench.faults.load import SHEET, Load, count
from bench.faults.report import Figures, nothing_lost, script
from bench.floor import username
from bench.stand import Session, Stand, stand
from config.database import DatabaseRefused
from config.diskguard import LOW, DiskGuard

MEGABYTES = 700


class NoSmallDisk(RuntimeError):
    """This machine does not let us mount a small file system."""


@contextmanager
def small_disk() -> Iterator[Path]:
    """A file system of its own for everything temporary; NoSmallDisk when that is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="tala-disk-"))
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m,mode=755", "tmpfs", str(folder)]
    if shutil.which("mount") is None:
        raise NoSmallDisk("A small disk needs `mount`.")
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        folder.rmdir()
        raise NoSmallDisk(f"A small disk needs root: {done.stderr.strip()}")
    former, tempfile.tempdir = tempfile.tempdir, str(folder)
    try:
        yield folder
    finally:
        tempfile.tempdir = former
        subprocess.run(["umount", "-l", str(folder)], check=False)  # noqa: S607
        folder.rmdir()


def fill(folder: Path, left: int) -> Path:
    """Fill the disk until so many bytes are left; return the file that does it."""
    ballast = folder / "ballast"
    with ballast.open("wb") as file, suppress(OSError):
        while (free := psutil.disk_usage(str(folder)).free) > left:
            file.write(bytes(min(1 << 20, free - left)))
            file.flush()
    return ballast


class Reader(threading.Thread):
    """Reads the sheet again and again, and counts the answers."""

    def __init__(self, session: Session) -> None:
        super().__init__(daemon=True)
        self.session = session
        self.answers: Counter[str] = Counter()
        self.stopped = threading.Event()

    def run(self) -> None:
        while not self.stopped.wait(0.05):
            try:
                said = str(self.session.get(SHEET).status)
            except (OSError, HTTPException) as error:
                said = type(error).__name__
            self.answers[said] += 1

    def end(self) -> dict[str, int]:
        """Stop, and return the answers."""
        self.stopped.set()
        self.join()
        return dict(self.answers)


def watch(guard: DiskGuard, stopped: threading.Event) -> None:
    """Do what the supervisor does."""
    while not stopped.wait(0.2):
        guard.look()


def full(site: Stand, folder: Path, left: int, seconds: float, people: int) -> Figures:
    """Log and read for a while, with the disk full in the middle third."""
    assert site.cluster  # noqa: S101
    reading = site.sign_in(username(1))
    with Load(site, 10**6, people) as load:
        time.sleep(seconds / 3)
        before = load.done
        ballast = fill(folder, left)
        time.sleep(1.5)  # until the guard has looked
        reader, full_at = Reader(reading), load.done
        reader.start()
        time.sleep(seconds / 3)
        pages, saved = reader.end(), load.done - full_at
        ballast.unlink()
        stands = site.cluster.pid() is not None and site.health().get("database") == "up"
        while site.health().get("database") != "up":
            with suppress(DatabaseRefused):
                site.cluster.start()  # as the supervisor does
        time.sleep(seconds / 3)
        load.stopped.set()
    after = load.done - full_at - saved
    counted = count(site.database_url, load.tally.acknowledged)
    return {
        "saved_before": before,
        "saved_while_full": saved,
        "pages_read_while_full": pages,
        "stood_until_there_was_room": stands,
        "saved_after": after,
        **counted,
        **load.tally.figures(),
    }


def hurt(*, people: int, seconds: float, unguarded: int) -> Figures:
    """Fill the disk twice: with the guard, then (unless `unguarded` is 0) without it."""
    with small_disk() as folder, stand(smes=people) as site:
        assert site.cluster  # noqa: S101
        stopped = threading.Event()
        guard = threading.Thread(target=watch, args=(DiskGuard(site.cluster), stopped))
        guard.start()
        try:
            figures = {"guarded": full(site, folder, LOW // 2, seconds, people)}
        finally:
            stopped.set()
            guard.join()
        if unguarded:
            figures["unguarded"] = full(site, folder, 0, seconds, people)
    kept = all(
        nothing_lost({**run, "in_the_log": run["acknowledged"]}, run["acknowledged"], 0)
        and run["saved_after"] > 0
        for run in figures.values()
    )
    guarded = figures["guarded"]
    words_only = (
        set(guarded["pages_read_while_full"]) == {"200"} and not guarded["saved_while_full"]
    )
    return {**figures, "kept": kept and words_only}


if __name__ == "__main__":
    sys.exit(script("disk_full", hurt, people=4, seconds=18.0, unguarded=1))
