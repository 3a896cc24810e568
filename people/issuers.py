"""Which numbers are payment cards: the ranges of the issuers and how long their numbers are."""

# Issuer ranges as (first, last, lengths); the second table is for a number that has other digits
# stuck to it, where every offset is another chance of a false alarm.
_MAESTRO = "5000 5018 5020 5038 5893 6304 6731 6759 6761 6762 6763 6771 6799"
_NATIONAL = "5019 5060 5061 5066 5067 5090 6042 6043 6062 6362 6363 9792"
"""Dankort, Verve, Elo, Cabal, Hipercard, Troy."""

ISSUERS = (
    ("4", "4", (16, 13, 19)),  # Visa
    ("51", "55", (16,)),  # Mastercard
    ("2221", "2720", (16,)),
    ("34", "34", (15,)),  # American Express
    ("37", "37", (15,)),
    ("6011", "6011", (16, 17, 18, 19)),  # Discover
    ("644", "649", (16, 17, 18, 19)),
    ("65", "65", (16, 17, 18, 19)),
    ("300", "305", (14, 16, 17, 18, 19)),  # Diners Club
    ("36", "36", (14, 15, 16, 17, 18, 19)),
    ("38", "39", (14, 16, 17, 18, 19)),
    ("3528", "3589", (16, 17, 18, 19)),  # JCB
    ("62", "62", (16, 17, 18, 19)),  # UnionPay
    ("2200", "2204", (16,)),  # Mir
    *((iin, iin, (16, 13, 14, 15, 17, 18, 19)) for iin in _MAESTRO.split()),
    *((iin, iin, (16,)) for iin in _NATIONAL.split()),
    ("5085", "5089", (16,)),  # RuPay
    ("637", "639", (16,)),  # InstaPayment
    *((iin, iin, (16, 18, 19)) for iin in ("6331", "6333", "6334", "6767")),  # Switch, Solo
)
STUCK = (
    ("4", "4", (16,)),
    ("51", "55", (16,)),
    ("2221", "2720", (16,)),
    ("34", "34", (15,)),
    ("37", "37", (15,)),
    ("6011", "6011", (16,)),
    ("644", "649", (16,)),
    ("65", "65", (16,)),
    ("3528", "3589", (16,)),
    ("62", "62", (16,)),
    ("300", "305", (14,)),
    ("36", "36", (14,)),
    ("38", "38", (14,)),
)
GROUPED = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 3), (4, 4, 4, 2)}
"""How cards are printed: a number stuck to others and in pieces must be in these."""


def _table(ranges: tuple[tuple[str, str, tuple[int, ...]], ...]) -> dict[str, tuple[int, ...]]:
    """Which lengths a number may have, by its first four digits."""
    table: dict[str, tuple[int, ...]] = {}
    for first, last, lengths in ranges:
        for prefix in range(int(first.ljust(4, "0")), int(last.ljust(4, "9")) + 1):
            key = f"{prefix:04}"
            table[key] = tuple(dict.fromkeys([*table.get(key, ()), *lengths]))
    return table


LENGTHS, STUCK_LENGTHS = _table(ISSUERS), _table(STUCK)
