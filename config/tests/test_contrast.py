"""Every pair of text and ground the style sheets use can be read: WCAG 2.2 AA, light and dark."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
TOKEN = re.compile(r"--([a-z-]+): light-dark\((#[0-9A-Fa-f]{6}), (#[0-9A-Fa-f]{6})\)")
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in TOKEN.findall((CSS / "tokens.css").read_text(encoding="utf-8"))
}
GROUNDS = ["paper", "card", "sunk"]
WASHES = {
    "accent-wash": ["ink", "muted", "accent", "accent-deep", "star", "danger", "client", "ok"],
    "star-wash": ["ink", "muted", "star"],
    "danger-wash": ["ink", "danger"],
    "client-wash": ["ink", "client"],
    "ok-wash": ["ink", "ok"],
}
TEXT = [
    *((word, ground) for word in ["ink", "muted", "accent", "accent-deep"] for ground in GROUNDS),
    *((word, ground) for word in ["star", "danger", "client", "ok"] for ground in GROUNDS),
    *((word, wash) for wash, words in WASHES.items() for word in words),
    ("on-accent", "accent"),
    ("on-accent", "accent-deep"),
]
EDGES = [
    *((edge, ground) for edge in ["edge", "accent", "danger"] for ground in GROUNDS),
    ("edge", "accent-wash"),
    ("accent", "accent-wash"),
]


def luminance(colour: str) -> float:
    """Relative luminance of #RRGGBB (WCAG 2.2, "relative luminance")."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("word", "ground"), TEXT)
def test_text_can_be_read(word: str, ground: str, theme: str) -> None:
    assert contrast(TOKENS[word][theme], TOKENS[ground][theme]) >= 4.5


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_of_controls_can_be_seen(edge: str, ground: str, theme: str) -> None:
    assert contrast(TOKENS[edge][theme], TOKENS[ground][theme]) >= 3


def test_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_no_style_sheet_has_a_colour_of_its_own() -> None:
    for sheet in CSS.glob("*.css"):
        if sheet.name not in {"tokens.css", "print.css"}:
            assert (
                re.findall(r"#[0-9A-Fa-f]{3,8}\b(?![-\w]*[^;{]*\{)", sheet.read_text("utf-8")) == []
            )
