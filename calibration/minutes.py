"""Minutes of a session as they fit two printed pages: texts are cut only as far as they must be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from calibration.models import Participant
from calibration.models.positions import LONGEST
from calibration.sessionview import CaseShown, Revealed
from calibration.twopages import shortened

LINES, WIDTH = 100, 92
"""Lines on two pages of A4 beside head and agreement, and characters in one, at 9.5 points."""
TITLE = 300
"""Characters of a case's concern, at most."""
WITH_NAMES = (4_000, 2_000, 1_400, 1_000, 800, 600, 480, 400, 320, 260, 220, 180)
"""How many characters of a text are tried, one after the other, until the minutes fit."""
WITH_NUMBERS = (*WITH_NAMES, 140, 100, 70, 45)
"""The same where people are named once, with a number, and stand in the cases by it."""


@dataclass(frozen=True)
class Chosen:
    """Answers that count as equal: the choices, how many, whose."""

    choices: str
    count: int
    whose: str


@dataclass(frozen=True)
class Minute:
    """One case: what it was about, who chose what, what was ruled ("" for no ruling) and why."""

    order: int
    concern: str
    chosen: tuple[Chosen, ...]
    ruling: str
    how: str
    reason: str
    dissent: str

    @property
    def lines(self) -> int:
        """How many printed lines it takes, at most; the gap after it is one."""
        title = (len(self.concern) + 4) * 5 // 4  # bold, and not as wide
        whose = sum(len(one.choices) + len(one.whose) + 12 for one in self.chosen)
        ruled = sum(map(len, (self.ruling, self.how, self.reason, self.dissent))) + 30
        return 1 + sum(ceil(n / WIDTH) for n in (title, whose or 1, ruled))


@dataclass(frozen=True)
class Minutes:
    """The cases in their order, who was asked, and whether any text had to be cut."""

    cases: list[Minute]
    asked: list[tuple[str, Participant]]
    is_cut: bool


def minutes(seen: Revealed) -> Minutes:
    """The longest minutes of a revealed session that fit two pages."""
    made = _minutes(seen, WITH_NAMES[0], {})
    for most, numbers in _tries(seen.asked):
        made = _minutes(seen, most, numbers)
        if _fits(made):
            break
    return made


def _tries(asked: Sequence[Participant]) -> Iterator[tuple[int, dict[int, int]]]:
    numbers = {one.user_id: number for number, one in enumerate(asked, start=1)}
    yield from ((most, {}) for most in WITH_NAMES)
    yield from ((most, numbers) for most in WITH_NUMBERS)


def _fits(made: Minutes) -> bool:
    """Whether they fit; no case is broken, so that the longest may leave its room on a page."""
    lines = [one.lines for one in made.cases]
    asked = sum(len(label) + len(str(one.user)) + 25 for label, one in made.asked)
    return sum(lines) + max(lines, default=0) + ceil(asked / WIDTH) <= LINES


def _minutes(seen: Revealed, most: int, numbers: dict[int, int]) -> Minutes:
    cases = [_minute(shown, most, numbers) for shown in seen.by_order]
    asked = [(f"{numbers[one.user_id]} = " if numbers else "", one) for one in seen.asked]
    is_cut = any(_texts(shown, most) != _texts(shown, LONGEST, LONGEST) for shown in seen.by_order)
    return Minutes(cases, asked, is_cut)


def _texts(shown: CaseShown, most: int, title: int = TITLE) -> list[str]:
    """Concern, how, reason and dissent of a case, each of at most so many characters."""
    ruling = shown.ruling
    ruled = (ruling.how, ruling.reason, ruling.dissent) if ruling else ("", "", "")
    concern = shortened(shown.case.concern, min(most, title))
    return [concern, *(shortened(text, most) for text in ruled)]


def _minute(shown: CaseShown, most: int, numbers: dict[int, int]) -> Minute:
    concern, how, reason, dissent = _texts(shown, most)
    return Minute(
        order=shown.case.order,
        concern=concern,
        chosen=tuple(
            Chosen(
                " / ".join(group.dispositions),
                len(group.positions),
                ", ".join(str(numbers.get(one.by_id, one.by)) for one in group.positions),
            )
            for group in shown.groups
        ),
        ruling=shown.ruling.disposition if shown.ruling else "",
        how=how,
        reason=reason,
        dissent=dissent,
    )
