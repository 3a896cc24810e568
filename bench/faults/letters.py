"""Letters to the client that are ready to be sent, and the pages that send them and send again."""

import json
import sys
import time
from dataclasses import dataclass, field

from bench.floor import PROGRAM
from bench.stand import Session, Stand, run

FORWARDING = f"/p/{PROGRAM}/forwarding/"


@dataclass
class Letter:
    """One letter: its number, its version, and whoever gets it when it is sent again."""

    number: int
    version: int
    other_contact: int
    address: str
    other_address: str


@dataclass
class Desk:
    """A manager at work, with letters to send and letters that are out, by way of failing."""

    session: Session
    drafts: dict[str, list[Letter]]
    out: dict[str, list[Letter]]
    seconds: dict[str, list[float]] = field(default_factory=lambda: {"send": [], "again": []})

    def send_all(self, mode: str) -> set[str]:
        """Send the drafts and send again what is out; return the addresses that are written to."""
        self.seconds = {"send": [], "again": []}
        for letter in self.drafts[mode]:
            self._press(letter, "send", {"version": str(letter.version)})
        for letter in self.out[mode]:
            said = {"version": str(letter.version), "contact": str(letter.other_contact)}
            self._press(letter, "again", said)
        sent = {letter.address for letter in self.drafts[mode]}
        return sent | {letter.other_address for letter in self.out[mode]}

    def _press(self, letter: Letter, verb: str, said: dict[str, str]) -> None:
        began = time.monotonic()
        came = self.session.post(f"{FORWARDING}{letter.number}/{verb}/", said)
        self.seconds[verb].append(time.monotonic() - began)
        if came.status != 302:
            raise RuntimeError(f"Letter {letter.number} was answered {came.status}.")


def desk(site: Stand, session: Session, modes: tuple[str, ...], letters: int) -> Desk:
    """So many drafts, and so many letters that are out, for each way of failing."""
    said = run([sys.executable, "-m", "bench.faults.letters", str(letters), *modes], site.environ)
    made = json.loads(said.splitlines()[-1])
    held = {
        kind: {mode: [Letter(**one) for one in ones] for mode, ones in by_mode.items()}
        for kind, by_mode in made.items()
    }
    return Desk(session, held["drafts"], held["out"])


def make(letters: int, modes: list[str]) -> dict[str, dict[str, list[dict[str, object]]]]:
    """Write them with the site's own actions; what is out is sent here, and delivered."""
    made: dict[str, dict[str, list[dict[str, object]]]] = {"drafts": {}, "out": {}}
    for mode in modes:
        made["drafts"][mode] = [_letter(f"{mode}-send{n}", is_out=False) for n in range(letters)]
        made["out"][mode] = [_letter(f"{mode}-again{n}", is_out=True) for n in range(letters)]
    return made


def _letter(name: str, *, is_out: bool) -> dict[str, object]:
    from datetime import timedelta
    from uuid import uuid4

    from django.utils import timezone

    from escalations.actions import client_contacts, forwarding
    from escalations.models import Escalation
    from people.models import Agent, Membership

    by = Membership.objects.select_related("user", "program").earliest("pk")
    number = Escalation.objects.count() + 1
    line = Escalation.objects.create(
        program=by.program,
        agent=Agent.objects.earliest("pk"),
        logged_by=by.user,
        number=number,
        key=uuid4(),
        occurred_at=timezone.now() - timedelta(hours=1),
        concern=f"Concern {number}, <b>bold</b> as it is",
        status="unresolved",
    )
    address, other = f"{name}@client.example", f"{name}-other@client.example"
    contacts = [
        client_contacts.add({"name": f"Carla {one}", "email": one}, key=uuid4(), by=by)
        for one in (address, other)
    ]
    letter = forwarding.write([line], key=uuid4(), by=by)
    asked = {"concern": line.concern, "question": "What can be done?"}
    items = {item.pk: asked for item in letter.items.all()}
    said = {"contact": contacts[0], "subject": f"Letter {name}"}
    letter = forwarding.change(letter, said, items, version=letter.version, by=by)
    if is_out:
        letter = forwarding.send(letter, version=letter.version, by=by)
    return {
        "number": letter.number,
        "version": letter.version,
        "other_contact": contacts[1].pk,
        "address": address,
        "other_address": other,
    }


if __name__ == "__main__":
    from bench.load import django_on

    django_on()
    json.dump(make(int(sys.argv[1]), sys.argv[2:]), sys.stdout)
