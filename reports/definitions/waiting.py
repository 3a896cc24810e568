"""Figures of what waits: ages of lines and letters against the client's promise."""

from __future__ import annotations

from reports.definitions.effect import Figure
from reports.definitions.number import LINES

LINE_AGE = Figure(
    "line-age",
    "Age of what waits",
    "Whole shift days from the shift day of the escalation to the current one; this shift’s is 0. "
    "Against the days the client promises an answer in: the first half, up to nine tenths, the "
    "rest of it, and past it.",
    unit="shift days",
    population=LINES,
)
LETTER_AGE = Figure(
    "letter-age",
    "Age of letters",
    "The part of the time from a letter’s sending to its promised answer that has passed now: less "
    "than half, less than nine tenths, not all of it, or overdue.",
    unit="letters",
    population="Population: letters of the program that wait for the client’s answer now.",
)
