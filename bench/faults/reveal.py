"""Eight answers at the moment of the reveal, round after round: in or refused, none changed after.

In every round four people give their first answer to a case and four change theirs, each a random
moment before or after the captain's reveal; then it is read at once, and again at the end.
"""

import random
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

from bench.faults.load import connect
from bench.faults.report import Figures, script
from bench.stand import Session, Stand, run

SESSIONS = "/p/skyline/calibration/sessions"
PEOPLE = 8
SPREAD = 0.08
"""Seconds over which the answers and the reveal of one round are spread."""

MAKE = """
import uuid
from datetime import timedelta
import django
django.setup()
from django.utils import timezone
from calibration.models import Case, Participant, Position, Session
from escalations.models import Escalation, Topic
from people.models import Agent, CaptainAppointment, Membership, Program, User
program = Program.objects.get(slug="skyline")
users = list(User.objects.filter(username__in=[f"sme{{n}}" for n in range(1, {people} + 1)]))
users.sort(key=lambda user: int(user.username[3:]))
CaptainAppointment.objects.create(program=program, user=users[0], appointed_by=users[0])
topic = Topic.objects.create(program=program, name="Fee", slug="fee", created_by=users[0])
agent = Agent.objects.filter(program=program).first()
now = timezone.now()
line = Escalation.objects.create(program=program, number=999_999, key=uuid.uuid4(), agent=agent,
    logged_by=users[0], occurred_at=now, concern="waive the fee", topic=topic)
for number in range(1, {rounds} + 1):
    session = Session.objects.create(program=program, number=number, key=uuid.uuid4(), topic=topic,
        state="open", opened_at=now, deadline=now + timedelta(days=1), prepared_by=users[0],
        dispositions=program.dispositions)
    case = Case.objects.create(session=session, escalation=line, order=1, concern="waive the fee")
    Participant.objects.bulk_create(Participant(session=session, user=user) for user in users)
    for user in [users[0], *users[1::2]]:
        Position.objects.create(case=case, by=user, key=uuid.uuid4(), disposition="transfer",
            how="Before.")
"""

READ = """
SELECT who.username, given.disposition, given.how, given.version
FROM calibration_position AS given JOIN people_user AS who ON who.id = given.by_id
JOIN calibration_case AS asked ON asked.id = given.case_id
JOIN calibration_session AS session ON session.id = asked.session_id WHERE session.number = %s
"""


def hurt(site: Stand, *, people: int, rounds: int) -> Figures:
    """Reveal so many sessions while the people beside the captain answer in each."""
    run([sys.executable, "-c", MAKE.format(people=people, rounds=rounds)], site.environ)
    captain, *smes = [site.sign_in(f"sme{n}") for n in range(1, people + 1)]
    chance, link = random.Random(11), connect(site.database_url)
    link.autocommit = True
    figures: Figures = dict.fromkeys(
        ("acknowledged", "refused", "changed_after", "lost", "unclear"), 0
    )
    shown: dict[int, dict[str, tuple[str, str, int]]] = {}
    with ThreadPoolExecutor(people) as pool, link.cursor() as cursor:

        def read(number: int) -> dict[str, tuple[str, str, int]]:
            cursor.execute(READ, [number])
            return {who: (choice, how, version) for who, choice, how, version in cursor.fetchall()}

        for number in range(1, rounds + 1):
            start = threading.Barrier(people)
            waits = [chance.uniform(0, SPREAD) for _ in range(people)]
            jobs = [
                pool.submit(_answer, sme, number, place, start, waits[place])
                for place, sme in enumerate(smes, start=1)
            ]
            revealed = pool.submit(_reveal, captain, number, start, waits[0]).result()
            shown[number] = read(number)
            answers = [job.result() for job in jobs]
            figures["unclear"] += revealed != 302
            _tally(figures, answers, shown[number])
        figures["changed_after"] = sum(read(number) != shown[number] for number in shown)
    link.close()
    broken = figures["changed_after"] + figures["lost"] + figures["unclear"]
    return {**figures, "answers": rounds * (people - 1), "kept": broken == 0}


def _answer(sme: Session, number: int, place: int, start: threading.Barrier, wait: float) -> int:
    """One person's answer; those in odd places change what they said before."""
    said = {"key": str(uuid4()), "version": str(place % 2), "disposition": "explain"}
    said |= {"how": f"By sme{place + 1}.", "why": ""}
    start.wait(60)
    threading.Event().wait(wait)
    return sme.post(f"{SESSIONS}/{number}/1/", said).status


def _reveal(captain: Session, number: int, start: threading.Barrier, wait: float) -> int:
    start.wait(60)
    threading.Event().wait(wait)
    return captain.post(f"{SESSIONS}/{number}/reveal/", {"version": "1"}).status


def _tally(figures: Figures, answers: list[int], shown: dict[str, tuple[str, str, int]]) -> None:
    """Count what was taken and is there, what was refused and is not, and everything else."""
    for place, status in enumerate(answers, start=1):
        name, changes = f"sme{place + 1}", place % 2 == 1
        new = ("explain", f"By {name}.", 2 if changes else 1)
        old = ("transfer", "Before.", 1) if changes else None
        if status == 302:
            figures["acknowledged"] += 1
            figures["lost"] += shown.get(name) != new
        elif status == 409:
            figures["refused"] += 1
            figures["unclear"] += shown.get(name) != old
        else:
            figures["unclear"] += 1


if __name__ == "__main__":
    sys.exit(script("reveal", hurt, people=PEOPLE + 1, stands={"workers": 4}, rounds=500))
