"""Card numbers are found however people write them, and little else is taken for one."""

import json
import random
import time
from pathlib import Path

import pytest

from people.cards import Found, NotACard, mask
from people.tests.cardways import CARDS, cases, left_of, texts

KEPT = Path(__file__).parent / "data" / "cards.json"


@pytest.mark.parametrize(("way", "number", "text"), texts())
def test_a_card_is_masked_to_its_last_four(way, number, text):
    masked = mask(text)
    assert not left_of(number, masked.text)
    assert masked.found == (Found(number[:6], number[-4:], len(number)),)
    assert f"•••• {number[-4:]}" in masked.text
    assert mask(masked.text).text == masked.text


def test_the_browser_is_tested_with_what_the_server_does():
    assert json.loads(KEPT.read_text()) == cases()


def test_the_rest_stays_to_the_character():
    assert mask("ﬁrst ½ 4111-1111-1111-1111\n\tＡＢＣ é").text == "ﬁrst ½ •••• 1111\n\tＡＢＣ é"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("4111 1111 1111 1111 exp 12/27 cvv 123", "•••• 1111 exp 12/27 cvv •••"),
        ("4111 1111 1111 1111 12/2027 123", "•••• 1111 12/2027 •••"),
        ("5555 5555 5555 4444, cvc: 1 2 3", "•••• 4444, cvc: •••••"),
        ("378282246310005 code 77 cvv2 1234", "•••• 0005 code 77 cvv2 ••••"),
        ("the CVV is 123", "the CVV is •••"),
        ("123 is the cvv of 4111111111111111", "••• is the cvv of •••• 1111"),
        ("•••• 1111 12/27 123", "•••• 1111 12/27 •••"),
    ],
)
def test_the_security_code_beside_a_card_is_masked_wholly(text, masked):
    assert mask(text).text == masked
    assert mask(text).codes


@pytest.mark.parametrize(
    "text",
    [
        "order 4111111111111112",
        "4111 1111 1111 and 1111 later",
        "11/20/2026 9:15 4155550100",
        "2026-11-20 21:15:00 852963",
        "30/11/2026,21:15,852963,Tina",
        "call +4917012345678 back",
        "room 123, invoice 4567",
        "version 4.1.1 of 1.1.1",
    ],
)
def test_what_is_no_card_stays(text):
    assert mask(text) == (text, (), 0)


def test_a_number_that_a_captain_let_through_stays():
    number = "4000 0012 3456 7899"
    assert mask(number).found == (Found("400000", "7899", 16),)
    assert mask(number, {NotACard("400000", "7899", 16)}).text == number
    assert mask(f"{number} 4111111111111111", {NotACard("400000", "7899", 16)}).text == (
        f"{number} •••• 1111"
    )


@pytest.mark.parametrize("first", [0, 10**15])
def test_at_most_one_order_number_in_twenty_is_taken_for_a_card(first):
    chance = random.Random(20261120)
    numbers = [f"order {chance.randrange(first, 10**16):016}" for _ in range(100_000)]
    share = sum(bool(mask(number).found) for number in numbers) / len(numbers)
    print(f"{share:.2%} of random 16-digit order numbers are masked")  # noqa: T201
    assert share <= 0.05


def test_order_numbers_in_a_row_are_masked_no_more_than_the_check_digit_says():
    for start in (1_000_000_000_000_000, 2_026_112_000_000_000, 4_000_000_000_000_000):
        found = sum(bool(mask(f"order {start + n}").found) for n in range(2_000))
        assert found <= (200 if start >= 4 * 10**15 else 0)


@pytest.mark.parametrize(
    "text",
    [
        "4" * 200_000,
        "4111111111111111" * 12_000,
        "1 " * 100_000,
        ("1" + " " * 65) * 3_000,
        ("1" + " " * 62 + "a") * 3_000,
        "cvv " * 50_000,
        "•••• 1111 " * 20_000,
        "•••• 1111 exp" + " " * 200_000,
        "４" * 100_000,
        "4111-" * 40_000,
    ],
    ids=range(10),
)
def test_a_huge_text_takes_no_more_than_its_share(text):
    began = time.process_time()
    mask(text)
    assert time.process_time() - began < 3 * len(text) / 200_000


@pytest.mark.parametrize("number", CARDS)
def test_the_mask_is_never_masked_again(number):
    twice = f"{mask(number).text} {mask(number).text} 12345"
    assert mask(twice).text == twice
