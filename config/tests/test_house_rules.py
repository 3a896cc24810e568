"""What the house does not do, looked for in every file of ours."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import get_template

ROOT = Path(settings.BASE_DIR)
APPS = ("people", "escalations", "calibration", "reports")
ROOMS = ("config", *APPS, "templates", "static", "docs", "bench")
NOT_OURS = re.compile(r"/(vendor|__pycache__|migrations|node_modules)/")
SAYS_NOTHING = {"utils", "core", "common", "helpers", "services", "managers"}
LONGEST_FILE, LONGEST_VIEW = 300, 25

IN_TEMPLATES = {
    "marks text as safe": re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off"),
    "inline style": re.compile(r"<style|\sstyle\s*="),
    "inline script": re.compile(r"<script(?![^>]*\ssrc=)[^>]*>", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=|\shx-on\b|\sdata-hx-on\b", re.IGNORECASE),
    "script in an address": re.compile(r"[\"']\s*(javascript|js):", re.IGNORECASE),
    "hx-boost": re.compile(r"hx-boost"),
    "filter in hx-trigger": re.compile(r"hx-trigger=\"[^\"]*\["),
    "something from elsewhere": re.compile(
        r"<(script|link|img|iframe)[^>]*(src|href)=\"(https?:)?//"
    ),
}
IN_SCRIPTS = {
    "makes HTML out of text": re.compile(r"(inner|outer)HTML|insertAdjacentHTML|document\.write"),
    "makes a script out of text": re.compile(r"\beval\(|new Function\("),
    "writes a style attribute": re.compile(r"cssText|setAttribute\(\s*[\"']style"),
    "keeps text in localStorage": re.compile(r"localStorage"),
    "asks elsewhere": re.compile(r"[\"']https?://(?!www\.w3\.org)"),
}


def files(*suffixes: str, rooms: tuple[str, ...] = ROOMS) -> Iterator[Path]:
    """Our files with one of these suffixes; vendored and generated ones aside."""
    loose = [path for path in ROOT.iterdir() if path.is_file()] if rooms is ROOMS else []
    for path in [*loose, *(p for room in rooms for p in (ROOT / room).rglob("*"))]:
        if path.suffix in suffixes and path.is_file() and not NOT_OURS.search(path.as_posix()):
            yield path


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def lines_with(pattern: re.Pattern[str], *suffixes: str, rooms: tuple[str, ...]) -> list[str]:
    """Where a pattern stands, as `file:line`."""
    found = []
    for path in files(*suffixes, rooms=rooms):
        text = path.read_text(encoding="utf-8")
        found += [
            f"{named(path)}:{text.count(chr(10), 0, match.start()) + 1}"
            for match in pattern.finditer(text)
        ]
    return found


MODULES = sorted(files(".py", rooms=("config", *APPS)))
TEMPLATES = sorted(files(".html", ".txt", rooms=("templates",)))


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_no_file_is_longer_than_can_be_read():
    lengths = {
        named(path): len(path.read_text(encoding="utf-8").splitlines())
        for path in files(".py", ".html", ".css", ".js", ".md", ".toml")
        if path.name != "CHANGELOG.md"
    }
    assert {name: n for name, n in lengths.items() if n > LONGEST_FILE} == {}


def test_every_module_name_says_something():
    names = {part for path in MODULES for part in Path(named(path)).with_suffix("").parts}
    assert names & SAYS_NOTHING == set()


def test_every_module_starts_with_a_sentence():
    silent = []
    for path in MODULES:
        said = ast.get_docstring(tree(path))
        if path.read_text(encoding="utf-8").strip() and not said:
            silent.append(named(path))
        elif said and not said.splitlines()[0].rstrip().endswith((".", ":", "?")):
            silent.append(f"{named(path)}: {said.splitlines()[0]}")
    assert silent == []


def test_every_view_can_be_seen_whole():
    long = []
    for path in MODULES:
        if "/views/" not in path.as_posix():
            continue
        for view in ast.walk(tree(path)):
            if not isinstance(view, ast.FunctionDef) or view.end_lineno is None:
                continue
            if (length := view.end_lineno - view.lineno + 1) > LONGEST_VIEW:
                long.append(f"{named(path)}: {view.name} has {length} lines")
    assert long == []


@pytest.mark.parametrize("what", IN_TEMPLATES)
def test_no_template(what):
    assert lines_with(IN_TEMPLATES[what], ".html", rooms=("templates",)) == []


@pytest.mark.parametrize("what", IN_SCRIPTS)
def test_no_script(what):
    assert lines_with(IN_SCRIPTS[what], ".js", rooms=("static",)) == []


def test_no_python_trusts_text_as_html():
    trusting = re.compile(r"\b(mark_safe|html_safe)\b|\bSafeString\(")
    here = named(Path(__file__))
    found = lines_with(trusting, ".py", rooms=("config", *APPS))
    assert [place for place in found if not place.startswith(here)] == []


def test_no_python_passes_on_whatever_was_sent():
    whatever = re.compile(
        r"\*\*\s*(self\.)?request\.(GET|POST)|fields\s*=\s*[\"']__all__|\.(extra|raw)\("
    )
    here = named(Path(__file__))
    found = lines_with(whatever, ".py", rooms=("config", *APPS))
    assert [place for place in found if not place.startswith(here)] == []


def test_no_model_form_says_what_it_leaves_out():
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and node.name == "Meta" and "/forms" in str(path):
                names = {
                    target.id
                    for said in node.body
                    if isinstance(said, ast.Assign)
                    for target in said.targets
                    if isinstance(target, ast.Name)
                }
                assert "exclude" not in names, named(path)


def test_models_do_nothing_behind_ones_back():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if "/tests/" in path.as_posix():
            continue
        assert "models.signals" not in text, named(path)
        assert "@receiver" not in text, named(path)
        if "/models" in path.as_posix():
            overridden = [n for n in ast.walk(tree(path)) if isinstance(n, ast.FunctionDef)]
            assert not {"save", "delete"} & {n.name for n in overridden}, named(path)


def test_only_actions_open_a_context_of_history():
    """Whoever tells the history writes rows: that is what actions are for."""
    tellers = [named(p) for p in MODULES if re.search(r"\btold\(", p.read_text(encoding="utf-8"))]
    allowed = re.compile(r"/actions/|people/history\.py|config/demo/|/tests/|people/admin\.py")
    assert [name for name in tellers if not allowed.search(name)] == []


def test_every_action_is_a_whole_transaction_that_may_be_tried_again():
    half = re.compile(r"^@transaction\.atomic\ndef (?!_)", re.MULTILINE)
    found = lines_with(half, ".py", rooms=APPS)
    assert [place for place in found if "/actions/" in place] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_every_template_compiles(path):
    get_template(path.relative_to(ROOT / "templates").as_posix())


def test_every_template_is_used():
    source = "\n".join(
        path.read_text(encoding="utf-8")
        for path in files(".py", ".html", rooms=("config", *APPS, "templates"))
    )
    named_elsewhere = re.compile(r"^(account|usersessions|admin|bootstrap5|\d{3}\.html)")
    unused = []
    for path in TEMPLATES:
        name = path.relative_to(ROOT / "templates").as_posix()
        stem = re.sub(r"(\.txt|\.html)$", "", name)
        if not named_elsewhere.match(name) and stem not in source:
            unused.append(name)
    assert unused == []


def test_nobody_names_a_folder_of_another_machine():
    elsewhere = re.compile(r"(?<![\w.])/(work|root|home)/")
    assert lines_with(elsewhere, ".py", ".html", ".md", ".js", ".css", ".toml", rooms=ROOMS) == [
        place
        for place in lines_with(elsewhere, ".py", rooms=("config",))
        if place.startswith(named(Path(__file__)))
    ]
