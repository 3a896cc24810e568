"""The worker's postman: a thread of its own, so that a silent mail server keeps nobody waiting."""

import threading
from contextlib import suppress

import structlog
from django.conf import settings
from django.db import connection
from django.db.utils import Error

from people.actions.delivery import deliver_due

log = structlog.get_logger("tala.mail")

LOOK = 1.0
"""Seconds between two looks for mail that is due."""


class Postman(threading.Thread):
    """Sends what is due; while the server is in trouble it comes back ever more seldom."""

    def __init__(self, worker_id: str) -> None:
        super().__init__(name="postman", daemon=True)
        self.worker_id = worker_id
        self.stopped = threading.Event()
        self.troubles = 0

    def run(self) -> None:
        """Go round until the process ends."""
        while not self.stopped.wait(self.rest()):
            self.go_round()

    def rest(self) -> float:
        """Seconds until the next round: 1; after trouble 2, 4 … MAIL_PAUSE."""
        return float(min(LOOK * 2**self.troubles, max(LOOK, settings.MAIL_PAUSE)))

    def go_round(self) -> None:
        """Do one round; whatever goes wrong in it, there is a next one."""
        try:
            done = deliver_due(self.worker_id, stopped=self.stopped.is_set)
        except Error:
            log.warning("postman lost the database")
            with suppress(Error):
                connection.close()
        except Exception:  # a broken mail must not end the post
            log.exception("postman failed")
            self.troubles = min(self.troubles + 1, 10)
        else:
            troubles = 1 if done.sent else self.troubles + 1
            self.troubles = min(troubles, 10) if done.trouble else 0
