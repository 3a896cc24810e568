"""The library as a file: JSON, because its texts have lines and no cell may become a formula."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from calibration.models import Authority, BestPractice
from calibration.models.practices import PARTS
from calibration.twopages import LONGEST

FORMAT = "tala-practices-1"
TOO_LARGE = 2_000_000
"""Bytes; the words of some four hundred full cards."""
MOST = 500


class BadLibrary(ValueError):
    """The file is none of ours; the text says what to do."""


def packed(practices: Iterable[BestPractice]) -> dict[str, Any]:
    """The practices as a file's content, in their order."""
    return {"format": FORMAT, "cards": [_card(one) for one in practices]}


def _card(one: BestPractice) -> dict[str, str]:
    words = {name: getattr(one, name) for name in ("title", *PARTS)}
    about = {"kind": one.kind, "topic": one.topic.name if one.topic else ""}
    return {**about, "authority": one.authority, **words, "source": one.source}


def read(data: bytes) -> list[dict[str, str]]:
    """The cards of a file; raises BadLibrary with what is wrong and where."""
    if len(data) > TOO_LARGE:
        raise BadLibrary("This file is too large to be a library.")
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BadLibrary("This is no library: export one under Best practices.") from error
    cards = found.get("cards") if isinstance(found, dict) else None
    if not isinstance(cards, list) or found.get("format") != FORMAT:
        raise BadLibrary("This is no library: export one under Best practices.")
    if len(cards) > MOST:
        raise BadLibrary(f"A file holds at most {MOST} cards.")
    return [_read(number, card) for number, card in enumerate(cards, start=1)]


def _read(number: int, card: object) -> dict[str, str]:
    names = ("kind", "topic", "authority", "title", *PARTS, "source")
    if not isinstance(card, dict):
        raise BadLibrary(f"Card {number} cannot be read.")
    said = {name: card.get(name, "") for name in names}
    if not all(isinstance(value, str) and len(value) <= LONGEST for value in said.values()):
        raise BadLibrary(f"Card {number} cannot be read.")
    if said["kind"] not in ("answer", "technique") or said["authority"] not in Authority.values:
        raise BadLibrary(f"Card {number} does not say what it is or by whose word.")
    return {name: str(value).encode("utf-8", "replace").decode() for name, value in said.items()}
