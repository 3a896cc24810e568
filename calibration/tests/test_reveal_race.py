"""Answers at the very moment of the reveal: in or refused, never changed after, never lost.

In full, over the production server: bench/faults/reveal.py.
"""

import random
import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.db.utils import IntegrityError

from calibration.actions.positions import answer
from calibration.actions.sessions import reveal
from calibration.models import Case, Position
from calibration.tests.factories import topic
from calibration.tests.sessionworld import give, lines_of, make_session, revealed
from conftest import member
from escalations.tests.crowd import at_once
from people.refusals import ActionRefused

ROUNDS, PEOPLE = 20, 8


def stored(session):
    rows = Position.objects.filter(case__session=session).order_by("pk")
    return {row.by_id: (row.disposition, row.how, row.version) for row in rows}


@pytest.mark.django_db(transaction=True)
def test_an_answer_at_the_reveal_is_in_or_refused(cora):
    late_fee = topic(cora, "Late fee", "waive the fee")
    people = [member(f"sme{n}", cora.program, "sme") for n in range(PEOPLE)]
    users = [cora.user, *(one.user for one in people)]
    chance = random.Random(5)
    for _ in range(ROUNDS):
        one_round(cora, people, make_session(late_fee, lines_of(late_fee), users), chance)


def one_round(captain, people, session, chance):
    """Half of them change an answer, half give their first, while the captain reveals."""
    give(session, captain.user, "explain", how="The captain's own.")
    for one in people[::2]:
        give(session, one.user, "transfer", how="Before.")
    case = Case.objects.select_related("session").get(session=session)
    waits = [chance.uniform(0, 0.02) for _ in (*people, captain)]

    def say(one):
        version = 1 if one in people[::2] else 0
        said = {"disposition": "explain", "how": f"By {one.user}.", "why": ""}
        try:
            answer(Case.objects.select_related("session").get(pk=case.pk), **said, key=uuid4(),
                   version=version, by=one)  # fmt: skip
        except ActionRefused:
            return False
        return True

    def show():
        reveal(session, version=1, by=captain)
        return stored(session)  # what everybody can see from this moment on

    def do(which):
        threading.Event().wait(waits[which])
        return say(people[which]) if which < len(people) else show()

    *taken, shown = at_once(len(people) + 1, do)
    failed = [one for one in (*taken, shown) if isinstance(one, Exception)]
    assert failed == []
    assert stored(session) == shown, "changed after the reveal"
    for one, was_taken in zip(people, taken, strict=True):
        said = shown.get(one.user_id)
        changing = one in people[::2]
        if was_taken:
            assert said == ("explain", f"By {one.user}.", 2 if changing else 1)
        else:
            assert said == (("transfer", "Before.", 1) if changing else None)


def by_sql(session, given):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE calibration_position SET disposition = 'transfer'")


WAYS = {
    "given": lambda session, given: give(session, session.prepared_by, "transfer"),
    "changed": lambda session, given: Position.objects.update(how="Other words."),
    "taken away": lambda session, given: given.delete(),
    "by SQL": by_sql,
}


@pytest.mark.django_db
@pytest.mark.parametrize("way", WAYS)
def test_the_database_itself_takes_no_answer_after_the_reveal(way, cora, sam):
    late_fee = topic(cora, "Late fee", "waive the fee")
    session = make_session(late_fee, lines_of(late_fee), [cora.user, sam.user])
    given = give(session, sam.user, "explain")[0]
    revealed(session)
    with pytest.raises(IntegrityError, match="while their session is open"):
        WAYS[way](session, given)
