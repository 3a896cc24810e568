"""`kill -9` of the worker, again and again, while it sends: none lost, at most one repeat a kill.

A mail that a killed worker was about to send belongs to it for 3 s here (MAIL_LEASE) instead of
three minutes, so that the measurement ends.
"""

import random
import sys
import time

from bench.faults.mail import until, waiting
from bench.faults.mailserver import MailServer
from bench.faults.report import Figures, script
from bench.stand import Stand, run, stand

LEASE = 3

QUEUE = """
import django
django.setup()
from people.actions.messages import queue
from people.models import Program, User
program, person = Program.objects.get(), User.objects.first()
for n in range({mails}):
    queue("note", to=f"reader{{n}}@client.example", subject=f"Word {{n}}", program=program,
          template="people/mail/password_reset", context={{"person": person, "link": "/"}})
"""


def hurt(*, people: int, mails: int, kills: int) -> Figures:
    """Kill the worker so many times during so many mails, on a site of its own."""
    server = MailServer()
    server.start()
    environ = {"EMAIL_URL": f"smtp://127.0.0.1:{server.port}", "MAIL_LEASE": str(LEASE)}
    try:
        with stand(smes=people, worker=True, environ=environ) as site:
            return hurt_at(site, server, mails=mails, kills=kills)
    finally:
        server.stop()


def hurt_at(site: Stand, server: MailServer, *, mails: int, kills: int) -> Figures:
    """The same on a site that runs already and writes to this server; its worker runs after it."""
    chance, killed, before = random.Random(7), 0, len(server.taken)
    server.become("well")
    worker = site.worker
    assert worker  # noqa: S101
    worker.stop(0)
    worker.command = [sys.executable, "manage.py", "worker"]  # nothing else is measured
    run([sys.executable, "-c", QUEUE.format(mails=mails)], site.environ)
    began = time.monotonic()
    while killed < kills:
        worker.start()
        share = before + (killed + 1) * mails / (kills + 1)
        until(lambda share=share: len(server.taken) >= share or not waiting_any(site))
        time.sleep(chance.uniform(0, 0.03))
        assert worker.process  # noqa: S101
        worker.process.kill()
        worker.process.wait()
        killed += 1
    worker.start()
    until(lambda: waiting(site.database_url) == 0)
    took = time.monotonic() - began
    counted = server.figures({f"reader{n}@client.example" for n in range(mails)})
    return {
        "killed": killed,
        **counted,
        "longest_until_acknowledged_s": round(took, 1),  # the whole sending
        "kept": counted["lost"] == counted["other_message_id"] == 0
        and counted["doubled"] <= killed
        and killed == kills,
    }


def waiting_any(site: Stand) -> bool:
    """Whether anything is left to be sent."""
    return waiting(site.database_url) > 0


if __name__ == "__main__":
    sys.exit(script("mail_killed", hurt, stands=None, people=1, mails=600, kills=50))
