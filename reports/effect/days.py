"""The days of a best practice’s effect as a file: the figures as its page shows them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from calibration.effect.days import total
from escalations.exportcells import neutral
from escalations.workbook import workbook
from reports.definitions import effect as said
from reports.effect.page import EffectPage, shown_rate

WIDTHS = (12, 12, 24, 16, 16)


def headings(page: EffectPage) -> tuple[str, ...]:
    """The columns, by the names of the figures."""
    base, rate = (said.CALLS, said.RATE) if page.is_per_call else (said.ALL, said.SHARE)
    return "Shift day", "Part", f"Escalations of {page.name}", base.name, rate.name


def rows(page: EffectPage) -> Iterator[tuple[str, ...]]:
    """Each shift day compared or left out, oldest first; then the sums before and after."""
    card, spells = page.card, page.card.spells
    parts = (("before", spells.before), ("left out", spells.left_out), ("after", spells.after))
    for part, days in parts:
        for one in days:
            count = total([one])
            base = "" if one.base is None else str(one.base)
            rate = shown_rate(count, card.per)
            yield one.on.isoformat(), part, str(one.events), base, rate
    for part, count in (("before", card.before), ("after", card.after)):
        events, base = str(count.events), str(count.base)
        yield "Together", part, events, base, shown_rate(count, card.per)


def as_csv(page: EffectPage) -> str:
    """The whole file; no cell can be a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow([neutral(cell) for cell in headings(page)])
    writer.writerows([neutral(cell) for cell in row] for row in rows(page))
    return text.getvalue()


def as_xlsx(page: EffectPage) -> Iterator[bytes]:
    """The same as a workbook of one sheet."""
    return workbook(headings(page), WIDTHS, rows(page), name="Did it work")
