"""`make run`: PostgreSQL, web server and background worker, started, watched and stopped as one."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from types import FrameType

import psutil

from config import processes, webserver
from config.cluster import Cluster
from config.database import (
    PROJECT,
    DatabaseRefused,
    data_dir,
    from_url,
    is_embedded,
    keep_secret_key,
    make_data_dir,
)
from config.diskguard import DiskGuard
from config.processes import WORKER, Child, tell
from config.timeouts import GRACE


class Stop(BaseException):
    """Somebody told us to stop: Ctrl-C, SIGTERM, a closed terminal."""


def main() -> int:
    """Run the site until told to stop; return the exit code. Refusals are one sentence."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    try:
        with ExitStack() as held:
            _run(held)
    except Stop:
        tell("Stopped.")
        return 0
    except DatabaseRefused as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1
    return 0


def _stop(_number: int, _frame: FrameType | None) -> None:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)  # once is enough: stopping is under way
    raise Stop


def _run(held: ExitStack) -> None:
    data = data_dir()
    make_data_dir(data)
    host, port = _address()
    _only_one(held, data, port)
    processes.end_strays(data / "processes.json")
    _refuse_busy(host, port)
    cluster = _database(held, data)
    environ = _environ(data, host, port)
    guard = DiskGuard(cluster) if cluster else None
    if guard and (said := guard.look()):
        raise DatabaseRefused(said)
    greeting = _prepare(cluster, environ)
    children = [
        Child("web server", webserver.command(f"{host}:{port}"), environ),
        Child("background worker", [sys.executable, str(PROJECT / "manage.py"), *WORKER], environ),
    ]
    held.callback(_stop_children, children, data)
    for child in children:
        child.start()
    processes.record(data / "processes.json", children)
    _await_web(children[0], host, port)
    tell(f"\nTala is ready: http://{_shown(host)}:{port}/\n{greeting}Ctrl-C stops it.\n")
    _watch(cluster, guard, children, data)


def _address() -> tuple[str, int]:
    host = os.environ.get("HOST") or "127.0.0.1"
    asked = os.environ.get("PORT") or "8000"
    if not asked.isdigit() or not 0 < int(asked) < 65536:
        raise DatabaseRefused(f"PORT must be a number from 1 to 65535, and is {asked!r}.")
    return host, int(asked)


def _shown(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104


def _only_one(held: ExitStack, data: Path, port: int) -> None:
    """Hold the run's lock until we end, however we end."""
    try:
        lock = held.enter_context((data / "run.lock").open("a+"))
    except PermissionError as error:
        raise DatabaseRefused(
            f"{data} belongs to another account: run `make run` as the one that ran it first."
        ) from error
    while True:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            break
        except BlockingIOError as error:
            lock.seek(0)
            if not _is_ending(lock.read()):
                raise DatabaseRefused(
                    "Tala is already running from this folder: stop it with Ctrl-C where it runs."
                ) from error
            time.sleep(0.2)
    lock.truncate(0)
    lock.write(json.dumps({"pid": os.getpid(), "parent": os.getppid(), "port": port}))
    lock.flush()


def _is_ending(said: str) -> bool:
    """Tell whether the run that holds the lock is about to stop because its own parent died."""
    with suppress(ValueError, KeyError, psutil.Error):
        holder = json.loads(said)
        return bool(psutil.Process(holder["pid"]).ppid() != holder["parent"])
    return False


def _refuse_busy(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DatabaseRefused(
                f"Port {port} of {host} cannot be used ({error.strerror}): "
                f"choose another, for example `make run PORT={port + 1}`."
            ) from error


def _database(held: ExitStack, data: Path) -> Cluster | None:
    """Start the embedded PostgreSQL, or make sure that the one of DATABASE_URL answers."""
    if is_embedded():
        cluster = Cluster(data)
        held.enter_context(cluster.needed())
        held.callback(cluster.stop)
        cluster.start()
        return cluster
    import psycopg2

    where = from_url(os.environ["DATABASE_URL"])
    try:
        psycopg2.connect(
            dbname=where["NAME"],
            user=where["USER"] or None,
            password=where["PASSWORD"] or None,
            host=where["HOST"] or None,
            port=where["PORT"] or None,
            connect_timeout=10,
            **where["OPTIONS"],
        ).close()
    except psycopg2.Error as error:
        reason = (str(error).strip().splitlines() or ["no reason given"])[0]
        raise DatabaseRefused(f"The PostgreSQL of DATABASE_URL does not answer: {reason}") from None
    return None


def _environ(data: Path, host: str, port: int) -> dict[str, str]:
    keep_secret_key(data)
    address = _shown(host)
    return {
        "SITE_URL": f"http://{address}:{port}",
        # Whoever opens the door to others (HOST=0.0.0.0) is called by names we do not know.
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]" if address == host else "*",
        "SECRET_KEY": (data / "secret_key").read_text(),
        **{name: value for name, value in os.environ.items() if value},
        "TALA_SUPERVISED": "1",  # PostgreSQL is looked after by us
    }


def _prepare(cluster: Cluster | None, environ: dict[str, str]) -> str:
    """Migrate, gather static files, on the very first start load the demo; return the greeting."""
    first = cluster.base / "first-start" if cluster else None
    demo = bool(first and first.exists() and os.environ.get("DEMO") != "0")
    command = [sys.executable, str(PROJECT / "manage.py"), "prepare", *(["--demo"] if demo else [])]
    done = subprocess.run(  # noqa: S603
        command, env=environ, stdout=subprocess.PIPE, start_new_session=True, check=False
    )
    if done.returncode:
        raise DatabaseRefused("The database could not be prepared; the lines above say why.")
    if first:
        first.unlink(missing_ok=True)
    return done.stdout.decode()


def _await_web(web: Child, host: str, port: int) -> None:
    """Wait until the web server takes a connection; refuse if it ends instead."""
    for _ in range(300):
        with suppress(OSError), socket.create_connection((_shown(host), port), timeout=1):
            return
        if web.process and web.process.poll() is not None:
            raise DatabaseRefused("The web server did not start; the lines above say why.")
        time.sleep(0.1)
    raise DatabaseRefused("The web server did not start within 30 seconds.")


def _watch(
    cluster: Cluster | None, guard: DiskGuard | None, children: list[Child], data: Path
) -> None:
    """Start again whatever dies, until we are stopped or our own parent is gone."""
    parent = os.getppid()
    pause, due = 0.5, 0.0
    while os.getppid() == parent:
        if cluster and time.monotonic() >= due and not cluster.pid():
            tell("PostgreSQL ended; it is started again.")
            try:
                cluster.start()
                pause = 0.5
            except DatabaseRefused as refusal:
                tell(str(refusal))
                pause = min(pause * 2, processes.LONGEST_PAUSE)
            due = time.monotonic() + pause
        if guard and (said := guard.look()):
            tell(said)
        if [child for child in children if child.tend()]:
            processes.record(data / "processes.json", children)
        time.sleep(0.3)
    raise Stop


def _stop_children(children: list[Child], data: Path) -> None:
    deadline = time.monotonic() + GRACE
    for child in children:
        child.ask_to_stop()
    for child in children:
        child.stop(deadline - time.monotonic())
    (data / "processes.json").unlink(missing_ok=True)


if __name__ == "__main__":
    sys.exit(main())
