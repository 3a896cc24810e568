"""The test stand: a PostgreSQL as safe as a real one, the production server on it, and people.

    with stand(smes=8) as site:
        ana = site.sign_in("sme1")
        print(ana.get("/p/skyline/log/").status)

Nothing here needs Django in this process. Everything listens on 127.0.0.1 or a Unix socket, and
is stopped by its number at the end.
"""

import fcntl
import http.client
import os
import re
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import psutil

from bench.floor import PASSWORD
from config.cluster import Cluster
from config.database import PROJECT
from config.processes import WORKER, Child
from config.throwaway import throwaway
from config.webserver import command

READY = 60.0
"""Seconds that the server may take to answer for the first time."""


@dataclass
class Answer:
    """What came back: the status, the headers in lower case, the body."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8", "replace")


@dataclass
class Session:
    """One browser without a screen: cookies, the CSRF token, one connection per request."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)
    timeout: float = 60.0

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Read a page; OSError or HTTPException when no whole answer came."""
        return self.ask("GET", path, b"", headers or {})

    def post(
        self, path: str, fields: Mapping[str, str], headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Send a form with the CSRF token; OSError or HTTPException when no whole answer came."""
        body = urlencode(fields).encode()
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "X-CSRFToken": self.cookies.get("csrftoken", ""),
            **(headers or {}),
        }
        return self.ask("POST", path, body, sent)

    def ask(self, method: str, path: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send one request and keep the cookies of the answer."""
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.timeout)
        try:
            jar = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
            link.request(method, path, body or None, {"Cookie": jar, **headers})
            came = link.getresponse()
            text = came.read()
            for line in came.headers.get_all("Set-Cookie") or []:
                name, _, value = line.partition(";")[0].partition("=")
                self.cookies[name] = value
            named = {name.lower(): value for name, value in came.headers.items()}
            return Answer(came.status, named, text)
        finally:
            link.close()


@dataclass
class Stand:
    """A running site: where it is, and the means to hurt it."""

    port: int
    database_url: str
    environ: dict[str, str]
    cluster: Cluster | None
    web: Child
    worker: Child | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def sign_in(
        self, username: str, password: str = PASSWORD, *, port: int | None = None
    ) -> Session:
        """Sign in through the real page; RuntimeError when it does not let the person in."""
        session = Session(port or self.port)
        session.get("/accounts/login/")
        came = session.post("/accounts/login/", {"login": username, "password": password})
        if came.status != 302 or "sessionid" not in session.cookies:
            said = re.sub(r"<[^>]+>|\s+", " ", came.text)[:300]
            raise RuntimeError(f"{username} was not signed in ({came.status}): {said}")
        return session

    def web_workers(self) -> list[psutil.Process]:
        """The processes that answer pages."""
        assert self.web.process  # noqa: S101
        with suppress(psutil.Error):
            return psutil.Process(self.web.process.pid).children()
        return []

    def manage(self, *arguments: str) -> str:
        """Run one management command on the site's database; return what it said."""
        return run([sys.executable, "manage.py", *arguments], self.environ)

    def health(self) -> dict[str, str]:
        """What /healthz says; empty when it does not answer."""
        import json

        with suppress(OSError, http.client.HTTPException, ValueError):
            return dict(json.loads(Session(self.port, timeout=3).get("/healthz").body))
        return {}

    def wait(self, patience: float = READY) -> float:
        """Wait until the site answers with its database; return the seconds that took."""
        began = time.monotonic()
        while self.health().get("database") != "up":
            if time.monotonic() - began > patience:
                raise TimeoutError(f"The site did not answer within {patience} s.")
            time.sleep(0.02)
        return time.monotonic() - began


@contextmanager
def stand(
    *,
    smes: int = 0,
    workers: int = 2,
    worker: bool = False,
    database_url: str = "",
    settings: str = "config.settings",
    application: str = "",
    environ: Mapping[str, str] | None = None,
) -> Iterator[Stand]:
    """Start it all; stop it all at the end, whatever happened.

    `smes` people named sme1, sme2 … are made on a small floor (bench/floor.py); none for 0.
    `worker` starts the background worker too; `application` is another WSGI door than the
    site's. Without `database_url` a durable PostgreSQL of its own is made and removed again; with
    one, that database is migrated and kept.
    """
    with ExitStack() as held:
        cluster = None if database_url else held.enter_context(throwaway(durable=True))
        folder = cluster.data if cluster else PROJECT / ".data" / "bench"
        port = free_port()
        url = cluster.url() if cluster else database_url
        full = environment(url, folder, port, workers, settings, environ or {})
        with _alone():
            run([sys.executable, "manage.py", "prepare"], full)
        if smes:
            run([sys.executable, "-m", "bench.floor", str(smes)], full)
        web = Child(
            "web server", [*command(f"127.0.0.1:{port}"), *filter(None, [application])], full
        )
        jobs = Child("worker", [sys.executable, "manage.py", *WORKER], full) if worker else None
        site = Stand(port, url, full, cluster, web, jobs)
        for child in filter(None, [jobs, web]):
            held.callback(child.stop, 10)
            held.callback(child.ask_to_stop)
            child.start()
        site.wait()
        yield site


STATIC = PROJECT / ".data" / "bench" / "static"
"""Gathered once for all stands: it is the same for each, and takes as long as the migrations."""


@contextmanager
def _alone() -> Iterator[None]:
    """Nobody else gathers static files meanwhile."""
    STATIC.mkdir(parents=True, exist_ok=True)
    with (STATIC / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def environment(
    url: str, folder: Path, port: int, workers: int, settings: str, more: Mapping[str, str]
) -> dict[str, str]:
    """The environment of every process of a stand; nothing of ours that is for tests or runs."""
    dropped = {"TALA_TESTING", "TEST_DATABASE_URL", "DEBUG", "EMAIL_URL", "STATEMENT_TIMEOUT_MS"}
    kept = {name: value for name, value in os.environ.items() if name not in dropped}
    return {
        **kept,
        "DATABASE_URL": url,
        "DJANGO_SETTINGS_MODULE": settings,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "SITE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "TALA_DATA": str(folder),
        "STATIC_ROOT": str(STATIC),
        "WORKERS": str(workers),
        **more,
    }


def run(arguments: list[str], environ: Mapping[str, str]) -> str:
    """Run a command in the project's folder; return its output, RuntimeError when it fails."""
    done = subprocess.run(
        arguments, cwd=PROJECT, env=dict(environ), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(arguments[1:])} failed:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
