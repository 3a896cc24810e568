"""What the figures are said to mean: kept or missed, and the tables."""

import copy

import pytest

from bench.bounds import growth, verdicts
from bench.measure import in_turns, rates_in_turns, summary
from bench.report import say


def took(p50: float) -> dict[str, float]:
    return {"p50": p50, "p95": 2 * p50, "n": 50}


def page(kind: str, p50: float) -> dict:
    shown = {"kind": kind, "rows": 50, "queries": 6, "bytes": 50_000, "same_size": True}
    return {**shown, "page": took(p50), "floor": took(10), "empty": took(3), "raw": took(1)}


RESULT = {
    "at": "2026-11-20T17:30Z",
    "seconds": 600,
    "postgres": "18.6",
    "machine": {"cores": 2, "memory_gib": 24, "commit": "abc", "python": "3.11.7", "load": 0.1},
    "sizes": {
        str(lines): {
            "load": {"copy": 1.0},
            "pages": {
                "sheet": page("page", 15 + slower),
                "search: a rare number": page("search", 30),
                "one escalation": page("line", 12),
                "agent combobox": page("combobox", 5),
            },
            "creation": {
                "page": took(14),
                "with a topic": took(14.5),
                "raw": took(5),
                "empty": took(3),
                "queries": 7,
            },
            "crowd": {
                name: {"per_second": rate, **took(80)}
                for name, rate in (("sheet", 60.0), ("floor", 80.0), ("empty", 200.0))
            },
            "memory": {"rss": 90.0, "own": 40.0, "rise": 3.0},
            "admin": {
                "admin: newest page": {"beside": "sheet", "admin": took(900), "page": took(15)}
            },
        }
        for lines, slower in ((10_000, 0), (1_000_000, 3))
    },
}


def test_what_is_within_its_bound_is_kept():
    assert [one.promise for one in verdicts(RESULT) if not one.kept] == []
    assert "**missed**" not in say(RESULT)


@pytest.mark.parametrize(
    ("which", "p50"), [("sheet", 21), ("search: a rare number", 41), ("one escalation", 16)]
)
def test_a_slow_page_is_missed_and_named(which, p50):
    result = copy.deepcopy(RESULT)
    for found in result["sizes"].values():
        found["pages"][which]["page"] = took(p50)
    missed = [one.promise for one in verdicts(result) if not one.kept]
    assert len(missed) == 1
    assert which in missed[0]
    assert "**missed**" in say(result)


def test_a_page_that_does_not_answer_is_missed():
    result = copy.deepcopy(RESULT)
    result["sizes"]["1000000"]["pages"]["sheet"] = {"kind": "page", "status": 503}
    assert [one.promise for one in verdicts(result) if not one.kept] == ["sheet: answers"]
    assert "| sheet: answers | 503 |" in say(result)


def test_a_page_that_grows_with_the_log_is_missed():
    result = copy.deepcopy(RESULT)
    result["sizes"]["10000"]["pages"]["sheet"]["page"] = took(10)
    assert [one.bound for one in verdicts(result) if not one.kept] == [1.3]


def test_pages_that_show_fewer_lines_are_not_compared():
    full, short = page("page", 20), page("page", 5) | {"rows": 7}
    assert growth(full, short) is None
    assert growth(full | {"same_size": False}, full) is None
    assert growth(full, page("page", 10)) == 2


def test_compared_things_take_turns():
    order: list[str] = []

    def thing(name):
        return lambda: order.append(name) or 0.01

    found = in_turns({"a": thing("a"), "b": thing("b")}, 4)
    assert found["a"] == {"p50": 10.0, "p95": 10.0, "n": 4}
    assert order[-8:] == ["a", "b", "b", "a", "a", "b", "b", "a"]
    crowd = rates_in_turns({"a": thing("a")}, 16)
    assert crowd["a"]["n"] == 64


def test_the_median_and_the_slowest_twentieth():
    assert summary([n / 1000 for n in range(1, 101)]) == {"p50": 50.5, "p95": 95.0, "n": 100}


def test_saving_with_a_topic_has_a_verdict_of_its_own():
    result = copy.deepcopy(RESULT)
    result["sizes"]["1000000"]["creation"]["with a topic"] = took(16)
    missed = [one.promise for one in verdicts(result) if not one.kept]
    assert missed == ["saving a line with a topic, in saving one without"]


@pytest.mark.parametrize(("queries", "kept"), [(12, True), (13, False)])
def test_a_page_with_many_waiting_may_ask_twelve_questions(queries, kept):
    result = copy.deepcopy(RESULT)
    waiting = page("waiting", 90) | {"queries": queries}
    result["sizes"]["1000000"]["pages"]["forwarding, 100,000 waiting"] = waiting
    assert all(one.kept for one in verdicts(result)) is kept
