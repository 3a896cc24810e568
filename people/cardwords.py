"""Card numbers in what an action is given: masked once more, and said in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from people.cards import Found, mask
from people.models import Program


def without_cards(said: Mapping[str, Any], program: Program | None = None) -> dict[str, Any]:
    """The same words by field, texts without card numbers."""
    allowed = program.let_through if program else ()
    return {
        name: mask(value, allowed).text if isinstance(value, str) and value else value
        for name, value in said.items()
    }


def one_line_without_cards(text: str, program: Program, *, longest: int = 300) -> str:
    """A typed text on one line of at most `longest` characters, without card numbers.

    Masked first and cut afterwards: a number that the cut would divide is no number any more, and
    its first half would stay.
    """
    said = str(without_cards({"text": text.replace("\0", "")}, program)["text"])
    return " ".join(said.split())[:longest].rstrip()


def masked_words_said(found: Sequence[Found]) -> str:
    """What the person is told: the last four digits of each number, or that a code was masked."""
    lasts = list(dict.fromkeys(one.last for one in found))
    if not lasts:
        return "A card’s security code was masked."
    if len(lasts) == 1:
        return f"A card number ending {lasts[0]} was masked."
    if len(lasts) > 5:
        return f"{len(lasts)} card numbers were masked."
    return f"Card numbers ending {', '.join(lasts[:-1])} and {lasts[-1]} were masked."
