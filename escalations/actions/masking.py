"""Card numbers in a line: masked whoever logs it, noted with the line, and taken for no card."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.utils import timezone

from escalations.models import Escalation, MaskedNumber
from people.cards import Found, mask
from people.history import told
from people.models import Membership, Program
from people.retries import whole

FIELDS = (
    "concern",
    "resolution",
    "offered",
    "refused_because",
    "wanted",
    "customer_ref",
    "void_reason",
)
"""The free texts of a line."""
MORE_FIELDS: tuple[str, ...] = ("agent", "reason", "time", "callback_at")
MORE_FIELDS += ("feedback_text", "text", "words", "result", "again_at")  # beside the line
MOST = 20
"""Numbers noted with one change, at most."""
_SAID = re.compile(r"([a-z_]{1,20}) (\d{6}) (\d{4}) (1[3-9])", re.ASCII)


class Mark(NamedTuple):
    """A number that was masked, and the field it was typed into."""

    field: str
    found: Found


def marks_said(posted: Iterable[str]) -> tuple[Mark, ...]:
    """Read what a browser, or the site's door, says it masked; what is no such thing is nothing."""
    marks = []
    for text in list(posted)[:MOST]:
        said = _SAID.fullmatch(text)
        if said and said[1] in FIELDS + MORE_FIELDS:
            marks.append(Mark(said[1], Found(said[2], said[3], int(said[4]))))
    return tuple(marks)


def without_cards(words: Mapping[str, Any], program: Program) -> tuple[dict[str, Any], list[Mark]]:
    """The same words by field without card numbers, and which numbers that were."""
    marks: list[Mark] = []
    changed: dict[str, Any] = dict(words)
    for name, text in words.items():
        if not isinstance(text, str) or len(text) < 3:
            continue
        masked = mask(text)
        if masked.found and program.not_cards:
            masked = mask(text, program.let_through)
        if masked.text != text:
            changed[name] = masked.text
            marks += [Mark(name, found) for found in masked.found]
    return changed, marks


def note_masked(line: Escalation, marks: Iterable[Mark], *, by: Membership) -> None:
    """Note with a line which numbers were masked in it; nothing is asked when there is none."""
    rows = [
        MaskedNumber(
            program_id=by.program_id,
            escalation=line,
            field=field,
            first=found.first,
            last=found.last,
            digits=found.digits,
            by_id=by.user_id,
        )
        for field, found in list(dict.fromkeys(marks))[:MOST]
    ]
    if rows:
        MaskedNumber.objects.bulk_create(rows)


@whole
def not_a_card(number: MaskedNumber, *, by: Membership) -> MaskedNumber:
    """Let this very number through in the program from now on; said twice it is said once.

    What was masked does not come back: it is kept nowhere.
    """
    number = _locked(number, by=by)
    if number.not_a_card_at is None:
        number.not_a_card_at, number.not_a_card_by = timezone.now(), by.user
        _save(number, "not a card", by=by)
    return number


@whole
def a_card_after_all(number: MaskedNumber, *, by: Membership) -> MaskedNumber:
    """Take `not_a_card` back, wherever in the program it was said of this number."""
    number = _locked(number, by=by)
    if number.not_a_card_at is None:
        return number
    same = MaskedNumber.objects.let_through().filter(
        program=by.program_id, first=number.first, last=number.last, digits=number.digits
    )
    with told("a card after all", by=by):
        same.update(not_a_card_at=None, not_a_card_by=None)
    number.not_a_card_at = number.not_a_card_by = None
    _remember(by, "a card after all")
    return number


def _locked(number: MaskedNumber, *, by: Membership) -> MaskedNumber:
    if not by.may("clear_numbers"):
        raise PermissionDenied("Only the captain or a manager says that a number is no card.")
    Program.objects.select_for_update().get(pk=by.program_id)
    return MaskedNumber.objects.visible_to(by).select_related("not_a_card_by").get(pk=number.pk)


def _save(number: MaskedNumber, action: str, *, by: Membership) -> None:
    with told(action, by=by):
        number.save(update_fields=["not_a_card_at", "not_a_card_by"])
    _remember(by, action)


def _remember(by: Membership, action: str) -> None:
    """Keep the list of numbers let through with the program, where every page has it."""
    let_through = MaskedNumber.objects.let_through().filter(program=by.program_id)
    shapes = let_through.order_by("first").values_list("first", "last", "digits").distinct()
    by.program.not_cards = [f"{first} {last} {digits}" for first, last, digits in shapes]
    with told(action, by=by):
        by.program.save(update_fields=["not_cards"])
