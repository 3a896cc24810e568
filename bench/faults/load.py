"""People who log lines and never give up, as a browser's outbox does, and the count afterwards."""

import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.client import HTTPException
from typing import Any, Self

import psycopg2

from bench.floor import AGENTS, PROGRAM, username
from bench.stand import Session, Stand
from config.database import from_url

SHEET = f"/p/{PROGRAM}/log/"

PATIENCE = 60.0
"""Seconds of trying after which one line is counted as not acknowledged."""

LONGEST_PAUSE = 1.0


@dataclass
class Tally:
    """What the people saw: which keys were acknowledged, what was answered, how long it took."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    given_up: int = 0

    def figures(self) -> dict[str, Any]:
        """The tally in numbers: seconds to three places, answers by their kind."""
        times = sorted(self.seconds) or [0.0]
        return {
            "answers": dict(sorted(self.answers.items())),
            "given_up": self.given_up,
            "median_s": round(times[len(times) // 2], 3),
            "p95_s": round(times[int(len(times) * 0.95)], 3),
            "slowest_answer_s": round(times[-1], 3),
            "longest_until_acknowledged_s": round(max(self.waited, default=0.0), 3),
        }


class Load:
    """So many lines, logged by so many people at once, each with a session of its own."""

    def __init__(
        self,
        site: Stand,
        lines: int,
        people: int,
        *,
        port: int | None = None,
        timeout: float = 10.0,
    ) -> None:
        self.site = site
        self.lines = lines
        self.port = port or site.port
        self.timeout = timeout
        self.tally = Tally()
        self.stopped = threading.Event()
        self._lock = threading.Lock()
        self._taken = 0
        # Signed in through the front door, before anything is hurt.
        self._sessions = [site.sign_in(username(n + 1)) for n in range(people)]
        self._threads = [
            threading.Thread(target=self._log, args=(session,), daemon=True)
            for session in self._sessions
        ]

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:
            self.stopped.set()
        for thread in self._threads:
            thread.join()

    @property
    def done(self) -> int:
        """How many lines have been acknowledged so far."""
        return len(self.tally.acknowledged)

    @property
    def is_over(self) -> bool:
        return not any(thread.is_alive() for thread in self._threads)

    def at_each(self, parts: int, hurt: Callable[[int], None]) -> None:
        """Call `hurt` so many times, spread evenly over the load."""
        for part in range(parts):
            while self.done < (part + 0.5) * self.lines / parts and not self.is_over:
                time.sleep(0.005)
            hurt(part)

    def _take(self) -> int | None:
        with self._lock:
            if self._taken >= self.lines or self.stopped.is_set():
                return None
            self._taken += 1
            return self._taken

    def _log(self, session: Session) -> None:
        session.port, session.timeout = self.port, self.timeout
        while (number := self._take()) is not None:
            key = str(uuid.uuid4())
            line = {
                "key": key,
                "agent": str(700_000 + number % AGENTS + 1),
                "concern": f"Modem restarts every night {key}",
                "resolution": "Replaced under warranty.",
                "status": "resolved",
                "requires_feedback": "N",
                "typed_at": now(),
            }
            self._send(session, line)

    def _send(self, session: Session, line: dict[str, str]) -> None:
        """Send one line until it is acknowledged, always with the same key."""
        began, pause = time.monotonic(), 0.02
        while time.monotonic() - began < PATIENCE:
            tried = time.monotonic()
            said = self._try(session, {**line, "sent_at": now()})
            self.tally.seconds.append(time.monotonic() - tried)
            with self._lock:
                self.tally.answers[said] += 1
            if said in {"200", "201"}:
                self.tally.waited.append(time.monotonic() - began)
                self.tally.acknowledged[line["key"]] = time.time()
                return
            time.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
        self.tally.given_up += 1

    @staticmethod
    def _try(session: Session, line: dict[str, str]) -> str:
        try:
            return str(session.post(SHEET, line, {"HX-Request": "true"}).status)
        except (OSError, HTTPException) as error:
            return type(error).__name__


def now() -> str:
    """What a browser's clock says."""
    return datetime.now(UTC).isoformat()


def connect(url: str, *, user: str = "") -> Any:
    """A plain connection to the database of this address, without limits."""
    where = from_url(url)
    return psycopg2.connect(
        dbname=where["NAME"],
        user=user or where["USER"] or None,
        password=where["PASSWORD"] or None,
        host=where["HOST"] or None,
        port=where["PORT"] or None,
        connect_timeout=3,
        **where["OPTIONS"],
    )


def count(url: str, acknowledged: Iterable[str]) -> dict[str, int]:
    """Compare what was acknowledged with what is there.

    `lost`: acknowledged and not there. `doubled`: there more than once, by its words, which no
    two lines share. `unacknowledged`: there, though nobody was told; no harm, and none is new.
    """
    link = connect(url)
    with link.cursor() as cursor:
        cursor.execute("SELECT key::text, concern FROM escalations_escalation")
        rows = cursor.fetchall()
    link.close()
    told, there = set(acknowledged), Counter(concern for _, concern in rows)
    keys = {key for key, _ in rows}
    return {
        "acknowledged": len(told),
        "in_the_log": len(rows),
        "lost": len(told - keys),
        "doubled": sum(times - 1 for times in there.values()),
        "unacknowledged": len(keys - told),
    }
