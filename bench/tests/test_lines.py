"""The made-up lines: as many as asked for, the same each time, none in the future."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import cache

from bench.lines import COLUMNS, FIXED_SHIFT, Desk, copied_lines, older_shift
from bench.words import COMMON_WORD, NOWHERE, full_names, rare_numbers

NOW = datetime(2026, 11, 20, 17, 30, tzinfo=UTC)
STARTS = datetime(2026, 11, 20, 10, tzinfo=UTC)
DESKS = [Desk(1, 0.7, range(40), range(30)), Desk(2, 0.3, range(40, 80), range(30))]


def written(count: int) -> list[str]:
    return list(copied_lines(count, DESKS, STARTS, NOW))


@cache
def made(count: int) -> list[dict[str, str]]:
    return [dict(zip(COLUMNS, line[:-1].split("\t"), strict=True)) for line in written(count)]


def test_as_many_lines_as_asked_for_and_the_same_each_time():
    lines = made(5_000)
    assert len(lines) == 5_000
    assert Counter(line["program_id"] for line in lines) == {"1": 3_500, "2": 1_500}
    assert written(5_000) == written(5_000)


def test_no_line_is_in_the_future_and_they_come_in_order():
    times = [datetime.fromisoformat(line["occurred_at"]) for line in made(5_000)]
    assert max(times) <= NOW
    assert times == sorted(times)
    assert min(times) < NOW - timedelta(days=365 * 2)


def test_tonight_and_one_older_shift_hold_the_same_at_every_size():
    for count in (2_000, 5_000):
        big = [line for line in made(count) if line["program_id"] == "1"]
        times = [datetime.fromisoformat(line["occurred_at"]) for line in big]
        older = older_shift(STARTS.date())
        assert sum(time >= STARTS for time in times) == FIXED_SHIFT
        assert sum((time - timedelta(hours=10)).date() == older for time in times) == FIXED_SHIFT


def test_searches_find_what_they_are_for():
    concerns = [line["concern"] for line in made(5_000) if line["program_id"] == "1"]
    assert sum(COMMON_WORD in concern for concern in concerns) > 100
    assert not any(NOWHERE in concern for concern in concerns)
    once = Counter(number for number in rare_numbers() for text in concerns if number in text)
    assert once
    assert set(once.values()) == {1}


def test_numbers_are_the_programs_own_and_run():
    for program in ("1", "2"):
        numbers = [int(line["number"]) for line in made(2_000) if line["program_id"] == program]
        assert numbers == list(range(1, len(numbers) + 1))


def test_names_are_different():
    assert len(set(full_names(400))) == 400
