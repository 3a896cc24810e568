"""Payment card numbers in free text: found however they are written, and masked to the last four.

`static/js/cards.js` says the same in the browser; people/tests/data/cards.json drives both tests.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator
from functools import cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from people.issuers import GROUPED, LENGTHS, STUCK_LENGTHS

MASK = "•••• "
"""What stands for all but the last four digits; a bullet parts numbers, so it never joins two."""


class Found(NamedTuple):
    """A number that looks like a card's: its first six digits, last four, and how many it has."""

    first: str
    last: str
    digits: int


NotACard = Found
"""A number that a captain said is no card: every number of that shape is let through."""


class Masked(NamedTuple):
    """A text without card numbers, the numbers masked in it, and how many security codes."""

    text: str
    found: tuple[Found, ...] = ()
    codes: int = 0


_ODD_DIGITS = (  # superscript, subscript, circled, in brackets: digits that are no decimals
    "\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089\u2460-\u249b\u24ea\u24f5-\u24fd\u24ff"
    "\u2776-\u277e\u2780-\u2788\u278a-\u2792\u3251-\u325f\u32b1-\u32bf\U0001f100-\U0001f10c"
)
_WORTH = bytes(max(0, code - 48) for code in range(256))
_TWICE = bytes(48) + bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)) + bytes(198)
_NO_DIGITS = bytes(code for code in range(128) if not 48 <= code < 58)
_DIGIT = re.compile(rf"[\d{_ODD_DIGITS}]")
_RUN = re.compile(rf"[\d{_ODD_DIGITS}]+")
_INVISIBLE = re.compile(
    r"[\u00ad\u034f\u061c\u0640\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0]+"
)
_GAP = re.compile(  # what may stand between two digits of one number; of spaces, all or none
    r"(?:\s+(?!\s)|[^\w\s•]|(?<!•)•(?!•)|[_xー]"
    r"|dash|hyphen|minus|space|nbsp|br|dot|point|slash|then){0,10}",
    re.IGNORECASE,
)
_LONGEST_GAP = 64
_DATED = re.compile(  # a date or a time that stands by itself: a row of a sheet, not one number
    r"(?:^|[\s,;|])(?:\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})|\d{4}([/.-])\d{1,2}\2\d{1,2}"
    r"|\d{1,2}:\d{2}(?::\d{2})?)(?=$|[\s,;|])"
)
_CODE_DIGITS = r"(?P<code>\d(?:[ -]?\d){2,3})(?!\d)"
_CODE_VERB = r"[^\w•]{0,3}(?:(?:code|number|no|is|was)\b[^\w•]{0,3}){0,3}"
_CODE_NAMED = re.compile(
    r"\b(?:cvv|cvc|cvn|(?:card|cvv) (?:security|verification))(?:2(?!\d))?"
    + _CODE_VERB
    + _CODE_DIGITS,
    re.IGNORECASE,
)
_CODE_BESIDE = re.compile(
    r"\b(?:(?:security|verification|sec|ver)\.?(?: (?:code|number|value))|cvd|csc|cid|pin)\b"
    + _CODE_VERB
    + _CODE_DIGITS
    + r"|(?<!\d)(?<!•••• )(?P<before>\d{3,4})[^\w•]{1,3}"
    r"(?:is )?(?:the )?(?:cv[vc]2?|security code)\b",
    re.IGNORECASE,
)
_CODE_AFTER = re.compile(  # card, expiry, code; or card, code, expiry; or card, code, end
    r"•••• \d{4}[^\w•]{1,6}(?:(?:exp\w*|valid\w*|good)[^\w•]{0,3}(?:thru|till|until)?[^\w•]{0,3})?"
    r"(?:(?:0?[1-9]|1[0-2])[^\w•]{1,3}(?:20)?\d\d[^\w•]{1,6}(?P<code>\d{3,4})(?!\w)"
    r"|(?P<first>\d{3,4})(?=[^\w•]{1,6}(?:0?[1-9]|1[0-2])/(?:20)?\d\d(?!\d)|[^\w•]*(?:$|\n)))",
    re.IGNORECASE,
)


def mask(text: str, allowed: Collection[NotACard] = ()) -> Masked:
    """The text with every card number cut to "•••• 1111" and its security code to bullets.

    The rest stays as it is, to the character. `allowed` are numbers that are no cards.
    """
    if (count := _digits_in(text)) < 3:
        return Masked(text)
    found: list[Found] = []
    while count >= 13 and (edits := list(_edits(text, frozenset(allowed), found))):
        text = _edited(text, edits)
        count = _digits_in(text)
    text, codes = _without_codes(text)
    return Masked(text, tuple(found), codes)


def _digits_in(text: str) -> int:
    """How many digits there are; most texts have hardly any, so this is what masking costs."""
    if text.isascii():
        return len(text.encode().translate(None, _NO_DIGITS))
    return len(_DIGIT.findall(text))


