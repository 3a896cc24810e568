"""What the benchmark's lines are made of: words as frequent as in real text, and rare numbers."""

from __future__ import annotations

import random
import re
from collections import Counter
from itertools import accumulate, product

from config.demo.topics import Topic
from config.demo.words_billing import BILLING
from config.demo.words_service import SERVICE

TOPICS: tuple[Topic, ...] = BILLING + SERVICE
VOCABULARY = 6_000
"""Different words, the rarest of which stands in one line of some ten thousand."""

OPENINGS = 8_000
RARE_NUMBERS = 300

COMMON_WORD, TWO_WORDS = "bill", "late fee"
MISSPELT = "techincian"
NOWHERE = "kyrgyzstan"
"""What the searches look for; a rare number is asked of `rare_numbers`."""

FIRST_NAMES = tuple(
    "Aileen Amado Angelica Arvin Bea Bernadette Bryan Camille Carlo Cliff Czarina Danilo Dennis "
    "Dina Edgar Emman Enzo Eric Faye Gilbert Hazel Imelda Jericho Jessa Joan Jomar Jovelyn Kevin "
    "Kristine Leo Liezl Liza Lovely Maricel Marivic Mark Melchor Nico Noel Oliver Paolo Patricia "
    "Ramon Rhea Ronnie Rowena Sheila Sonya Tanya Tina Trisha Wilma".split()
)
LAST_NAMES = tuple(
    "Abad Aquino Bautista Buenaventura Castillo Cruz Dalisay Dimaculangan Domingo Estrada Fajardo "
    "Flores Garcia Gomez Ilagan Javier Lacson Lopez Magno Manalo Mendoza Mercado Navarro Ocampo "
    "Ong Pascual Peñaflor Ramos Reyes Robles Roxas Salazar Santos Soriano Sy Tan Tolentino Uy "
    "Villanueva Zamora".split()
)


def full_names(count: int) -> list[str]:
    """`count` different names, first and last."""
    pairs = [f"{first} {last}" for first, last in product(FIRST_NAMES, LAST_NAMES)]
    random.Random("names").shuffle(pairs)
    return pairs[:count]


def rare_numbers() -> list[str]:
    """Order numbers that stand in one line each, ten digits long."""
    dice = random.Random("orders")
    return [str(dice.randrange(10**9, 10**10)) for _ in range(RARE_NUMBERS)]


def vocabulary() -> tuple[list[str], list[float]]:
    """Words, the most frequent first, and their cumulative weights by Zipf's law."""
    said = Counter(
        word
        for topic in TOPICS
        for text in (*(concern for concern, _ in topic.concerns), *topic.resolutions)
        for word in re.findall(r"[a-z]{3,}", re.sub(r"\{\w+\}", " ", text.lower()))
    )
    words = [word for word, _ in said.most_common()]
    syllables = [c + v for c, v in product("bdghklmnprstwy", "aeiou")]
    dice = random.Random("words")
    known = set(words)
    while len(words) < VOCABULARY:
        made = "".join(dice.choices(syllables, k=dice.choice((2, 3, 3, 4))))
        made += dice.choice(("", "", "n", "ng", "s"))
        if made not in known:
            known.add(made)
            words.append(made)
    return words, list(accumulate(1 / (rank + 3) for rank in range(len(words))))


def openings(dice: random.Random) -> list[tuple[str, list[str], Topic]]:
    """How lines begin: the concern's first words, the resolutions that fit, and the topic."""
    made = []
    for topic in dice.choices(TOPICS, [topic.weight for topic in TOPICS], k=OPENINGS):
        concern, places = dice.choice(topic.concerns)
        fill = {
            "amount": f"${dice.choice((5, 7, 9, 10, 12, 15, 18, 25, 34, 40, 60, 85, 120))}",
            "month": dice.choice(("January", "March", "June", "October", "December")),
            "days": str(dice.randint(2, 6)),
            "device": dice.choice(("DVR", "modem", "cable box", "wifi extender")),
            "channel": dice.choice(("HBO", "ESPN", "the kids pack", "Showtime")),
        }
        fitting = [topic.resolutions[int(place)].format(**fill) for place in places]
        made.append((concern.format(**fill), fitting, topic))
    return made
