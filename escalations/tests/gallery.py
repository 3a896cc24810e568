"""One of each chart with made-up numbers, for tests and for looking at."""

from random import Random

from config.jinja import template
from escalations.charts.bars import bar, pareto, stacked
from escalations.charts.control import Watched, control
from escalations.charts.heat import heat
from escalations.charts.lines import line, sparkline
from escalations.charts.scale import percent
from escalations.charts.values import About, Series, Value

CHANCE = Random(5)
DAYS = [f"{n} Nov" for n in range(1, 29)]
TOPICS = ["Late fees and waivers", "Unauthorized changes on the account", "Modem rental", "Other"]


def counts(labels, most=20, href="/rows/"):
    return [
        Value(label, CHANCE.randrange(most), href=href and f"{href}?at={n}")
        for n, label in enumerate(labels)
    ]


def rate(labels):
    found = []
    for label in labels:
        share = CHANCE.uniform(0.005, 0.02)
        found.append(Value(label, share, low=share * 0.7, high=share * 1.4))
    found[9] = Value(labels[9], None, said=f"{labels[9]}: no denominator")
    return found


def watched():
    points = []
    for n in range(40):
        share = CHANCE.uniform(0.01, 0.016) if n < 26 else CHANCE.uniform(0.002, 0.007)
        share = 0.024 if n in {20, 21} else share
        value = Value(f"Week {n + 1}", share, low=0.005, high=0.021 + 0.001 * (n % 3))
        points.append(
            Watched(value, is_out=share > 0.023, in_run=n >= 26, is_aside=n in {22, 23, 24})
        )
    return points


def drawings():
    """Every kind of picture but heat tables and sparklines."""
    share = {"shown": percent}
    return [
        bar(
            About(
                "perday",
                "Escalations per shift day",
                "From 0 to 20 a day.",
                "escalations",
                "shift day",
            ),
            counts(DAYS),
        ),
        bar(
            About("few", "Three teams", "North has most.", "rate", "team", **share),
            rate(TOPICS * 3)[:3],
        ),
        stacked(
            About("parts", "How they ended", "Most are resolved.", "escalations", "shift day"),
            [
                Series(name, counts(DAYS, 8))
                for name in ("resolved", "answered", "forwarded", "unresolved", "void")
            ],
        ),
        line(
            About(
                "rate",
                "Escalation rate",
                "About 1 %.",
                "escalations ÷ calls",
                "shift day",
                note="A day without call volumes has no denominator.",
                **share,
            ),
            rate(DAYS),
            usual=[0.012] * 28,
            usually="same hour of the last 28 shift days",
        ),
        pareto(
            About("pareto", "Topics", "Two topics are most of it.", "escalations", "topic"),
            [Value(t, n, href="/x/") for t, n in zip(TOPICS, (12, 40, 3, 9), strict=True)],
        ),
        control(
            About(
                "control",
                "Late fees per 1,000 calls",
                "Lower since 3 October.",
                "share of calls",
                "week",
                **share,
            ),
            watched(),
            centre=0.0131,
            changed_at=26,
            changed="in force 3 Oct",
        ),
        bar(About("none", "Nothing yet", "No escalations.", "escalations", "shift day"), []),
        line(
            About("one", "One day", "One day only.", "rate", "day", **share), rate(TOPICS * 3)[:1]
        ),
    ]


def gallery() -> str:
    """All of them as HTML."""
    hours = [f"{hour:02}" for hour in (*range(18, 24), *range(6))]
    warm = heat(
        About("peaks", "Peaks", "Fridays at 21:00.", "escalations", "weekday"),
        [
            Series(day, counts(hours, 14))
            for day in ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
        ],
    )
    spark = sparkline([3, 4, 2, None, 8, 9, 12], "Rising: 12 on the last day")
    pictures = [template("charts/chart.jinja").render(chart=one) for one in drawings()]
    pictures.append(template("charts/heat.jinja").render(heat=warm))
    pictures.append(template("charts/spark.jinja").render(spark=spark))
    return "\n".join(pictures)
