"""A session as it is looked at: who has answered, and from the reveal on what they answered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from calibration.agreement import Agreement, Change, Match, agreement, change, matches
from calibration.models import Case, Participant, Position, Ruling, Session
from people.models import Membership, User

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
Table = list[list[str | None]]


@dataclass
class Group:
    """Answers to a case that count as equal: which way, and who gave them."""

    number: int
    positions: list[Position] = field(default_factory=list)
    start: float = 0.0
    share: float = 0.0

    @property
    def letter(self) -> str:
        """How it is called on the page."""
        return LETTERS[(self.number - 1) % len(LETTERS)]

    @property
    def dispositions(self) -> list[str]:
        """The choices in it, each once."""
        return list(dict.fromkeys(position.disposition for position in self.positions))


@dataclass
class CaseShown:
    """A revealed case: its answers in groups, the largest first, and what was ruled."""

    case: Case
    groups: list[Group]
    pairwise: float | None
    ruling: Ruling | None = None

    @property
    def answers(self) -> int:
        """How many answered it."""
        return sum(len(group.positions) for group in self.groups)

    @property
    def dissenting(self) -> list[Position]:
        """The answers that chose otherwise than was ruled."""
        if self.ruling is None:
            return []
        every = [position for group in self.groups for position in group.positions]
        return [one for one in every if one.disposition != self.ruling.disposition]


@dataclass
class Revealed:
    """Everything a revealed session shows, the case with the largest split first."""

    cases: list[CaseShown]
    agreement: Agreement
    asked: list[Participant]
    matches: list[tuple[User, Match]] = field(default_factory=list)
    change: Change | None = None

    @property
    def by_order(self) -> list[CaseShown]:
        """The cases in their order, as minutes have them."""
        return sorted(self.cases, key=lambda one: one.case.order)

    @property
    def letters(self) -> str:
        """The groups that answers can be put into, one more than there are people."""
        return LETTERS[: max(2, min(len(self.asked) + 1, 12))]

    @property
    def unruled(self) -> int:
        """Cases that wait for their ruling."""
        return sum(one.ruling is None for one in self.cases)


def read_revealed(session: Session, member: Membership) -> Revealed:
    """All of a revealed session for one member; their matches are all for a captain.

    Of everybody else's match with the rulings a member sees their own alone.
    """
    cases = list(session.cases.order_by("order"))
    rulings = _rulings(session, member)
    given = positions_of(session, member)
    by_case: dict[int, list[Position]] = defaultdict(list)
    for position in given:
        by_case[position.case_id].append(position)
    people = _people(given)
    table = table_of(cases, given, people)
    found = agreement(table, session.dispositions)
    shown = [
        CaseShown(case, grouped(by_case[case.pk]), counts.pairwise, rulings.get(case.order))
        for case, counts in zip(cases, found.cases, strict=True)
    ]
    shown.sort(key=lambda one: (one.pairwise is None, one.pairwise or 0.0, one.case.order))
    asked = list(session.participants.with_answered().select_related("user"))
    seen = Revealed(shown, found, asked)
    ruled = [r.disposition if (r := rulings.get(case.order)) else None for case in cases]
    seen.matches = _matches(table, ruled, people, member)
    if session.first_round_id and session.first_round:
        seen.change = _changed(session.first_round, session, member)
    return seen


def positions_of(session: Session, member: Membership) -> list[Position]:
    """The answers of a session that the member may see, with who gave them."""
    found = Position.objects.visible_to(member).filter(case__session=session)
    return list(found.select_related("by", "grouping").order_by("case__order", "pk"))


def grouped(positions: Iterable[Position]) -> list[Group]:
    """Answers by the captain's groups; without his word equal choices are one group."""
    groups: dict[int, Group] = {}
    said: dict[str, int] = {}
    chosen = {p.pk: p.grouping.group for p in positions if hasattr(p, "grouping")}
    free = (number for number in range(1, 100) if number not in chosen.values())
    for position in positions:
        number = chosen.get(position.pk)
        if number is None:
            if position.disposition not in said:
                said[position.disposition] = next(free)
            number = said[position.disposition]
        groups.setdefault(number, Group(number)).positions.append(position)
    found = sorted(groups.values(), key=lambda group: (-len(group.positions), group.number))
    total, start = sum(len(group.positions) for group in found) or 1, 0.0
    for place, group in enumerate(found, start=1):
        group.number, group.start = place, start  # A is the largest
        group.share = 100 * len(group.positions) / total
        start += group.share
    return found


def table_of(cases: list[Case], given: list[Position], people: list[User]) -> Table:
    """One row per case with one disposition per person, None for no answer."""
    said = {(position.case_id, position.by_id): position.disposition for position in given}
    return [[said.get((case.pk, person.pk)) for person in people] for case in cases]


def _people(given: Iterable[Position]) -> list[User]:
    people = {position.by_id: position.by for position in given}
    return sorted(people.values(), key=lambda user: (str(user).lower(), user.pk))


def _rulings(session: Session, member: Membership) -> dict[int, Ruling]:
    """The rulings by the order of their case; a second round has those of the first."""
    of = session.first_round_id or session.pk
    found = Ruling.objects.visible_to(member).filter(case__session=of)
    return {r.case.order: r for r in found.select_related("case", "by")}


def _matches(
    table: Table, ruled: list[str | None], people: list[User], member: Membership
) -> list[tuple[User, Match]]:
    if not any(ruled):
        return []
    is_captain = member.may("run_sessions")
    every = zip(people, matches(table, ruled), strict=True)
    return [(user, one) for user, one in every if is_captain or user.pk == member.user_id]


def _changed(first: Session, second: Session, member: Membership) -> Change:
    """What the second round changed, of everybody who answered in either."""
    before, after = positions_of(first, member), positions_of(second, member)
    people = _people([*before, *after])
    cases = [list(one.cases.order_by("order")) for one in (first, second)]
    return change(
        table_of(cases[0], before, people),
        table_of(cases[1], after, people),
        first.dispositions,
    )