def _edits(
    text: str, allowed: frozenset[NotACard], found: list[Found]
) -> Iterator[tuple[int, int, str]]:
    """What to put where: (from, to, instead), in order; adds the numbers to `found`."""
    for stream, places, bounds in _chains(text):
        windows = _windows(stream, bounds, places, text, allowed)
        taken, covered = bytearray(len(stream)), bytearray(len(stream))
        chosen = {}
        for _, start, _, end in sorted(windows):
            covered[start:end] = b"\x01" * (end - start)
            if 1 not in taken[start:end]:
                taken[start:end] = b"\x01" * (end - start)
                chosen[start] = end
        at = covered.find(1)
        while at >= 0:
            if end := chosen.get(at, 0):
                last = stream[end - 4 : end]
                found.append(Found(stream[at : at + 6], last, end - at))
                yield places[at], places[end - 1] + 1, MASK + last
            else:
                yield places[at], places[at] + 1, "•"
            at = covered.find(1, end or at + 1)


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts, done = [], 0
    for start, end, instead in edits:
        parts += [text[done:start], instead]  # nothing between two digits in one character
        done = end
    return "".join([*parts, text[done:]])


def _chains(text: str) -> Iterator[tuple[str, list[int], list[int]]]:
    """Digits that may be one number: as ASCII, the place of each, and where its pieces begin."""
    stream: list[str] = []
    places: list[int] = []
    bounds: list[int] = []
    before = 0
    for run in _RUN.finditer(text):
        start, end = run.span()
        if places and not _joins(text[before:start]):
            if len(places) >= 13:
                yield "".join(stream), places, [*bounds, len(places)]
            stream, places, bounds = [], [], []
        bounds.append(len(places))
        before, digits = end, run.group()
        if digits.isascii():
            stream.append(digits)
            places.extend(range(start, end))
        else:
            for place, char in enumerate(digits, start):
                value = _value(char)
                stream.append(value)
                places.extend([place] * len(value))
    if len(places) >= 13:
        yield "".join(stream), places, [*bounds, len(places)]


def _joins(gap: str) -> bool:
    """Whether digits on both sides of a gap may belong to one number."""
    return len(gap) <= _LONGEST_GAP and bool(_GAP.fullmatch(_INVISIBLE.sub("", gap)))


@cache
def _value(char: str) -> str:
    """The ASCII digit of a character, or the two of one like ⑪."""
    value = unicodedata.digit(char, None)
    if value is not None:
        return str(value)
    return unicodedata.normalize("NFKC", char).strip("().,")


def _windows(
    stream: str, bounds: list[int], places: list[int], text: str, allowed: frozenset[NotACard]
) -> list[tuple[int, int, int, int]]:
    """The numbers that look like cards, as (how surely, start, preference, end)."""
    sums = _luhn_sums(stream)
    edges = set(bounds)
    windows = []
    passed: list[tuple[int, int]] = []
    for start in range(len(stream) - 12):
        lengths = (LENGTHS if start in edges else STUCK_LENGTHS).get(stream[start : start + 4])
        if lengths is None:
            continue
        for preference, length in enumerate(lengths):
            end = start + length
            if end > len(stream) or (sums[end & 1][end] - sums[end & 1][start]) % 10:
                continue
            is_whole = start in edges and end in edges
            if not is_whole and not _is_stuck(stream, bounds, start, end):
                continue
            number = stream[start:end]
            if Found(number[:6], number[-4:], length) in allowed:
                passed.append((start, end))
            elif not _is_row(text, places[start], places[end - 1] + 1, length):
                windows.append((0 if is_whole else 1, start, preference, end))
    if passed:
        return [w for w in windows if not any(a <= w[1] and w[3] <= b for a, b in passed)]
    return windows


def _is_stuck(stream: str, bounds: list[int], start: int, end: int) -> bool:
    """Whether a number with other digits beside it is worth masking: see STUCK and GROUPED."""
    if end - start not in STUCK_LENGTHS.get(stream[start : start + 4], ()):
        return False
    inside = bounds[bisect_right(bounds, start) : bisect_right(bounds, end - 1)]
    pieces = tuple(b - a for a, b in pairwise([start, *inside, end]))
    return len(pieces) == 1 or pieces in GROUPED


def _is_row(text: str, start: int, end: int, length: int) -> bool:
    """Whether a "number" is a telephone number or the cells of a row: a date, a time, an ID."""
    if length == 13 and start and text[start - 1] == "+":
        return True
    return end - start > length and bool(_DATED.search(text[start:end]))


def _luhn_sums(stream: str) -> tuple[list[int], list[int]]:
    """Running sums for numbers that end at an even and at an odd place: `sums[end & 1]`."""
    plain = stream.encode()
    even, odd = bytearray(plain.translate(_WORTH)), bytearray(plain.translate(_WORTH))
    even[0::2] = plain[0::2].translate(_TWICE)  # what ends at an even place is plain before it
    odd[1::2] = plain[1::2].translate(_TWICE)
    return [0, *accumulate(even)], [0, *accumulate(odd)]


def _without_codes(text: str) -> tuple[str, int]:
    """The text without security codes; without a card only those called by their name."""
    count = 0

    def hide(match: re.Match[str]) -> str:
        nonlocal count
        count += 1
        name = match.lastgroup or "code"
        start, end = (place - match.start() for place in match.span(name))
        whole = match.group()
        return whole[:start] + "•" * (end - start) + whole[end:]

    if any(word in text.lower() for word in ("cv", "verif", "secur")):
        text = _CODE_NAMED.sub(hide, text)
    if MASK in text:
        text = _CODE_BESIDE.sub(hide, text)
        text = _CODE_AFTER.sub(hide, text)
    return text, count
