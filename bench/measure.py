"""Taking turns: the measured thing and what it is compared with, so that noise meets all alike."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

Timed = Callable[[], float]
"""Does something once and gives the seconds it took."""

WARM_UP = 3
TOO_LONG = 3.0
"""Seconds."""


def in_turns(things: Mapping[str, Timed], rounds: int, patience: float = 60.0) -> dict[str, Any]:
    """Do each thing `rounds` times, A B C A B C …, and give its `summary`.

    Warms up first. Stops early, after five rounds at least, when `patience` seconds are over. What
    takes longer than TOO_LONG is done once only: its warm-up is its measurement.
    """
    seconds: dict[str, list[float]] = {name: [] for name in things}
    for name, thing in things.items():
        if (taken := thing()) > TOO_LONG:
            seconds[name].append(taken)
    names = [name for name, taken in seconds.items() if not taken]
    for _ in range(min(WARM_UP, rounds) - 1):
        for name in names:
            things[name]()
    deadline = time.monotonic() + patience
    for done in range(rounds):
        if done >= 5 and time.monotonic() > deadline:
            break
        first = done % max(len(names), 1)
        for name in names[first:] + names[:first]:
            seconds[name].append(things[name]())
    return {name: summary(taken) for name, taken in seconds.items()}


def summary(seconds: Sequence[float]) -> dict[str, float]:
    """Median and 95th percentile in milliseconds, and of how many."""
    ordered = sorted(seconds)
    return {
        "p50": round(1000 * statistics.median(ordered), 3),
        "p95": round(1000 * ordered[max(0, round(0.95 * len(ordered)) - 1)], 3),
        "n": len(ordered),
    }


def at_once(thing: Timed, count: int, hands: int = 8) -> tuple[float, list[float]]:
    """Do a thing `count` times, `hands` at a time; give the rate per second and each one's time."""
    began = time.perf_counter()
    with ThreadPoolExecutor(hands) as crowd:
        taken = list(crowd.map(lambda _: thing(), range(count)))
    return count / (time.perf_counter() - began), taken


def rates_in_turns(things: Mapping[str, Timed], count: int, rounds: int = 4) -> dict[str, Any]:
    """Do each thing eight at a time, in blocks that take turns; per thing the rate and p95."""
    found: dict[str, list[tuple[float, list[float]]]] = {name: [] for name in things}
    for thing in things.values():
        at_once(thing, 8)
    for _ in range(rounds):
        for name, thing in things.items():
            found[name].append(at_once(thing, count))
    return {
        name: {
            "per_second": round(statistics.median(rate for rate, _ in blocks), 1),
            **summary([one for _, taken in blocks for one in taken]),
        }
        for name, blocks in found.items()
    }
