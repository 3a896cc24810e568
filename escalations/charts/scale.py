"""Where a value stands in a picture, round numbers for its axis, and shapes as paths."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10

from escalations.charts.drawing import HEIGHT, WIDTH, Label, Stroke

SMALLEST = 1e-9
LETTER, FEWEST_LABELS = 7.5, 4
"""The width of a letter of the axis; so many labels stand there, cut short if they must."""


def at(value: float) -> str:
    """A coordinate as SVG writes it, whatever the language: at most one decimal."""
    tenths = round(value * 10)
    return str(tenths // 10) if tenths % 10 == 0 else str(tenths / 10)


def figure(value: float) -> str:
    """A number for people: 1,204 · 12.5 · 0.04; whole numbers without decimals."""
    if value == round(value):
        return f"{value:,.0f}"
    digits = 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 1 - floor(log10(abs(value)))
    return f"{value:,.{digits}f}".rstrip("0").rstrip(".")


def whole(value: float) -> str:
    """A count for people, without decimals: its axis has whole numbers."""
    return f"{value:,.0f}"


def percent(value: float) -> str:
    """A share from 0 to 1 in percent: 12.5 %."""
    return f"{figure(round(100 * value, 2))} %"


def steps(most: float, *, whole: bool = False) -> list[float]:
    """Round numbers from 0 to at least `most`, four to six of them; whole ones for counts."""
    if not isfinite(most) or most < SMALLEST:
        return [0.0, 1.0]
    rough = most / 5
    power = 10 ** floor(log10(rough))
    step = next(power * nice for nice in (1, 2, 5, 10) if power * nice >= rough * 0.999999)
    step = max(1.0, step) if whole else step
    return [round(step * n, 12) for n in range(max(1, ceil(most / step - 1e-9)) + 1)]


@dataclass(frozen=True)
class Plane:
    """The plot's place in the picture, for `places` values side by side from 0 to `most`."""

    places: int
    most: float
    left: float = 60
    right: float = WIDTH - 14
    top: float = 36
    bottom: float = HEIGHT - 30

    @property
    def pitch(self) -> float:
        """The width of one place."""
        return (self.right - self.left) / max(1, self.places)

    def x(self, place: float) -> float:
        """The middle of a place, counted from 0."""
        return self.left + (place + 0.5) * self.pitch

    def y(self, value: float) -> float:
        """The height of a value; beyond the plot it stays at its edge."""
        share = min(1.0, max(0.0, value / self.most)) if self.most else 0.0
        return self.bottom - share * (self.bottom - self.top)

    def column(self, place: int) -> str:
        """The whole column of a place: where a pointer finds its value."""
        return box(self.left + place * self.pitch, self.top, self.pitch, self.bottom - self.top)


def box(x: float, y: float, width: float, height: float) -> str:
    """A rectangle as a path."""
    return f"M{at(x)} {at(y)}h{at(width)}v{at(height)}h{at(-width)}z"


def path(points: Iterable[tuple[float, float] | None]) -> str:
    """A line through points; None lifts the pen."""
    parts, pen = [], "M"
    for point in points:
        if point is None:
            pen = "M"
            continue
        parts.append(f"{pen}{at(point[0])} {at(point[1])}")
        pen = "L"
    return "".join(parts)


def shape(kind: str, x: float, y: float, size: float = 4) -> str:
    """A circle, square, triangle or diamond around a point."""
    if kind == "circle":
        half = f"a{at(size)} {at(size)} 0 1 0"
        return f"M{at(x - size)} {at(y)}{half} {at(2 * size)} 0{half} {at(-2 * size)} 0z"
    if kind == "square":
        return box(x - size * 0.9, y - size * 0.9, size * 1.8, size * 1.8)
    turned = {
        "triangle": ((0, -1.25), (1.15, 0.85), (-1.15, 0.85)),
        "diamond": ((0, -1.4), (1.4, 0), (0, 1.4), (-1.4, 0)),
    }[kind]
    return path((x + dx * size, y + dy * size) for dx, dy in turned) + "z"


def axis(
    plane: Plane, marks: Sequence[float], shown: Sequence[str]
) -> tuple[list[Stroke], list[Label]]:
    """The grid lines of some values and their words at the left."""
    lines = [
        Stroke(
            path([(plane.left, plane.y(m)), (plane.right, plane.y(m))]), "base" if not m else "grid"
        )
        for m in marks
    ]
    labels = [
        Label(at(plane.left - 6), at(plane.y(mark) + 4), words, "end", "axis")
        for mark, words in zip(marks, shown, strict=True)
    ]
    return lines, labels


def beneath(plane: Plane, words: Sequence[str]) -> list[Label]:
    """The words under the places: as many as fit, and every second of them spare on a phone."""
    longest = max(map(len, words), default=0) * LETTER + 2 * LETTER
    apart = max(1, min(ceil(longest / plane.pitch), ceil(len(words) / FEWEST_LABELS)))
    room = max(3, int(apart * plane.pitch / LETTER) - 1)
    return [
        Label(
            x=at(plane.x(n)),
            y=at(plane.bottom + 18),
            words=words[n] if len(words[n]) <= room else f"{words[n][: room - 1]}…",
            look="axis" if i % 2 == 0 else "axis ch-spare",
        )
        for i, n in enumerate(range(0, len(words), apart))
    ]
