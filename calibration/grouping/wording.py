"""The words of a concern: which ones say something, which two texts share, what names a group."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from math import log

ENDINGS = ("ings", "ing", "ed", "es", "s", "e")
SHORTEST_STEM = 3
"""Letters that are left of a word when its ending is taken off: billed and billing count as one."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")

_ENGLISH = """
a about after again all also am an and any are as at back be because been before being but by
can can't cannot cant could did didn't do does doesn't doing don't dont down for from get gets
getting give given go going got had has have having he her here him his how i i'm i've if in
into is isn't it it's its just keep like made make may me more most my need needs no not now of
off on one only or our out over please put said say says see she should so some still such tell
than that that's the their them then there these they this those to told too up us use very want
wanted wants was wasn't way we were what what's when where which while who why will with won't
would you your
"""
_TAGALOG = """
ako akong ang ano ay ayaw ba bakit dahil daw din dito ganun gusto hindi ito ka kanya kasi kay ko
kung lang mag may mga mo na naman nang ng ni nila nito niya niyang nya nyang o pa pala para pero
po pong raw rin sa si sila sinabi siya siyang sya talaga tapos wala walang yan yon yung
"""
EMPTY = frozenset((_ENGLISH + _TAGALOG).split())
"""Words that stand in any concern and tell none from another."""


def folded(text: str) -> str:
    """Lower case, without accents, as the log is searched."""
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


def words_of(text: str) -> list[str]:
    """All words, folded, in their order; numbers are words too."""
    return _WORD.findall(folded(text))


def telling(text: str) -> list[str]:
    """The different words of two letters or more that tell a concern from others, in order."""
    kept = (word for word in words_of(text) if len(word) > 1 and word not in EMPTY)
    return list(dict.fromkeys(kept))


def stem(word: str) -> str:
    """What the forms of an English word have in common, roughly."""
    word = word.removesuffix("'s").removesuffix("’s")
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            word = word.removesuffix(ending)
            break
    return word.removesuffix("e") if len(word) > SHORTEST_STEM else word


def shared(concern: str, texts: Iterable[str], *, most: int = 6) -> list[str]:
    """The telling words of the concern that also stand in one of the texts, in their order."""
    stems = {stem(word) for text in texts for word in words_of(text)}
    return [word for word in telling(concern) if stem(word) in stems][:most]


def naming(texts: Sequence[str], everywhere: Counter[str], of: int, *, most: int = 5) -> list[str]:
    """The words that set these texts apart from all `of` texts, the strongest first.

    `everywhere` counts in how many of all texts each word stands (`counted`). A word is worth how
    many of these texts have it, times the logarithm of how much more often than elsewhere.
    """
    here = counted(texts)
    needed = max(2, len(texts) // 5)

    def worth(word: str) -> float:
        share, outside = here[word] / len(texts), (everywhere[word] + 1) / (of + 1)
        return share * log(max(share / outside, 1.0001))

    found: dict[str, str] = {}
    often = [word for word, times in here.items() if times >= needed and not word.isdecimal()]
    for word in sorted(often, key=lambda w: (-worth(w), w)):
        found.setdefault(stem(word), word)
    return list(found.values())[:most]


def counted(texts: Iterable[str]) -> Counter[str]:
    """In how many of the texts each telling word stands."""
    return Counter(word for text in texts for word in telling(text))


def title(words: Sequence[str], texts: Sequence[str], *, most: int = 3) -> str:
    """A group's name: its strongest words in the order in which its texts mostly have them."""
    chosen = list(words[:most])
    places: dict[str, list[float]] = {word: [] for word in chosen}
    for text in texts:
        here = words_of(text)
        for word in chosen:
            if word in here:
                places[word].append(here.index(word) / len(here))
    chosen.sort(key=lambda word: sum(places[word]) / max(len(places[word]), 1))
    return " ".join(chosen)
