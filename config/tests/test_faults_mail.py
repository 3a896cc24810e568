"""A mail server that fails in every way, and a worker killed while it sends: short forms.

The full ones, and what they measured: bench/faults/ and docs/reliability.md.
"""

import pytest

from bench.faults import mail, mail_killed
from bench.faults.__main__ import rows

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("faults")]


def test_whatever_the_mail_server_does_no_mail_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mail, "QUICK", 5.0)  # other tests run beside this one
    monkeypatch.setattr(mail, "DOWN", {"down": 1.5, "silent": 1.5})
    figures = mail.hurt(people=1, mails=2)
    assert figures["kept"], figures
    assert all("`mail`" in row for row in rows("mail", figures))


def test_a_killed_worker_loses_no_mail_and_repeats_one_at_most() -> None:
    figures = mail_killed.hurt(people=1, mails=30, kills=3)
    assert figures["kept"], figures
    assert all("`mail_killed`" in row for row in rows("mail_killed", figures))
