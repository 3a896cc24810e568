"""A mail server that misbehaves on command, and remembers every mail it took."""

import asyncio
from collections import Counter
from email import message_from_bytes
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.stand import free_port

MODES = ("well", "down", "silent", "greylist", "full", "unknown", "drop")


class _Smtp(SMTP):
    """Says nothing at all while the server is silent."""

    scripted: "MailServer"

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.scripted.talks.add(transport)

    def connection_lost(self, error: Exception | None) -> None:
        self.scripted.talks.discard(self.transport)
        super().connection_lost(error)

    async def _handle_client(self) -> None:
        while self.scripted.mode == "silent":  # noqa: ASYNC110  the mode is set from a thread
            await asyncio.sleep(0.05)
        await super()._handle_client()


class _Controller(Controller):
    def __init__(self, scripted: "MailServer") -> None:
        super().__init__(scripted, hostname="127.0.0.1", port=scripted.port)

    def factory(self) -> SMTP:
        smtp = _Smtp(self.handler, **self.SMTP_kwargs)
        smtp.scripted = self.handler
        return smtp


class MailServer:
    """Listens on 127.0.0.1. `mode`, which may be changed at any time, is one of MODES:

    down: nobody listens · silent: takes the connection and says nothing · greylist: 451 to an
    address it has not seen, 250 the second time · full: 452 to the first DATA of an address ·
    unknown: 550 to RCPT · drop: takes the first DATA of an address, then hangs up without a word.
    As "addressed" it treats each address in the way that the address begins with.
    """

    def __init__(self) -> None:
        self.port = free_port()
        self.mode = "well"
        self.taken: list[tuple[str, str]] = []  # address, Message-ID
        self.asked: Counter[str] = Counter()
        self.talks: set[Any] = set()
        self._running: _Controller | None = None

    def start(self) -> None:
        """Listen."""
        self._running = _Controller(self)
        self._running.start()

    def stop(self) -> None:
        """Listen no more, and hang up on whoever is here."""
        if self._running:
            asyncio.run_coroutine_threadsafe(self._hang_up(), self._running.loop).result(10)
            self._running.stop()
            self._running = None

    async def _hang_up(self) -> None:
        while self.talks:
            for talk in list(self.talks):
                talk.abort()
            await asyncio.sleep(0.01)

    def become(self, mode: str) -> None:
        """Behave like this from now on."""
        self.mode = mode
        if mode == "down":
            self.stop()
        elif self._running is None:
            self.start()

    def _way(self, address: str) -> str:
        """How to treat an address."""
        named = (mode for mode in MODES if address.startswith(mode))
        return next(named, "well") if self.mode == "addressed" else self.mode

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[Any]
    ) -> str:
        """Answer to an address."""
        self.asked[address] += 1
        way = self._way(address)
        if way == "unknown":
            return "550 5.1.1 No such mailbox here"
        if way == "greylist" and self.asked[address] == 1:
            return "451 4.7.1 Come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Answer to a mail."""
        address = envelope.rcpt_tos[0]
        way = self._way(address)
        if way == "full" and self.asked[address] == 1:
            return "452 4.3.1 Insufficient system storage"
        message = message_from_bytes(envelope.content or b"")  # type: ignore[arg-type]
        self.taken.append((address, str(message["Message-ID"])))
        if way == "drop" and self.asked[address] == 1:
            server.transport.abort()  # type: ignore[union-attr]
        return "250 OK"

    def figures(self, wanted: set[str]) -> dict[str, int]:
        """What arrived of these addresses: how many lost, repeated, repeated under another ID."""
        taken = [(address, mark) for address, mark in self.taken if address in wanted]
        ids = {address: {m for a, m in taken if a == address} for address, _ in set(taken)}
        return {
            "acknowledged": len(wanted),
            "lost": len(wanted - set(ids)),
            "doubled": len(taken) - len(ids),
            "other_message_id": sum(len(known) - 1 for known in ids.values()),
        }
