"""Text into the word pieces that the encoder was trained on (uncased WordPiece, as in BERT)."""

from __future__ import annotations

import unicodedata
from functools import cache

from calibration.grouping.ready import VOCABULARY

UNKNOWN, BEGIN, END = 100, 101, 102
LONGEST_WORD = 100
"""Letters from which a word is unknown."""

_CJK = (
    *((0x4E00, 0x9FFF), (0x3400, 0x4DBF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F)),
    *((0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0xF900, 0xFAFF), (0x2F800, 0x2FA1F)),
)


def pieces(text: str, *, most: int) -> list[int]:
    """The numbers of the text's pieces, at most `most`, begin and end mark included."""
    found = [BEGIN]
    for word in words(text):
        found += _of_word(word)
        if len(found) >= most:
            break
    return [*found[: most - 1], END]


def words(text: str) -> list[str]:
    """The text in lower case without accents, cut at blanks, marks and ideographs."""
    plain = unicodedata.normalize("NFD", "".join(_cleaned(text)).lower())
    bare = "".join(c for c in plain if unicodedata.category(c) != "Mn")
    return "".join(f" {c} " if _is_mark(c) else c for c in bare).split()


def _cleaned(text: str) -> list[str]:
    """The letters, blanks for blanks of any kind and around ideographs, no control characters."""
    kept = []
    for c in text:
        if c in "\t\n\r" or unicodedata.category(c) == "Zs":
            kept.append(" ")
        elif c not in "\0�" and not unicodedata.category(c).startswith("C"):
            kept.append(f" {c} " if _is_ideograph(ord(c)) else c)
    return kept


def _is_ideograph(code: int) -> bool:
    return code >= 0x3400 and any(first <= code <= last for first, last in _CJK)


def _is_mark(c: str) -> bool:
    code = ord(c)
    if code < 128:
        return code > 32 and not c.isalnum() and code != 127
    return unicodedata.category(c).startswith("P")


def _of_word(word: str) -> list[int]:
    """The longest pieces that make up the word, from its beginning; or the unknown one."""
    known = vocabulary()
    if len(word) > LONGEST_WORD:
        return [UNKNOWN]
    found, start = [], 0
    while start < len(word):
        end = len(word)
        while end > start:
            piece = word[start:end] if start == 0 else f"##{word[start:end]}"
            if piece in known:
                found.append(known[piece])
                break
            end -= 1
        else:
            return [UNKNOWN]
        start = end
    return found


@cache
def vocabulary() -> dict[str, int]:
    """Every piece and its number; raises OSError where the file is missing."""
    lines = VOCABULARY.read_text(encoding="utf-8").splitlines()
    return {piece: number for number, piece in enumerate(lines)}
