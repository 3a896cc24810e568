"""Figures of the reports that count no lines: calls, rates, intervals, ages, agreement, limits."""

from __future__ import annotations

from escalations.navcounts import MOST
from reports.board.rising import RULE as RISES
from reports.board.rising import SOURCE
from reports.board.usual import USUALLY
from reports.definitions.effect import Figure
from reports.definitions.number import LINES
from reports.definitions.waiting import LETTER_AGE, LINE_AGE

HOURS = (
    "Population: the clock hours of the shift days asked for that have a call volume, whichever "
    "topic, team, agent, SME or severity is asked for."
)
RECORDED = "the hourly volumes a manager records from the phone system’s report"
WILSON = (
    "Wilson (1927), Journal of the American Statistical Association 22, 209–212; Newcombe (1998), "
    "Statistics in Medicine 17, 857–872, method 3"
)

CALLS = Figure(
    "calls",
    "Calls handled",
    "The calls handled in the hours that have a call volume; an hour belongs to the shift day in "
    "which it begins.",
    unit="calls",
    source=RECORDED,
    population=HOURS,
)
VOLUME_HOURS = Figure(
    "volume-hours",
    "Hours with a call volume",
    "How many of the clock hours that begin in these shift days have a call volume. One without is "
    "“no denominator”, never 0 calls.",
    unit="clock hours",
    source=RECORDED,
    population=HOURS,
)
RATE = Figure(
    "rate",
    "Escalation rate",
    "Lines that occurred in an hour with a call volume ÷ calls handled in those hours, with "
    "Wilson’s 95 % interval. Without any such hour, or with more lines than calls, there is no "
    "rate.",
    unit="percent of calls handled",
    source=f"{RECORDED}; the interval: {WILSON}",
    population=f"{LINES} {HOURS}",
)
WAIT = Figure(
    "wait",
    "Average wait",
    "The average seconds a caller waited, weighted by calls over the hours that say one.",
    unit="minutes and seconds",
    source=RECORDED,
    population=HOURS,
)
HANDLING = Figure(
    "handling",
    "Average handling time",
    "The average seconds a call was handled, weighted by calls over the hours that say one.",
    unit="minutes and seconds",
    source=RECORDED,
    population=HOURS,
)
INTERVAL = Figure(
    "interval",
    "95 % interval of a share",
    "Wilson’s score interval: the shares among which the true one is, as far as so few lines can "
    "tell. There is none where there is nothing to divide by.",
    zone="",
    unit="percent",
    source=WILSON,
)
TIME_TO_GIVE = Figure(
    "time-to-give",
    "Half were given",
    "The earliest of 4 hours, 24 hours, 3 days and 7 days (of 24 hours) after the escalation "
    "within which at least half of the feedback that was given was given.",
    unit="one of five bands",
    population=LINES,
)
OWED_AGE = Figure(
    "owed-age",
    "Age of feedback owed",
    "Whole shift days from the shift day of the escalation to the current one; this shift’s is 0.",
    unit="shift days",
    population=LINES,
)
NIGHTS = "Lines of the current shift and of the shift days before it, void ones left out."
RISING = Figure("rising", "Rising topic", RISES, "yes or no", SOURCE, population=NIGHTS)
USUAL = Figure("usual", "Usually", USUALLY, population=NIGHTS)
OVERDUE = Figure(
    "callback-overdue",
    "Call-backs overdue",
    "Promised call-backs of all shifts whose time is past and that were not made; counted to "
    f"{MOST - 1}.",
    unit="call-backs",
    population="Every line of the program that is not void.",
)

AGREEMENT = (
    "Population: the cases of one blind round that two or more SMEs answered, with the session’s "
    "whole list of answers."
)
PERCENT = Figure(
    "agreement-percent",
    "Pairwise agreement",
    "The mean over cases of the share of pairs of SMEs who gave the same answer. Where all agree, "
    "“all agreed” is said instead of a coefficient.",
    zone="",
    unit="percent of pairs",
    source="Gwet (2008), British Journal of Mathematical and Statistical Psychology 61, 29–48",
    population=AGREEMENT,
)
AC1 = Figure(
    "agreement-ac1",
    "Gwet’s AC1",
    "Pairwise agreement beyond chance, with its 95 % interval by t over cases; “too few to say” "
    "below 10 cases or 3 SMEs.",
    zone="",
    unit="coefficient, at most 1",
    source="Gwet (2008) as above; Gwet (2014), Handbook of Inter-Rater Reliability, chapter 5",
    population=AGREEMENT,
)
ALPHA = Figure(
    "agreement-alpha",
    "Krippendorff’s alpha",
    "1 - observed ÷ expected disagreement, for nominal answers.",
    zone="",
    unit="coefficient, at most 1",
    source="Krippendorff (2011), Computing Krippendorff’s Alpha-Reliability, section C",
    population=AGREEMENT,
)
P_LIMITS = Figure(
    "limits-p",
    "Limits of a p′ chart",
    "p̄ ± 3 σ √(p̄(1 - p̄) ÷ n), between 0 and 1; σ is how much more the baseline swings than chance "
    "lets it, by its mean moving range, and 1 on a p chart.",
    zone="",
    unit="share",
    source="NIST/SEMATECH e-Handbook of Statistical Methods, 6.3.3.2; Laney (2002), Quality "
    "Engineering 14, 531–537",
)
G_LIMITS = Figure(
    "limits-g",
    "Limits of a g chart",
    "ḡ ± 3 √(ḡ(ḡ + 1)), at least 0; runs are judged by the median, ḡ ln 2.",
    zone="",
    unit="days between escalations",
    source="Benneyan (2001), Health Care Management Science 4, 305–318; Provost and Murray (2011), "
    "The Health Care Data Guide, chapter 7",
)

GROUPS: tuple[tuple[str, tuple[Figure, ...]], ...] = (
    ("Calls and rates", (CALLS, VOLUME_HOURS, RATE, WAIT, HANDLING, INTERVAL)),
    ("Time and ages", (TIME_TO_GIVE, OWED_AGE, LINE_AGE, LETTER_AGE)),
    ("The shift board", (USUAL, RISING, OVERDUE)),
    ("Agreement in calibration sessions", (PERCENT, AC1, ALPHA)),
    ("Control charts", (P_LIMITS, G_LIMITS)),
)
