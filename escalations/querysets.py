"""What can be asked of the log: chainable, read aloud."""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.db import connection, models
from django.db.models import Count, F, Func, Q, TextField, Value

from people.models import Agent, Membership, Program

if TYPE_CHECKING:
    from escalations.models import Escalation  # noqa: F401  named by the class below
    from escalations.rows import SheetRow

CLOSE_ENOUGH = 0.4
"""pg_trgm word similarity from which a misspelt word counts (`unlcok` finds `unlock`)."""

MOST_AGENTS = 2000
"""Agents that the words of one search may mean, at most."""


def folded(word: str) -> Func:
    """A search word in the form of the search column: lower case, without accents."""
    return Func(Value(word), function="tala_folded", output_field=TextField())


class EscalationQuerySet(models.QuerySet["Escalation"]):
    """Lines of the log."""

    def visible_to(self, membership: Membership) -> Self:
        """The lines of the member's program, for who may read its log; else none."""
        if not membership.may("read_log"):
            return self.none()
        return self.filter(program=membership.program_id)

    def in_shift(self, program: Program, day: date) -> Self:
        """Lines of one shift day."""
        return self.between(*program.shift_bounds(day))

    def between(self, start: datetime | None, end: datetime | None) -> Self:
        """Lines that occurred in [start, end), either side open when None."""
        found = self
        if start:
            found = found.filter(occurred_at__gte=start)
        if end:
            found = found.filter(occurred_at__lt=end)
        return found

    def with_status(self, status: str) -> Self:
        """Lines in one status."""
        return self.filter(status=status)

    def with_feedback(self, feedback: str) -> Self:
        """Lines whose feedback has come so far; void lines owe none."""
        return self.filter(feedback=feedback).exclude(status="void")

    def newest_first(self) -> Self:
        """As on the sheet."""
        return self.order_by("-occurred_at", "-pk")

    def paper_order(self) -> Self:
        """As on the paper form: oldest first."""
        return self.order_by("occurred_at", "pk")

    def as_rows(self) -> list[SheetRow]:
        """What the sheet shows of these lines, in one query."""
        from escalations.rows import READ, SheetRow

        return [SheetRow(*values) for values in self.values_list(*READ)]

    def matching(self, words: list[str], program: Program) -> Self:
        """Lines that hold every word (or its beginning) in their text, agent or number."""
        found, agents = self, _agents(program, words, nearly=False)
        for word in words:
            meant = Q(search_text__contains=folded(word)) | Q(agent__in=agents[word])
            if word.lstrip("#").isdecimal() and len(word) < 10:
                meant |= Q(number=int(word.lstrip("#")))
            found = found.filter(meant)
        return found

    def nearly_matching(self, words: list[str], program: Program) -> Self:
        """Lines that hold something spelt like every word, in their text or the agent's name."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('pg_trgm.word_similarity_threshold', %s, false)",
                [str(CLOSE_ENOUGH)],
            )
        found, agents = self, _agents(program, words, nearly=True)
        for word in words:
            near = Q(search_text__trigram_word_similar=folded(word))
            found = found.filter(near | Q(agent__in=agents[word]))
        return found

    def totals(self) -> dict[str, int]:
        """`logged`, `unresolved`, `owed`: void lines count in none of them."""
        alive = ~Q(status="void")
        return self.aggregate(
            logged=Count("pk", filter=alive),
            unresolved=Count("pk", filter=Q(status="unresolved")),
            owed=Count("pk", filter=alive & Q(feedback="owed")),
        )

    def capped_count(self, cap: int = 10_000) -> int:
        """How many, but never counting past `cap` + 1."""
        return self.order_by()[: cap + 1].count()


def _agents(program: Program, words: list[str], *, nearly: bool) -> dict[str, list[int]]:
    """Per word the agents it may mean, by name or beginning of the ID; one query for all words."""
    plain = Func(F("name"), function="tala_folded", output_field=TextField())
    fits: dict[str, Q] = {}
    for place, word in enumerate(words):
        if nearly:
            fits[f"fits_{place}"] = Q(plain__trigram_word_similar=folded(word))
        else:
            is_name = Q(plain__contains=folded(word))
            fits[f"fits_{place}"] = is_name | Q(employee_id__istartswith=word)
    found: dict[str, list[int]] = {word: [] for word in words}
    agents = Agent.objects.filter(program=program).annotate(plain=plain)
    meant = agents.annotate(**fits).filter(reduce(or_, fits.values(), Q()))
    for pk, *which in meant.order_by("pk").values_list("pk", *fits)[:MOST_AGENTS]:
        for word, is_meant in zip(words, which, strict=True):
            if is_meant:
                found[word].append(pk)
    return found
