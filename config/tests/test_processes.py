"""Children that die come back after a pause, and strays are known by number and start."""

import json
import os
import signal
import sys
import time
from pathlib import Path

import psutil

from config import processes
from config.processes import Child

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_a_child_that_keeps_dying_is_started_ever_more_slowly():
    child = Child("nothing", [sys.executable, "-c", ""], dict(os.environ))
    assert child.tend() is False  # never started
    child.start()
    pauses = []
    while len(pauses) < 3:
        child.process.wait()
        assert child.tend() is False
        pauses.append(child.due - time.monotonic())
        child.due = time.monotonic()
        assert child.tend() is True
    child.stop(patience=0.1)
    assert pauses[0] < pauses[1] < pauses[2]


def test_a_child_that_ran_well_for_long_is_started_at_once_again():
    child = Child("sleeper", SLEEP, dict(os.environ))
    child.pause = processes.LONGEST_PAUSE
    child.start()
    child.started -= processes.STEADY + 1
    child.process.kill()
    child.process.wait()
    child.tend()
    assert child.due - time.monotonic() < 1


def test_a_child_that_does_not_heed_sigterm_is_killed(tmp_path: Path):
    deaf = "import signal, sys, time; signal.signal(15, signal.SIG_IGN);"
    deaf += "open(sys.argv[1], 'w'); time.sleep(60)"
    child = Child("deaf", [sys.executable, "-c", deaf, str(tmp_path / "deaf")], dict(os.environ))
    child.start()
    while not (tmp_path / "deaf").exists():
        time.sleep(0.05)
    child.ask_to_stop()
    child.stop(patience=0.2)
    assert child.process.returncode == -signal.SIGKILL


def test_a_child_never_started_stops_without_ado():
    Child("nothing", SLEEP, {}).stop(patience=0)


def test_strays_are_ended_and_a_reused_number_is_left_alone(tmp_path: Path):
    stray = Child("stray", SLEEP, dict(os.environ))
    stranger = Child("stranger", SLEEP, dict(os.environ))
    stray.start()
    stranger.start()
    path = tmp_path / "processes.json"
    processes.record(path, [stray, stranger])
    rows = json.loads(path.read_text())
    rows[1]["started"] -= 1000
    path.write_text(json.dumps(rows))
    assert processes.end_strays(path) == 1
    assert stray.process.poll() is not None
    assert psutil.Process(stranger.process.pid).is_running()
    assert processes.end_strays(path) == 0
    stranger.stop(patience=0)
