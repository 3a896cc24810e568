"""Forty ways in which people write a payment card's number, for five test cards."""

import unicodedata

from people.cards import mask

CARDS = (
    "4111111111111111",
    "5555555555554444",
    "378282246310005",
    "6011111111111117",
    "30569309025904",
)
GROUPS = {16: (4, 4, 4, 4), 15: (4, 6, 5), 14: (4, 6, 4)}


def pieces(number: str) -> list[str]:
    """The number as its card shows it."""
    found, at = [], 0
    for size in GROUPS[len(number)]:
        found.append(number[at : at + size])
        at += size
    return found


def by(separator: str):
    return lambda number: separator.join(pieces(number))


def each(separator: str):
    return separator.join


def shifted(zero: int):
    return lambda number: "".join(chr(zero + int(digit)) for digit in number)


def chosen(digits: str):
    return lambda number: "".join(digits[int(digit)] for digit in number)


WAYS = {
    "plain": lambda number: number,
    "spaces": by(" "),
    "hyphens": by("-"),
    "dots": by("."),
    "slashes": by("/"),
    "backslashes": by("\\"),
    "underscores": by("_"),
    "commas": by(", "),
    "no-break spaces": by("\u00a0"),
    "thin spaces": by("\u2009"),
    "ideographic spaces": by("\u3000"),
    "en dashes": by("–"),
    "em dashes with spaces": by(" — "),
    "minus signs": by("\u2212"),
    "double spaces": by("  "),
    "tabs": by("\t"),
    "new lines": by("\n"),
    "new lines of Windows": by("\r\n"),
    "zero-width spaces": by("\u200b"),
    "zero-width joiners between all": each("\u200d"),
    "soft hyphens": by("\u00ad"),
    "a byte order mark": by("\ufeff"),
    "a space between all": each(" "),
    "a dot between all": each("."),
    "the letter x": by("x"),
    "pipes": by(" | "),
    "asterisks": by("*"),
    "brackets": lambda number: "".join(f"({piece})" for piece in pieces(number)),
    "words between": by(" dash "),
    "fullwidth": shifted(0xFF10),
    "Arabic-Indic": shifted(0x660),
    "Devanagari": shifted(0x966),
    "mathematical bold": shifted(0x1D7CE),
    "circled": chosen("⓪①②③④⑤⑥⑦⑧⑨"),
    "superscript": chosen("⁰¹²³⁴⁵⁶⁷⁸⁹"),
    "keycaps": lambda number: "".join(f"{digit}\ufe0f\u20e3" for digit in number),
    "right to left": lambda number: f"\u202e{by(' ')(number)}\u202c",
    "stuck to an order number": lambda number: f"ORD77{number}",
    "with expiry and code": lambda number: f"{by(' ')(number)} 12/27 123",
    "in the middle of words": lambda number: f"card no.{number}exp 12/27, cvv: 987 he said",
}


def texts() -> list[tuple[str, str, str]]:
    """(way, number, text) of all."""
    return [(way, number, write(number)) for way, write in WAYS.items() for number in CARDS]


def digits_of(text: str) -> str:
    """All digits of a text in ASCII, whatever stands between them."""
    found = []
    for char in text:
        value = unicodedata.digit(char, None)
        if value is not None:
            found.append(str(value))
    return "".join(found)


def left_of(number: str, text: str) -> bool:
    """Whether thirteen or more digits of a number stand in a text in a row."""
    digits = digits_of(text)
    return any(number[at : at + 13] in digits for at in range(len(number) - 12))


OTHERS = [
    "Unauthorized changes on the account",
    "order 1234567890123456 was never delivered",
    "call back 415-555-0100 or 212-555-0199",
    "+49 170 1234 5678 9",
    "11/20/2026 9:15 4155550100",
    "2026-11-20 21:15 852963 4111",
    "30/11/2026\t21:15\t852963",
    "IMEI 352099001761481",
    "three numbers 12 34 56 and 4111",
    "4111 1111 1111 1112 is not a card",
    "•••• 1111 and •••• 4444",
    "•••• 1111 12/27 •••",
    "½ ¾ ⅓ 4 5 6",
    "",
    "cvv 123",
    "CVC2: 1234",
    "the security code is 123",
    "4111111111111111 security code is 123",
    "4111111111111111, 123, 12/27",
    "378282246310005 1234",
    "pin 9876 for 5555 5555 5555 4444",
    "41111111111111115555555555554444",
    "4111111111111111 5555555555554444 378282246310005",
    "305693090259041227",
    "994111-1111-1111-111112",
    "4111 1111 1111 11111227",
    "4222222222222 and 4000000000000000006",
    "6304000000000000 6200000000000005",
    "2223003122003222 3566002020360505",
    "4111-1111\n\n1111-1111",
    "４１１１ 1111 ۱۱۱۱ ①①①①",
    "⑪⑪⑪⑪⑪⑪⑪⑪",
    "naïve 🙂 4111111111111111 🙂 café",
    "4111 • 1111 • 1111 • 1111",
    "4111 - - - 1111 ........ 1111--------1111",
    "4111ー1111ー1111ー1111 5555&nbsp;5555&nbsp;5555<br />4444",
    "3782\u3164822463\u064010005",
    "5019717010103742 6331101999990016 6771798021000008 5066991111111118 6062826786276634",
    "1 of • 4 • 11 • 2026 • 11 • 20",
    ("1" + " " * 62 + "a") * 3,
]


def cases() -> list[dict[str, object]]:
    """Every text with what masking makes of it, as kept in data/cards.json for the browser."""
    found = []
    for text in [text for _, _, text in texts()] + OTHERS:
        masked = mask(text)
        numbers = [list(one) for one in masked.found]
        found.append({"text": text, "masked": masked.text, "found": numbers, "codes": masked.codes})
    return found
