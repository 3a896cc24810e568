"""The control chart of a card as a picture, and the card's figures in sentences."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from calibration.effect.baseline import WEEK
from calibration.effect.card import Card, Per
from calibration.effect.controlchart import Point
from calibration.effect.ratio import Ratio
from calibration.effect.steps import Unit
from escalations.charts.control import Watched, control
from escalations.charts.drawing import Cell, Drawing, Table
from escalations.charts.scale import figure, percent
from escalations.charts.values import NONE, About, Value

Link = Callable[[date, date], str]


def picture(card: Card, *, name: str, topic: str, since: date, link: Link | None = None) -> Drawing:
    """Draw the chart of a card: `since` the day in force, `link(first, last)` to the lines of days.

    `name` is the figure's id on its page, `topic` the topic's name. A gap has no lines to link to.
    """
    steps, chart = card.steps, card.steps.chart
    aside = {day.on for day in card.spells.left_out}
    watched = []
    for place, (start, point) in enumerate(zip(steps.starts, chart.points, strict=True)):
        last = start + timedelta(days=WEEK - 1) if steps.unit is Unit.WEEK else start
        value = Value(
            label=short(start),
            value=point.value,
            said=_said(card, place, point),
            href=link(start, last) if link and steps.unit is not Unit.GAP else "",
            low=point.low,
            high=point.high,
        )
        days = {start + timedelta(days=n) for n in range((last - start).days + 1)}
        watched.append(_watched(value, point, is_aside=not days.isdisjoint(aside)))
    drawing = control(
        _about(card, name, topic),
        watched,
        centre=chart.centre,
        changed_at=steps.since,
        changed=f"in force {short(since)}",
    )
    return replace(drawing, table=_with_counts(card, drawing.table))


def _said(card: Card, place: int, point: Point) -> str:
    """A point in words: 3 Nov: 12 of 800 calls, 15 per 1,000; a gap says itself."""
    when = short(card.steps.starts[place])
    if point.value is None:
        return f"{when}: no denominator"
    if not card.steps.counts:
        return ""
    events, base = card.steps.counts[place]
    if card.per is Per.ALL:
        return f"{when}: {events} of {base or 0:,}, {percent(point.value)}"
    return f"{when}: {events} of {base or 0:,} calls, {_per_thousand(point.value)} per 1,000"


def _with_counts(card: Card, table: Table) -> Table:
    """The table with the counts behind each rate, which lead to their rows in its place."""
    if not card.steps.counts:
        return table
    unit, rate, *rest = table.headings
    base = "calls handled" if card.per is Per.CALLS else "all escalations"
    rows = []
    for (label, shown, *others), (events, of) in zip(table.rows, card.steps.counts, strict=True):
        counted = (Cell(f"{events:,}", shown.href), Cell(f"{of:,}" if of else NONE))
        rows.append((label, *counted, Cell(shown.words), *others))
    return Table((unit, "escalations", base, rate, *rest), tuple(rows))


def sentences(card: Card) -> list[str]:
    """What a card says besides its verdict, plainest first; each whole by itself."""
    said = [_rates(card)]
    if card.ratio and card.ratio.value is not None:
        said.append(f"That is {_times(card.ratio)}.")
    if card.swing > 1.05 and card.judged:
        said.append(
            f"The days swing {figure(round(card.swing, 1))} times as much as chance lets them: "
            f"judged by the wider interval {_interval(card.judged)}."
        )
    if card.others and card.others.ratio and card.others.ratio.value is not None:
        said.append(f"Untouched topics in the same days: {_times(card.others.ratio)}.")
    if card.series:
        level = card.series.level
        said.append(f"Apart from the trend, the level changed to {_times(level)}.")
    if card.spells.left_out:
        first, last = card.spells.left_out[0].on, card.spells.left_out[-1].on
        said.append(f"Left out: {short(first)} to {short(last)}, when it was chosen and changed.")
    if without := card.before.without + card.after.without:
        said.append(f"{without} shift days have no denominator and count on neither side.")
    return said


def short(day: date) -> str:
    """A day on an axis: 3 Nov."""
    return f"{day.day} {day:%b}"


def _watched(value: Value, point: Point, *, is_aside: bool) -> Watched:
    return Watched(value, is_out=point.is_out, in_run=point.in_run, is_aside=is_aside)


def _about(card: Card, name: str, topic: str) -> About:
    chart, unit = card.steps.chart, card.steps.unit
    signals = len(chart.out)
    summary = f"A {chart.kind} by {unit}: {len(chart.points)} points, {signals} beyond the limits."
    if not chart.has_limits:
        summary = f"By {unit}: {len(chart.points)} points, too few before for limits."
    if unit is Unit.GAP:
        title = f"{topic}: shift days from one escalation to the next"
        return About(name, title, summary, "days", "until", "Longer is rarer.")
    shown = percent if card.per is Per.ALL else _per_thousand
    return About(name, f"{topic}, {card.per}", summary, str(card.per), unit, shown=shown)


def _per_thousand(share: float) -> str:
    return figure(round(1000 * share, 2))


def _rates(card: Card) -> str:
    before, after = card.before, card.after
    shown = percent if card.per is Per.ALL else _per_thousand
    if before.rate is None:
        return f"{before.events} escalations before and {after.events} after, with no rate of them."
    usual = f"{shown(before.rate)} before ({before.events} in {before.days} shift days)"
    if after.rate is None:
        return f"{usual}, {card.per}; there is no rate after it yet."
    return f"{usual} and {shown(after.rate)} after ({after.events} in {after.days}), {card.per}."


def _times(ratio: Ratio) -> str:
    value = "" if ratio.value is None else figure(round(ratio.value, 2))
    return f"{value} times as many (95 % interval {_interval(ratio)})"


def _interval(ratio: Ratio) -> str:
    high = "no end" if ratio.high is None else figure(round(ratio.high, 2))
    return f"{figure(round(ratio.low, 2))} to {high}"
