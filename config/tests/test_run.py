"""`make run` from the outside: it starts, watches, stops and recovers; refusals are a sentence."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from config.database import PROJECT

pytestmark = pytest.mark.slow

THE_RUN = (sys.executable, "-m", "config.run")


class Run:
    """One `make run` (without make) with a data folder and port of its own."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.port = free_port()
        self.process: subprocess.Popen[str] | None = None

    def start(self, **environ: str) -> "Run":
        """Start it and wait until it says that it is ready."""
        self.process = self.spawn(**environ)
        return self.wait_until_ready()

    def wait_until_ready(self) -> "Run":
        """Read what it says until it says that it is ready."""
        said = ""
        while "Ctrl-C stops it" not in said:
            line = self.process.stdout.readline()
            assert line, f"it ended ({self.process.wait()}): {said}"
            said += line
        assert f"http://127.0.0.1:{self.port}/" in said
        return self

    def spawn(self, command: Sequence[str] = THE_RUN, **environ: str) -> "subprocess.Popen[str]":
        """Start it in a process group of its own, as a terminal does."""
        kept = {
            name: value
            for name, value in os.environ.items()
            if name not in {"TALA_TESTING", "TEST_DATABASE_URL", "DJANGO_ALLOW_ASYNC_UNSAFE"}
        }
        ours = {"TALA_DATA": str(self.data), "PORT": str(self.port), "DEMO": "0"}
        return subprocess.Popen(
            command,
            cwd=PROJECT,
            env={**kept, **ours, **environ},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def refusal(self, **environ: str) -> str:
        """Start it, and return what it says as it refuses."""
        process = self.spawn(**environ)
        said, _ = process.communicate(timeout=60)
        assert process.returncode == 1
        return said.strip()

    def stop(self, number: int = signal.SIGINT) -> str:
        """Press Ctrl-C, or send another signal; return what was said until the end."""
        if self.process is None:
            return ""
        process, self.process = self.process, None
        os.killpg(process.pid, number)
        said, _ = process.communicate(timeout=60)
        return said

    def pids(self) -> dict[str, int]:
        """The process ids of web server, worker and PostgreSQL."""
        web, worker = json.loads((self.data / "processes.json").read_text())
        postgres = int((self.data / "postgres" / "postmaster.pid").read_text().split()[0])
        return {"web": web["pid"], "worker": worker["pid"], "postgres": postgres}

    def health(self) -> dict[str, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as page:
                return json.load(page)
        except (OSError, urllib.error.URLError):
            return {}

    def wait_until_well(self) -> None:
        deadline = time.monotonic() + 60
        well = {"database": "up", "worker": "running", "mail": "flowing"}
        well |= {"migrations": "done", "backup": "none"}
        while self.health() != well:
            assert time.monotonic() < deadline, self.health()
            time.sleep(0.2)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def are_gone(pids: dict[str, int]) -> bool:
    alive = [pid for pid in pids.values() if psutil.pid_exists(pid)]
    return all(psutil.Process(pid).status() == psutil.STATUS_ZOMBIE for pid in alive)


@pytest.fixture(scope="module")
def data() -> Iterator[Path]:
    folder = Path("/tmp") / f"tala-run-{os.getpid()}-{time.monotonic_ns()}"
    folder.mkdir(mode=0o755)
    yield folder / "data"
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def run(data: Path) -> Iterator[Run]:
    run = Run(data)
    yield run
    with suppress(ProcessLookupError):
        run.stop()
    if left := _pids(run):  # a test that failed half-way must not fail the next
        for pid in left.values():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


def test_it_starts_and_one_ctrl_c_stops_everything(run):
    run.start()
    run.wait_until_well()
    pids = run.pids()
    assert "already running" in Run(run.data).refusal()
    assert "Stopped." in run.stop()
    assert are_gone(pids)
    assert not (run.data / "postgres" / "postmaster.pid").exists()


def test_a_second_start_takes_seconds_and_changes_nothing(run):
    run.start()
    assert "Stopped." in run.stop(signal.SIGTERM)
    key = (run.data / "secret_key").read_text()
    gathered = (run.data / "static" / ".gathered").stat().st_mtime_ns
    began = time.monotonic()
    run.start()
    assert time.monotonic() - began < 60  # a few seconds, on a machine that does nothing else
    assert (run.data / "secret_key").read_text() == key
    assert (run.data / "static" / ".gathered").stat().st_mtime_ns == gathered


def test_whatever_is_killed_comes_back(run):
    run.start()
    for name in ("web", "worker", "postgres"):
        run.wait_until_well()
        before = run.pids()
        os.kill(before[name], signal.SIGKILL)
        deadline = time.monotonic() + 30
        while not (now := _pids(run)) or now[name] == before[name]:
            assert time.monotonic() < deadline
            time.sleep(0.1)
    run.wait_until_well()


def _pids(run: Run) -> dict[str, int] | None:
    try:
        return run.pids()
    except (OSError, ValueError, IndexError):
        return None


@pytest.mark.parametrize("killed", ["the run alone", "everything"])
def test_the_next_run_simply_works_after_kill_9(run, killed):
    run.start()
    run.wait_until_well()
    left = run.pids()
    run.process.kill()
    if killed == "everything":
        for pid in left.values():
            os.kill(pid, signal.SIGKILL)
    run.process.stdout.close()
    run.process.wait()
    run.start()
    run.wait_until_well()
    assert are_gone({name: left[name] for name in ("web", "worker")})


def test_it_stops_when_make_itself_is_killed(run):
    shell = 'import subprocess, sys; subprocess.run([sys.executable, "-m", "config.run"])'
    parent = run.process = run.spawn([sys.executable, "-c", shell])
    run.wait_until_ready()
    run.wait_until_well()
    pids = run.pids()
    parent.kill()
    parent.wait()
    parent.stdout.close()
    run.start()  # waits for the other one to be gone
    run.wait_until_well()
    assert are_gone({name: pids[name] for name in ("web", "worker")})


def test_a_busy_or_senseless_port_is_said_in_one_sentence(run):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", run.port))
        taken.listen()
        said = run.refusal()
    assert said.startswith(f"Port {run.port} of 127.0.0.1 cannot be used")
    assert "\n" not in said
    assert run.refusal(PORT="eighty").startswith("PORT must be a number")


def test_a_database_that_does_not_answer_is_said_in_one_sentence(run):
    said = run.refusal(DATABASE_URL="postgres://ana:secret@127.0.0.1:1/floor")
    assert said.startswith("The PostgreSQL of DATABASE_URL does not answer")
    assert "secret" not in said
    assert "\n" not in said


def test_a_database_of_ones_own_is_used_and_gets_no_demo(run):
    from config.throwaway import throwaway_cluster

    with throwaway_cluster() as url:
        run.start(DATABASE_URL=url, DEMO="1")
        run.wait_until_well()
        assert "tala-demo" not in run.stop()
    assert not (run.data / "postgres" / "postmaster.pid").exists()
