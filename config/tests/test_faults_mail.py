"""A mail server that fails in every way, and a worker killed while it sends: short forms.

Both run on one site, on a shorter scale of time: a mail's minute is a tenth of a second. The full
ones, and what they measured: bench/faults/ and docs/reliability.md.
"""

import pytest

from bench.faults import mail, mail_killed
from bench.faults.__main__ import rows
from bench.faults.mailserver import MailServer
from bench.stand import stand

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


def test_whatever_the_mail_server_does_no_mail_is_lost(
    running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "QUICK", 60)  # other tests run beside this one
    monkeypatch.setattr(mail, "DOWN", {"down": 0.5, "silent": 0.5})
    monkeypatch.setattr(mail, "LETTERS", 1)
    of_addresses = ("well", "greylist", "full", "unknown", "drop")
    monkeypatch.setattr(mail, "TOGETHER", (("down",), ("silent",), of_addresses))
    figures = mail.hurt_at(*running, people=1, mails=1)
    assert figures["kept"], figures
    assert all("`mail`" in row for row in rows("mail", figures))


def test_a_killed_worker_loses_no_mail_and_repeats_one_at_most(running) -> None:
    figures = mail_killed.hurt_at(*running, mails=20, kills=2)
    assert figures["kept"], figures
    assert all("`mail_killed`" in row for row in rows("mail_killed", figures))
