"""A new release comes up under load: by handing over, and behind a socket that systemd holds."""

import os
import signal
import socket
import subprocess
import sys
import time

import psutil

from bench.faults.load import Load, count
from bench.faults.report import Figures, nothing_lost, script
from bench.stand import Stand
from config.webserver import command


def hand_over(site: Stand) -> float:
    """Start a new server on the same socket (USR2), then end the old one; return the seconds."""
    assert site.web.process  # noqa: S101
    old = psutil.Process(site.web.process.pid)
    workers = {child.pid for child in old.children()}
    began = time.monotonic()
    old.send_signal(signal.SIGUSR2)
    while not any(child.children() for child in old.children() if child.pid not in workers):
        if time.monotonic() - began > 30:
            raise TimeoutError("No new server came up.")
        time.sleep(0.02)
    old.send_signal(signal.SIGTERM)
    site.web.process.wait(30)
    return round(time.monotonic() - began, 2)


class Socketed:
    """A server whose listening socket somebody else holds, as with tala-web.socket."""

    def __init__(self, site: Stand) -> None:
        self.environ = {**site.environ, "LISTEN_FDS": "1"}
        self.door = socket.create_server(("127.0.0.1", 0), backlog=512)
        self.port = int(self.door.getsockname()[1])
        self.server = self._start()

    def _start(self) -> "subprocess.Popen[bytes]":
        script = 'LISTEN_PID=$$; export LISTEN_PID; exec "$@"'
        return subprocess.Popen(
            ["/bin/sh", "-c", script, "sh", *command("127.0.0.1:1")],
            env=self.environ,
            pass_fds=[3],
            preexec_fn=lambda: os.dup2(self.door.fileno(), 3),  # noqa: PLW1509
            start_new_session=True,
        )

    def restart(self) -> float:
        """What `systemctl restart` does: stop, then start; the socket stays."""
        began = time.monotonic()
        self.stop()
        self.server = self._start()
        return round(time.monotonic() - began, 2)

    def stop(self) -> None:
        self.server.terminate()
        self.server.wait(30)

    def close(self) -> None:
        """Stop for good."""
        self.stop()
        self.door.close()


def figures_of(site: Stand, load: Load) -> Figures:
    """The figures; kept when every answer was a good one: nobody was refused."""
    counted = count(site.database_url, load.tally.acknowledged)
    whole = nothing_lost(counted, counted["acknowledged"], load.tally.given_up)
    kept = whole and set(load.tally.answers) == {"201"}
    return {**counted, **load.tally.figures(), "kept": kept}


def hurt(site: Stand, *, people: int, reloads: int, handovers: int) -> Figures:
    """Restart behind a held socket so many times, then hand over (0 or 1), always under load."""
    behind = Socketed(site)
    try:
        with Load(site, 10**6, people, port=behind.port, timeout=30) as load:
            took = []
            for _ in range(reloads):
                time.sleep(2)
                took.append(behind.restart())
            time.sleep(3)
            load.stopped.set()
    finally:
        behind.close()
    restarted = {"restart_s": took, **figures_of(site, load)}
    if not handovers:
        return {"socket_held": restarted, "kept": restarted["kept"]}
    with Load(site, 10**6, people, timeout=30) as load:
        time.sleep(2)
        seconds = hand_over(site)
        time.sleep(2)
        load.stopped.set()
    handed = {"handover_s": seconds, **figures_of(site, load)}
    kept = restarted["kept"] and handed["kept"]
    return {"socket_held": restarted, "handed_over": handed, "kept": kept}


if __name__ == "__main__":
    sys.exit(script("deploy_reload", hurt, people=6, stands={}, reloads=3, handovers=1))
