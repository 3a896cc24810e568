"""What is vendored is what its README says: source, licence and SHA-256 of every file."""

import hashlib
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"
ROW = re.compile(
    r"^\| (static/\S+) \| npm `([^`]+)` (\S+) \| (\S+) \| `([0-9a-f]{64})` \|$", re.MULTILINE
)
ROWS = ROW.findall((VENDOR / "README.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("place", "digest"), [(row[0], row[4]) for row in ROWS])
def test_vendored_file_is_unchanged(place: str, digest: str) -> None:
    assert hashlib.sha256((ROOT / place).read_bytes()).hexdigest() == digest


def test_every_vendored_file_has_its_row() -> None:
    named = {ROOT / row[0] for row in ROWS} | {VENDOR / "README.md", VENDOR / "refresh.py"}
    found = {path for path in VENDOR.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert found <= named


def test_every_vendored_folder_carries_its_licence() -> None:
    folders = [path for path in VENDOR.iterdir() if path.is_dir() and path.name != "__pycache__"]
    assert folders
    assert all((folder / "LICENSE").is_file() for folder in folders)


def test_every_icon_a_template_asks_for_is_in_the_sprite() -> None:
    sprite = (ROOT / "static" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'<symbol id="([^"]+)"', sprite))
    asked = set()
    for template in (ROOT / "templates").rglob("*.html"):
        asked |= set(re.findall(r'\{% icon "([^"]+)"', template.read_text(encoding="utf-8")))
    assert asked - known == set()
