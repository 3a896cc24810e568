"""Child processes that are restarted when they die, and found again after their parent died."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import psutil

WORKER = ("worker", "--nice=5")
"""The background worker's part of manage.py's command line: pages come before its jobs."""

LONGEST_PAUSE = 30.0
"""Seconds between two starts of a child that keeps dying; the first pause is half a second."""

STEADY = 60.0
"""Seconds after which a child counts as well again."""


class Child:
    """One command that ought to run, in a session of its own: Ctrl-C reaches us alone."""

    def __init__(self, name: str, command: list[str], environ: dict[str, str]) -> None:
        self.name = name
        self.command = command
        self.environ = environ
        self.process: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.pause = 0.5
        self.due = 0.0

    def start(self) -> None:
        """Start the command, whatever was before."""
        self.process = subprocess.Popen(  # noqa: S603
            self.command, env=self.environ, stdin=subprocess.DEVNULL, start_new_session=True
        )
        self.started = time.monotonic()

    def tend(self) -> bool:
        """Start the command again if it died and its pause is over; return whether we did."""
        if self.process is None or self.process.poll() is None:
            return False
        now = time.monotonic()
        if not self.due:
            kill_group(self.process.pid)  # its own children hold the port
            if now - self.started > STEADY:
                self.pause = 0.5
            tell(f"The {self.name} ended ({self.process.returncode}); it is started again.")
            self.due = now + self.pause
            self.pause = min(self.pause * 2, LONGEST_PAUSE)
        if now < self.due:
            return False
        self.due = 0.0
        self.start()
        return True

    def ask_to_stop(self) -> None:
        """Send SIGTERM: finish what is at hand, then go."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self, patience: float) -> None:
        """Wait so many seconds for the end, then force it, children included."""
        if not self.process:
            return
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(max(patience, 0.1))
        kill_group(self.process.pid)
        self.process.wait()


def kill_group(pid: int) -> None:
    """End at once whatever lives in the process group that this child led."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def record(path: Path, children: Iterable[Child]) -> None:
    """Write down which processes are ours, so that the next run finds those we left behind."""
    alive = [child.process.pid for child in children if child.process]
    rows = []
    for pid in alive:
        with suppress(psutil.Error):
            rows.append({"pid": pid, "started": psutil.Process(pid).create_time()})
    fresh = path.with_suffix(".new")
    fresh.write_text(json.dumps(rows))
    fresh.rename(path)


def end_strays(path: Path) -> int:
    """Stop the recorded processes that outlived their supervisor; return how many there were."""
    try:
        rows = json.loads(path.read_text())
    except (OSError, ValueError):
        return 0
    strays = [process for row in rows for process in _group(row["pid"], row["started"])]
    for process in strays:
        with suppress(psutil.Error):
            process.terminate()
    _, stubborn = psutil.wait_procs(strays, timeout=5)
    for process in stubborn:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(stubborn, timeout=5)
    path.unlink(missing_ok=True)
    return len(strays)


def _group(leader: int, started: float) -> list[psutil.Process]:
    """Return the living processes of a recorded group, none if its number is another's by now."""
    with suppress(psutil.NoSuchProcess):
        if abs(psutil.Process(leader).create_time() - started) > 1:
            return []
    members = []
    for process in psutil.process_iter(["status"]):
        with suppress(psutil.Error, ProcessLookupError, PermissionError):
            if (
                os.getpgid(process.pid) == leader
                and process.create_time() > started - 1
                and process.info["status"] != psutil.STATUS_ZOMBIE
            ):
                members.append(process)
    return members


def tell(text: str) -> None:
    """Say one line to the person at the terminal."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
