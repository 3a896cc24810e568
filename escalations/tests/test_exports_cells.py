"""A CSV that PostgreSQL writes is, byte for byte, the one that Python's own writer would write."""

import csv
import io
import random
from datetime import UTC, datetime, timedelta

import pytest

from escalations import exports
from escalations.exportcells import MORE, WORDS, CsvCell, neutral
from escalations.models import Escalation
from escalations.tests.factories import EscalationFactory
from people.models import Agent, Membership
from people.tests.factories import AgentFactory

LETTERS = (
    *(
        "a",
        "Z",
        "0",
        "9",
        "[",
        "`",
        "{",
        "~",
        ":",
        "@",
        "=",
        "+",
        "-",
        "'",
        '"',
        ",",
        ";",
        "|",
        "%",
    ),
    *(" ", "\t", "\n", "\r", "\r\n", "\x01", "\x0b", "\x1f", "\x7f", "\x85", "\xa0", "\u2028"),
    *("＝", "＋", "－", "＠", "﹦", "−", "–", "\u200b", "\u200e", "\u2060", "\ufeff", "\u3000"),
    *("\u202e", "ﷺ", "ñ", "e\u0301", "👩‍👧", "\\", "\\N", "%s", "{}", "''", '""', "$1", "É", "漢"),
)
NIGHTS = ("2026-11-01T05:00", "2026-03-08T06:00", "2026-07-04T21:30", "1999-12-31T22:00")
"""In New York: the clocks go back, they go forward, nothing happens, a year ends."""


@pytest.fixture
def olive(olga) -> Membership:
    """An SME of Harbor Wireless, whose clocks are New York's."""
    return olga


def some_cells(chance: random.Random, count: int) -> list[str]:
    pairs = [first + second for first in LETTERS for second in LETTERS]
    longer = ["".join(chance.choices(LETTERS, k=chance.randint(1, 9))) for _ in range(count)]
    return [*LETTERS, *pairs, *longer]


def by_python(rows, typed) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(exports.HEADINGS)
    for row in rows:
        writer.writerow([neutral(cell) if at in typed else cell for at, cell in enumerate(row)])
    return file.getvalue().encode()


def test_every_cell_is_neutral_and_quoted_as_python_does_it(olive):
    cells = some_cells(random.Random(6), 1500)
    agents = [
        Agent(program=olive.program, name=cell, employee_id=f"A{n}") for n, cell in enumerate(cells)
    ]
    Agent.objects.bulk_create(agents)
    asked = Agent.objects.filter(program=olive.program, name__in=cells).annotate(
        csv=CsvCell("name")
    )
    for name, said in asked.values_list("name", "csv"):
        file = io.StringIO()
        csv.writer(file).writerow([neutral(name), ""])
        assert said == file.getvalue().removesuffix(",\r\n"), repr(name)


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_csv_is_the_one_python_would_write(olive, is_whole, monkeypatch):
    monkeypatch.setattr(exports, "PIECE", 70)
    chance = random.Random(7)
    cells = some_cells(chance, 400)
    agents = [
        AgentFactory(program=olive.program, name=name) for name in ("=Ana", 'B "b" C', "Ñ, ñ")
    ]
    for number in range(300):
        night = datetime.fromisoformat(NIGHTS[number % len(NIGHTS)]).replace(tzinfo=UTC)
        words = {
            name: chance.choice(cells)[:80]
            for name in ("resolution", "offered", "refused_because", "wanted", "customer_ref")
        }
        is_void = not number % 9
        EscalationFactory(
            **words,
            agent=chance.choice(agents),
            concern=chance.choice(cells),
            logged_by=olive.user,
            occurred_at=night + timedelta(minutes=number),
            status="void" if is_void else chance.choice(["resolved", "unresolved"]),
            void_reason=chance.choice(cells) if is_void else "",
            feedback=chance.choice(["none", "owed"]),
            severity=chance.choice([None, 1, 4]),
            callback_at=chance.choice([None, night + timedelta(days=1)]),
        )
    lines = Escalation.objects.visible_to(olive)
    columns = [None, None, *WORDS, None, None, *MORE]
    typed = {at for at, column in enumerate(columns) if column and column.is_typed}
    rows = [*exports.rows_of(lines, by=olive, is_whole=is_whole)]
    assert len(rows) == 300
    written = b"".join(exports.as_csv(lines, by=olive, is_whole=is_whole))
    assert written == by_python(rows, typed)
    assert [*csv.reader(io.StringIO(written.decode(), newline=""))][1:] == [
        [neutral(cell) if at in typed else cell for at, cell in enumerate(row)] for row in rows
    ]


def test_a_line_s_clock_is_the_program_s_also_while_the_clocks_are_moved(olive):
    night = datetime(2026, 11, 1, 4, 50, tzinfo=UTC)
    for minute in range(0, 180, 7):
        EscalationFactory(
            agent=AgentFactory(program=olive.program),
            logged_by=olive.user,
            occurred_at=night + timedelta(minutes=minute),
        )
    rows = exports.rows_of(Escalation.objects.visible_to(olive), by=olive, is_whole=True)
    for row, minute in zip(rows, range(0, 180, 7), strict=True):
        at = night + timedelta(minutes=minute)
        assert row[1] == exports.say_time(at, olive.program.zone)
        assert row[8] == f"{at:%Y-%m-%dT%H:%MZ}"
