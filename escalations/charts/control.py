"""The control chart as a picture: points, limits, the date of a change, what signals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from escalations.charts.drawing import Cell, Drawing, Key, Label, Mark, Stroke, Table
from escalations.charts.lines import areas, points
from escalations.charts.scale import Plane, at, axis, beneath, box, path, shape, steps
from escalations.charts.values import NONE, About, Value, drawn, said, shown_or_none


@dataclass(frozen=True)
class Watched:
    """A point of a control chart; its value's `low` and `high` are the limits there.

    `is_out` is beyond them, `in_run` in a run on one side, `is_aside` left out of the baseline.
    """

    value: Value
    is_out: bool = False
    in_run: bool = False
    is_aside: bool = False

    @property
    def look(self) -> str:
        """The first that holds of: beyond a limit, in a run, left out; else usual."""
        if self.is_out:
            return "out"
        if self.in_run:
            return "run"
        return "aside" if self.is_aside else "usual"

    @property
    def words(self) -> str:
        """All that hold of it, for the table; a dash for none."""
        held = {"out": self.is_out, "run": self.in_run, "aside": self.is_aside}
        return ", ".join(LOOKS[look][0] for look, holds in held.items() if holds) or NONE


LOOKS = {
    "usual": ("", "circle"),
    "aside": ("left out of the baseline", "circle"),
    "run": ("eight or more on one side", "square"),
    "out": ("beyond a limit", "diamond"),
}


def control(
    about: About,
    watched: Sequence[Watched],
    *,
    centre: float | None,
    changed_at: int | None = None,
    changed: str = "",
) -> Drawing:
    """Draw a control chart; `changed_at` is the first place after the change named `changed`.

    Signals differ in shape as well as in colour, and the table says them in words.
    """
    values = [one.value for one in watched]
    most = max((max(v.value or 0, v.high or 0) for v in values), default=0)
    marks = steps(max(most, centre or 0), whole=about.shown(1.5) == about.shown(2))
    plane = Plane(len(values), marks[-1])
    behind, labels = axis(plane, marks, [about.shown(mark) for mark in marks])
    keys: list[Key] = []
    if limits := areas(plane, [(v.low, v.high) for v in values]):
        behind.append(Stroke(limits, "limits"))
        keys.append(Key("between the limits", "limits", box(0, 2, 16, 12)))
    if centre is not None:
        y = plane.y(centre)
        behind.append(Stroke(path([(plane.left, y), (plane.right, y)]), "centre"))
        keys.append(Key(f"mean of the baseline, {about.shown(centre)}", "centre", "M0 8L16 8"))
    if changed_at is not None:
        x = plane.left + changed_at * plane.pitch
        behind.append(Stroke(path([(x, plane.top - 6), (x, plane.bottom)]), "changed"))
        side = ("end", -5) if changed_at > len(values) / 2 else ("start", 5)
        labels.append(Label(at(x + side[1]), at(plane.top - 8), changed, side[0], "changed"))
    behind.append(Stroke(path(points(plane, [v.value for v in values])), "line-1 ch-thin"))
    dots = [_dot(about, plane, place, one) for place, one in enumerate(watched)]
    seen = {one.look for one in watched if one.value.value is not None}
    keys += [
        Key(words, f"dot-{look}", shape(kind, 8, 8))
        for look, (words, kind) in LOOKS.items()
        if words and look in seen
    ]
    labels += beneath(plane, [value.label for value in values])
    return drawn(about, "control", behind, dots, labels, table=_table(about, watched), keys=keys)


def _dot(about: About, plane: Plane, place: int, one: Watched) -> Mark:
    words = said(one.value, about.shown)
    if told := LOOKS[one.look][0]:
        words = f"{words} · {told}"
    d = ""
    if one.value.value is not None:
        size = min(4.0, max(2.0, plane.pitch * 0.45)) + (1 if one.look in {"out", "run"} else 0)
        d = shape(LOOKS[one.look][1], plane.x(place), plane.y(one.value.value), size)
    return Mark(d, f"dot-{one.look}", words, one.value.href, plane.column(place))


def _table(about: About, watched: Sequence[Watched]) -> Table:
    rows = []
    for one in watched:
        value = one.value
        limits = NONE
        if value.low is not None and value.high is not None:
            limits = f"{about.shown(value.low)} to {about.shown(value.high)}"
        shown = Cell(shown_or_none(value.value, about.shown), value.href)
        rows.append((Cell(value.label), shown, Cell(limits), Cell(one.words)))
    return Table((about.of, about.unit, "limits", "signal"), tuple(rows))
