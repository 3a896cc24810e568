"""Django's SMTP with an end: a server that drips byte after byte is cut off all the same."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

from django.conf import settings
from django.core.mail.backends import smtp


class EmailBackend(smtp.EmailBackend):
    """Every step has EMAIL_TIMEOUT; connecting, and each mail, has MAIL_TALK seconds as a whole."""

    _talk: smtplib.SMTP | None = None

    @property
    def connection_class(self) -> Callable[..., smtplib.SMTP]:  # type: ignore[override]
        """What Django calls to connect; the talk is remembered before its first word."""

        def connect(host: str, port: int, **given: Any) -> smtplib.SMTP:
            kind = smtplib.SMTP_SSL if self.use_ssl else smtplib.SMTP
            talk = self._talk = kind(**given)
            talk._host = host  # type: ignore[attr-defined]  # noqa: SLF001  for its certificate
            code, words = talk.connect(host, port)
            if code != 220:
                talk.close()
                raise smtplib.SMTPConnectError(code, words)
            return talk

        return connect

    def open(self) -> bool | None:
        """Connect and sign in, within the time for a talk."""
        with self._within(settings.MAIL_TALK):
            return super().open()

    def drop(self) -> None:
        """Hang up without a word."""
        talk, self._talk = self._talk, None
        self.connection = self._partial_connection = None
        if talk is not None:
            talk.close()

    def _send(self, email_message: Any) -> bool:
        with self._within(settings.MAIL_TALK):
            return bool(super()._send(email_message))  # type: ignore[misc]

    @contextmanager
    def _within(self, seconds: float) -> Iterator[None]:
        timer = threading.Timer(seconds, self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _cut(self) -> None:
        with suppress(OSError):
            if self._talk is not None and self._talk.sock is not None:
                self._talk.sock.shutdown(socket.SHUT_RDWR)
