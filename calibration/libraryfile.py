"""The library as a file: JSON, because its texts have lines and no cell may become a formula."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from calibration.models import Authority, BestPractice
from calibration.models.practices import GUIDES, PARTS
from calibration.twopages import LONGEST
from escalations.actions.topic_places import root_of

FORMAT = "tala-practices-1"
TOO_LARGE = 2_000_000
"""Bytes; the words of some four hundred full cards."""
MOST = 500


class BadLibrary(ValueError):
    """The file is none of ours; the text says what to do."""


def packed(practices: Iterable[BestPractice]) -> dict[str, Any]:
    """The practices as a file's content, in their order."""
    return {"format": FORMAT, "cards": [_card(one) for one in practices]}


def _card(one: BestPractice) -> dict[str, Any]:
    words = {name: getattr(one, name) for name in ("title", *PARTS)}
    about = {"kind": one.kind, "topic": root_of(one.topic).name if one.topic else ""}
    guide = {"guide": one.guide, "guide_place": one.guide_place}
    return {**about, **guide, "authority": one.authority, **words, "source": one.source}


def read(data: bytes) -> list[dict[str, Any]]:
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


def _read(number: int, card: object) -> dict[str, Any]:
    names = ("kind", "topic", "authority", "title", *PARTS, "source", "guide")
    if not isinstance(card, dict):
        raise BadLibrary(f"Card {number} cannot be read.")
    said, place = {name: card.get(name, "") for name in names}, card.get("guide_place", 0)
    if not all(isinstance(value, str) and len(value) <= LONGEST for value in said.values()):
        raise BadLibrary(f"Card {number} cannot be read.")
    said = {name: _cleaned(value) for name, value in said.items()}
    if said["kind"] not in ("answer", "technique") or said["authority"] not in Authority.values:
        raise BadLibrary(f"Card {number} does not say what it is or by whose word.")
    if said["guide"] not in ("", *GUIDES) or type(place) is not int or not 0 <= place <= MOST:
        raise BadLibrary(f"Card {number} does not say where in the guide it stands.")
    return {**said, "guide_place": place if said["guide"] else 0}


def _cleaned(text: str) -> str:
    """As the database takes it: no NUL, no half of a pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()
