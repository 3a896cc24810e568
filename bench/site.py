"""One database of one size with the production server on it, ready to be measured."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psutil
import psycopg2

from bench.cast import ADMIN, CAPTAIN, MANAGER, SME
from bench.client import Reply, fetch, request
from bench.measure import Timed
from bench.questions import Question
from bench.stand import Session, Stand, run, stand

SEARCH_THRESHOLD = "0.4"
"""The product's own, so that the raw SQL forgives as much (escalations/meaning.py)."""

SMALL = 10_000
"""Lines from which figures mean something."""
ROUND, RESTS = 10, 0.15
"""Seconds between two looks of the worker at its schedule, and a little; what a rest may take."""


@dataclass
class Site:
    """A loaded site: who is signed in, what is known of it, one plain connection beside."""

    lines: int
    stand: Stand
    facts: dict[str, Any]
    loaded: dict[str, float]
    people: dict[str, Session]
    link: Any

    @property
    def cookies(self) -> dict[str, str]:
        """The SME's, who asks for the pages."""
        return self.people[SME].cookies

    def ask(self, path: str, who: str = SME, headers: Mapping[str, str] | None = None) -> bytes:
        """The bytes of a request for a page."""
        return request(self.stand.port, path, self.people[who].cookies, headers)

    def fetch(self, asked: bytes) -> Reply:
        """Send these bytes; the whole answer."""
        return fetch(self.stand.port, asked)

    def page(self, path: str, who: str = SME, headers: Mapping[str, str] | None = None) -> Timed:
        """A function that asks for a page and gives the seconds; RuntimeError unless 200."""
        asked = self.ask(path, who, headers)

        def once() -> float:
            reply = self.fetch(asked)
            if reply.status != 200:
                raise RuntimeError(f"{path} answered {reply.status}")
            return reply.seconds

        return once

    def settle(self, patience: float = 240.0) -> None:
        """Wait until the worker has done what was left to do for it, and rests for a whole round.

        Else what is measured next would pay for what was measured before. Nothing is waited for at
        a size that proves nothing. Raises TimeoutError.
        """
        if self.lines < SMALL:
            return
        deadline, rested = time.monotonic() + patience, 0
        while rested < ROUND:
            if time.monotonic() > deadline:
                raise TimeoutError("The worker does not come to rest.")
            before = self._worked()
            time.sleep(1.0)
            rested = 0 if self._worked() - before > RESTS or self._is_left() else rested + 1

    def _worked(self) -> float:
        """Seconds of processor time that the worker has taken."""
        worker = self.stand.worker
        if worker is None or worker.process is None:
            return 0.0
        taken = psutil.Process(worker.process.pid).cpu_times()
        return float(taken.user + taken.system)

    def _is_left(self) -> bool:
        with self.link.cursor() as cursor:
            cursor.execute("SELECT EXISTS (SELECT FROM calibration_vectorwanted)")
            return bool(cursor.fetchone()[0])

    def raw(self, question: Question) -> Timed:
        """A function that asks the same of PostgreSQL over one connection."""

        def once() -> float:
            began = time.perf_counter()
            with self.link.cursor() as cursor:
                cursor.execute(question.sql, question.params)
                cursor.fetchall()
            return time.perf_counter() - began

        return once


@contextmanager
def loaded_site(lines: int, database_url: str = "", *, topics: bool = False) -> Iterator[Site]:
    """Make one: a throw-away PostgreSQL (or an empty database), the lines, server and worker.

    A database of one's own that holds so many lines already is taken as it is. With `topics` the
    lines have theirs.
    """
    with stand(settings="bench.settings", worker=True, database_url=database_url) as at:
        link = psycopg2.connect(at.database_url.replace("postgres://", "postgresql://", 1))
        link.autocommit = True
        said = "{}"
        if not _holds(link, lines):
            command = [sys.executable, "-m", "bench.load", "--lines", str(lines), "--json"]
            said = run([*command, *(["--topics"] if topics else [])], at.environ)
        facts = json.loads(run([sys.executable, "-m", "bench.facts"], at.environ))
        people = {name: at.sign_in(name) for name in (SME, CAPTAIN, MANAGER, ADMIN)}
        with link.cursor() as cursor:
            cursor.execute(f"SET pg_trgm.word_similarity_threshold = {SEARCH_THRESHOLD}")
        try:
            yield Site(lines, at, facts, json.loads(said), people, link)
        finally:
            link.close()


def _holds(link: Any, lines: int) -> bool:
    """Whether the log has so many lines, or a few more that an earlier run saved."""
    with link.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM escalations_escalation")
        return bool(lines <= cursor.fetchone()[0] <= lines * 1.2)
