"""The chart of the night: its lines by the hour, over what is usual in the same hours."""

from __future__ import annotations

from escalations.charts.drawing import HEIGHT, WIDTH, Cell, Drawing, Key, Mark, Stroke, Table
from escalations.charts.lines import areas, points
from escalations.charts.scale import Plane, at, axis, beneath, box, figure, path, steps
from reports.board.board import Board
from reports.board.usual import USUALLY, Usual

FEWEST_HOURS = 8
"""Hours that are drawn even when nothing usually comes in the last of them."""

MANY_HOURS = 14
"""Beyond these every second word under the hours makes room on the wall."""

TITLE = "Lines by the hour"
USUAL, RANGE = "usually", "fewest to most"


def picture(board: Board, log: str) -> Drawing:
    """Draw it; `log` is the address of the log sheet, to which each hour of tonight leads."""
    count = _shown_hours(board)
    values, usual = board.hours[:count], board.usual_hours[:count]
    marks = steps(max([*values, *(one.most for one in usual if one)], default=0), whole=True)
    plane = Plane(count, marks[-1])
    behind, labels = axis(plane, marks, [figure(mark) for mark in marks])
    keys = [Key("this shift", "look-1", box(1, 1, 14, 14))]
    keys.append(Key("the present hour", "look-1", box(1, 1, 14, 14), "stripes"))
    before: list[Stroke] = []
    if board.days:
        ranged = areas(plane, [(one.fewest, one.most) if one else (None, None) for one in usual])
        course = path(points(plane, [one.middle if one else None for one in usual]))
        behind.append(Stroke(ranged, "band"))
        before.append(Stroke(course, "usual"))
        keys += [Key(USUAL, "usual", "M0 8L16 8"), Key(RANGE, "band", box(0, 2, 16, 12))]
    return Drawing(
        name="night",
        kind="night-long" if count > MANY_HOURS else "night",
        title=TITLE,
        summary=_summary(board),
        note="",
        width=at(WIDTH),
        height=at(HEIGHT),
        behind=tuple(behind),
        marks=tuple(_mark(board, plane, n, log) for n in range(count)),
        before=tuple(before),
        labels=(*labels, *beneath(plane, board.labels[:count])),
        keys=tuple(keys),
        patterns=("stripes",),
        table=_table(board, count, log),
    )


def _shown_hours(board: Board) -> int:
    """So many that the present one is among them, and those in which something usually comes."""
    busy = [n for n, one in enumerate(board.usual_hours) if board.hours[n] or (one and one.most)]
    return min(len(board.hours), max([board.place, FEWEST_HOURS - 1, *busy]) + 1)


def _mark(board: Board, plane: Plane, n: int, log: str) -> Mark:
    lines = board.hours[n]
    width = min(40.0, plane.pitch * 0.6)
    top = plane.y(lines)
    column = box(plane.x(n) - width / 2, top, width, plane.bottom - top) if lines else ""
    stripes = "stripes" if lines and n == board.place else ""
    return Mark(column, "look-1", _said(board, n), _href(board, n, log), plane.column(n), stripes)


def _said(board: Board, n: int) -> str:
    usually = board.usual_hours[n]
    said = []
    if n <= board.place:
        said.append(f"{board.hours[n]}{' so far' if n == board.place else ''}")
    if usually:
        said.append(f"{USUAL} {_usual(usually)}")
    return f"{board.labels[n]}: {', '.join(said) or 'nothing known'}"


def _usual(one: Usual) -> str:
    return f"{figure(one.middle)} ({one.fewest} to {one.most})"


def _href(board: Board, n: int, log: str) -> str:
    """To the lines of the hour; nowhere where the sheet cannot tell it from another."""
    hour = board.linked[n]
    is_past = n <= board.place
    return (
        f"{log}?shift={board.day}&hour={hour}&count=logged" if is_past and hour is not None else ""
    )


def _summary(board: Board) -> str:
    if not board.days:
        return "Lines of this shift by the hour; no shift day before to compare it with."
    days = "the shift day before" if board.days == 1 else f"the {board.days} shift days before"
    return f"Lines of this shift by the hour, over the median and the range of {days}. {USUALLY}"


def _table(board: Board, count: int, log: str) -> Table:
    rows = []
    for n in range(count):
        usually = board.usual_hours[n]
        mine = Cell(str(board.hours[n]), _href(board, n, log)) if n <= board.place else Cell("–")
        many = Cell(figure(usually.middle) if usually else "–")
        most = Cell(f"{usually.fewest} to {usually.most}" if usually else "–")
        rows.append((Cell(board.labels[n]), mine, many, most))
    return Table(("Hour from", "this shift", USUAL, RANGE), tuple(rows))
