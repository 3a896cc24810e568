"""A mail server that fails in every way, and a worker killed while it sends: short forms.

Both run on one site, on a shorter scale of time: a mail's minute is a tenth of a second. The full
ones, and what they measured: bench/faults/ and docs/reliability.md.
"""

from contextlib import suppress

import psutil
import pytest

from bench.faults import mail, mail_killed, mailserver
from bench.faults.__main__ import rows
from bench.faults.mailserver import MailServer
from bench.stand import Stand, stand

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


@pytest.fixture(scope="module")
def running():
    """A site with one person on it, and the mail server it writes to."""
    server = MailServer()
    scale = {"MAIL_PAUSE": "0.1", "MAIL_TIMEOUT": "0.5", "MAIL_LEASE": "1"}
    environ = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}", **scale}
    server.start()
    try:
        with stand(smes=1, workers=1, worker=True, environ=environ) as site:
            yield site, server
    finally:
        server.stop()


def whose(site: Stand, port: int) -> str:
    """Who holds this end of a connection: a process that answers pages, the worker, or nobody."""
    assert site.worker
    worker = psutil.Process(site.worker.process.pid)
    pages, workers = site.web_workers(), [worker, *worker.children(recursive=True)]
    for name, processes in (("a page", pages), ("the worker", workers)):
        for process in processes:
            with suppress(psutil.Error):
                ours = [link.laddr.port for link in process.net_connections() if link.laddr]
                if port in ours:
                    return name
    return ""


@pytest.fixture
def callers(running, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Who calls the mail server, each looked for while it waits for the first word."""
    site, _ = running
    found: list[str] = []
    called = mailserver._Smtp.connection_made

    def call(smtp, transport) -> None:
        found.append(whose(site, transport.get_extra_info("peername")[1]))
        called(smtp, transport)

    monkeypatch.setattr(mailserver._Smtp, "connection_made", call)
    return found


def test_whatever_the_mail_server_does_no_mail_is_lost_and_no_page_talks_to_it(
    running, callers, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "QUICK", float("inf"))  # seconds depend on what runs beside this
    monkeypatch.setattr(mail, "DOWN", {"down": 0.5, "silent": 0.5})
    monkeypatch.setattr(mail, "LETTERS", 1)
    of_addresses = ("well", "greylist", "full", "unknown", "drop")
    monkeypatch.setattr(mail, "TOGETHER", (("down",), ("silent",), of_addresses))
    figures = mail.hurt_at(*running, people=1, mails=2)
    assert figures["kept"], figures
    assert all("`mail`" in row for row in rows("mail", figures))
    assert "the worker" in callers
    assert "a page" not in callers


def test_a_killed_worker_loses_no_mail_and_repeats_one_at_most(running) -> None:
    figures = mail_killed.hurt_at(*running, mails=30, kills=3)
    assert figures["kept"], figures
    assert all("`mail_killed`" in row for row in rows("mail_killed", figures))
