"""What the figures of "did it work?" are: the same words on hover, on paper and in the docs."""

from __future__ import annotations

from dataclasses import dataclass

from reports.definitions.number import ZONE


@dataclass(frozen=True)
class Figure:
    """A figure of a best practice’s card: what it is, its unit, and where its rule comes from."""

    slug: str
    name: str
    rule: str
    unit: str = "escalations"
    source: str = ""
    zone: str = ZONE
    population: str = ""

    @property
    def hover(self) -> str:
        """All of it in one line."""
        parts = [self.rule, self.population, f"Source: {self.source}." if self.source else ""]
        return " ".join(part for part in parts if part)


DAYS = Figure(
    "effect-days",
    "Shift days",
    "Before: at most 182 until the day its session was prepared or its letter written, without the "
    "seven days before that and each week before them in which the topic was rising. After: whole "
    "shift days in force, at most 364, without those at the end of whose lines few have a topic "
    "yet.",
    unit="shift days",
)
LINES = Figure(
    "effect-lines",
    "Escalations of the topic",
    "Lines of its topic and of what was merged into it, void ones left out; per 1,000 calls only "
    "those of hours with a call volume.",
)
CALLS = Figure(
    "effect-calls",
    "Calls handled",
    "Calls handled in the hours that have a call volume; the others are no denominator.",
    unit="calls",
)
ALL = Figure(
    "effect-all",
    "All escalations",
    "All lines of these days, void ones left out, with and without a topic.",
)
RATE = Figure(
    "effect-rate",
    "Per 1,000 calls",
    "Escalations ÷ calls handled × 1,000. By calls if four weeks before, or all there are, and "
    "half of the days after have a call volume. A day without one counts on neither side.",
    unit="per 1,000 calls handled",
)
SHARE = Figure(
    "effect-share",
    "Share of all escalations",
    "Escalations of the topic ÷ all escalations of these days, where there are too few call "
    "volumes to divide by.",
    unit="percent",
)
RATIO = Figure(
    "effect-ratio",
    "Times as many",
    "The rate after ÷ the rate before, with its exact 95 % interval: given their sum, the "
    "escalations after are binomial.",
    unit="ratio",
    source="Przyborowski and Wilenski (1940), Biometrika 31, 313–323",
)
JUDGED = Figure(
    "effect-judged",
    "Judged by",
    "The same interval, as much wider as the days swing more than chance lets them.",
    unit="ratio",
    source="McCullagh and Nelder (1989), Generalized Linear Models, 4.5.2 and 9",
)
UNTOUCHED = Figure(
    "effect-untouched",
    "Untouched topics",
    "Topics with lines before, to which no answer came into force or ended in these days, counted "
    "in the same hours. If they changed the same way and the topic not tellingly more, so did "
    "everything else.",
)
OTHERS = Figure(
    "effect-others",
    "Times as many of the untouched",
    "Their rate after ÷ their rate before on the very same days, with the interval they are "
    "compared by.",
    unit="ratio",
    source="Altman and Bland (2003), BMJ 326, 219",
)
LEVEL = Figure(
    "effect-level",
    "Level apart from the trend",
    "The rate after ÷ what the trend before lets expect, by week, from twelve weeks on both sides "
    "on: an interrupted time series, quasi-Poisson.",
    unit="ratio",
    source="Lopez Bernal, Cummins and Gasparrini (2017), Int. J. Epidemiology 46, 348–355",
)
CHART = Figure(
    "effect-chart",
    "Control chart",
    "p′ by shift day or week where a point has five escalations on average, else the days between "
    "escalations (g). Limits are of the baseline alone, from twelve points on. Signals: beyond a "
    "limit, or eight on one side.",
    unit="a point",
    source="Laney (2002), Quality Engineering 14, 531–537; Benneyan (2001), Health Care Management "
    "Science 4, 305–318",
)
VERDICT = Figure(
    "effect-verdict",
    "Verdict",
    "Changed: the interval judged by leaves out 1. No difference: half as many would have shown. "
    "Until then too early, at least for two weeks; too rare if it would take more than a year.",
    unit="one of eight sentences",
)

FIGURES: tuple[Figure, ...] = (
    *(VERDICT, DAYS, LINES, CALLS, ALL, RATE, SHARE, RATIO, JUDGED, UNTOUCHED, OTHERS),
    *(LEVEL, CHART),
)
