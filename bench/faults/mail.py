"""The mail server fails in every way a mail server can while letters go out and people are invited.

The worker's minute is a second here (MAIL_PAUSE), so that "down for five minutes" takes five
seconds; and a step of the talk may take 2 s instead of 10.
"""

import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bench.faults import letters
from bench.faults.load import connect
from bench.faults.mailserver import MailServer
from bench.faults.report import Figures, script
from bench.floor import PROGRAM, username
from bench.stand import Session, Stand, stand

INVITE = f"/p/{PROGRAM}/people/invitations/"
PAGE = f"/p/{PROGRAM}/people/mail/"
WAYS = ("well", "down", "silent", "greylist", "full", "unknown", "drop")
TOGETHER: tuple[tuple[str, ...], ...] = tuple((way,) for way in WAYS)
"""One after the other."""

DOWN = {"down": 5.0, "silent": 5.0}
"""Minutes until the server is well again; the other ways of failing heal by themselves."""

LETTERS = 5
"""Letters sent, and as many sent again, while the server fails in one way."""

QUICK = 0.3
"""Seconds within which a page that sends mail has to answer, whatever the mail server does."""

PATIENCE = 120.0


@dataclass
class Floor:
    """People who invite, in turn, a manager who forwards, and how long each page took."""

    sessions: list[Session]
    desk: letters.Desk
    seconds: list[float] = field(default_factory=list)
    invited: int = 0

    def invite(self, address: str) -> None:
        """Invite one person through the page; RuntimeError when it refuses."""
        session = self.sessions[self.invited % len(self.sessions)]
        self.invited += 1
        said = {"email": address, "name": "Ana, Cruz; <b>", "roles": "sme"}
        began = time.monotonic()
        came = session.post(INVITE, said)
        self.seconds.append(time.monotonic() - began)
        if came.status != 302:
            raise RuntimeError(f"The invitation was answered {came.status}.")

    def pages(self) -> Figures:
        """How long the pages took that queue a mail: inviting, sending a letter, sending again."""
        took = {"invite": self.seconds, **self.desk.seconds}
        everything = sorted(second for seconds in took.values() for second in seconds)
        slowest = {f"slowest_{name}_s": round(max(held), 3) for name, held in took.items()}
        return {
            "median_page_s": round(everything[len(everything) // 2], 3),
            **slowest,
            "slowest_page_s": round(everything[-1], 3),
        }


def ask(url: str, question: str, *values: Any) -> Any:
    """The one value that answers a question to the database."""
    link = connect(url)
    with link.cursor() as cursor:
        cursor.execute(question, values)
        found = cursor.fetchone()[0]
    link.close()
    return found


def waiting(url: str) -> int:
    """How many mails are still to be sent."""
    return int(ask(url, "SELECT count(*) FROM people_message WHERE state = 'queued'"))


def until(true: Any, patience: float = PATIENCE) -> float:
    """Wait until it is true; return the seconds that took, TimeoutError beyond the patience."""
    began = time.monotonic()
    while not true():
        if time.monotonic() - began > patience:
            raise TimeoutError
        time.sleep(0.05)
    return time.monotonic() - began


def do_a_job(site: Stand, session: Session) -> float:
    """Ask for a password nobody has; return the seconds until the worker did that job."""
    done = "SELECT count(*) FROM django_tasks_database_dbtaskresult WHERE status = 'SUCCESSFUL'"
    before = ask(site.database_url, done)
    session.post("/accounts/password/reset/", {"email": f"{before}@nowhere.example"})
    return until(lambda: ask(site.database_url, done) > before)


def fail(
    site: Stand, server: MailServer, floor: Floor, modes: Sequence[str], mails: int
) -> dict[str, Figures]:
    """Let the server fail, invite so many and send letters, let it be well, count; by way.

    Several ways at once are those that belong to an address.
    """
    server.become(modes[0] if len(modes) == 1 else "addressed")
    found: dict[str, Figures] = {}
    wanted = {}
    for mode in modes:
        floor.seconds.clear()
        wanted[mode] = {f"{mode}{n}@client.example" for n in range(mails)}
        for address in sorted(wanted[mode]):
            floor.invite(address)
        wanted[mode] |= floor.desk.send_all(mode)
        found[mode] = floor.pages()
    if modes[0] in DOWN:
        found[modes[0]]["other_job_done_after_s"] = round(do_a_job(site, floor.sessions[0]), 2)
        time.sleep(DOWN[modes[0]])
        server.become("well")
    over = {"all_over_s": round(until(lambda: waiting(site.database_url) == 0), 1)}
    for mode in modes:
        found[mode] |= over | arrived(site, server, floor, mode, wanted[mode])
    return found


def arrived(site: Stand, server: MailServer, floor: Floor, mode: str, wanted: set[str]) -> Figures:
    """What became of the mails to these addresses."""
    figures: Figures = server.figures(wanted)
    failed = "SELECT count(*) FROM people_message WHERE state = 'failed' AND to_email LIKE %s"
    figures["not_delivered"] = ask(site.database_url, failed, f"{mode}%")
    if mode == "unknown":
        figures["lost"] -= figures["not_delivered"]  # they are on the manager's page
        figures["tries"] = sum(server.asked[address] for address in wanted)
        said = floor.sessions[0].get(PAGE).text
        figures["words_shown"] = said.count("550 5.1.1 No such mailbox here")
    return figures


def hurt(*, people: int, mails: int) -> Figures:
    """Every way of failing, so many mails each, on a site of its own."""
    server = MailServer()
    environ = {
        "EMAIL_URL": f"smtp://127.0.0.1:{server.port}",
        "MAIL_PAUSE": "1",
        "MAIL_TIMEOUT": "2",
    }
    server.start()
    try:
        with stand(smes=people, worker=True, environ=environ) as site:
            return hurt_at(site, server, people=people, mails=mails)
    finally:
        server.stop()


def hurt_at(site: Stand, server: MailServer, *, people: int, mails: int) -> Figures:
    """The same on a site that runs already and writes to this server."""
    sessions = [site.sign_in(username(n + 1)) for n in range(people)]
    floor = Floor(sessions, letters.desk(site, sessions[0], ("warm", *WAYS), LETTERS))
    for n in range(people):  # the first pages of a new process compile their templates
        floor.invite(f"warm{n}@client.example")
    floor.desk.send_all("warm")
    until(lambda: waiting(site.database_url) == 0)
    found: dict[str, Figures] = {}
    for modes in TOGETHER:
        found |= fail(site, server, floor, modes, mails)
    server.become("well")
    health = site.health()
    slowest = max(held["slowest_page_s"] for held in found.values())
    repeats = {mode: held["doubled"] for mode, held in found.items()}
    sums = {
        name: sum(held[name] for held in found.values())
        for name in ("acknowledged", "lost", "doubled", "other_message_id")
    }
    pages = {
        name: max(held[name] for held in found.values())
        for name in ("slowest_invite_s", "slowest_send_s", "slowest_again_s")
    }
    each = mails + 2 * LETTERS
    return {
        **found,
        **sums,
        **pages,
        "health": health,
        "longest_until_acknowledged_s": slowest,
        "kept": sums["lost"] == sums["other_message_id"] == 0
        and repeats.pop("drop") <= each
        and not any(repeats.values())
        and found["unknown"]["tries"] == found["unknown"]["not_delivered"] == each
        and found["unknown"]["words_shown"] >= min(each, 100)
        and slowest <= QUICK,
    }


if __name__ == "__main__":
    sys.exit(script("mail", hurt, stands=None, mails=20))
