"""`manage.py measure_grouping` on files as people have them, and what the engine is made of."""

import csv
import hashlib
import io
import re
import subprocess
import sys

import pytest
from django.core.management import CommandError, call_command

from calibration.grouping.ready import MODEL

GOOD = "text,label,split\nlate fee,a,train\nmodem rental,b,train\nfee for late,a,test\n"


def measured(tmp_path, text: str, **options: object) -> str:
    path = tmp_path / "texts.csv"
    path.write_bytes(text.encode("latin-1"))
    out = io.StringIO()
    call_command("measure_grouping", str(path), stdout=out, stderr=io.StringIO(), **options)
    return out.getvalue()


def test_every_figure_is_printed_and_the_same_again(tmp_path):
    text = f"{GOOD}play music,oos,test\n"
    said = measured(tmp_path, text, shots=[1, 3])
    for line in (
        r"texts.csv: 4 texts",
        r"suggest, 1-shot: top-1 100.0 %, top-3 100.0 %, out-of-scope AUROC 1.000",
        r"suggest, 3-shot: top-1 100.0 %, top-3 100.0 %, out-of-scope AUROC 1.000",
        r"similar: precision@5 33.3 %",
        r"discover: 3 texts, 0 groups, largest 0.0 %, covered 0.0 %, \S+ s, ARI \S+, NMI \S+",
    ):
        assert re.search(f"^{line}$", said, re.MULTILINE), said
    timeless = [
        re.sub(r"[\d.]+ s,", "", one) for one in (said, measured(tmp_path, text, shots=[1, 3]))
    ]
    assert timeless[0] == timeless[1]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("text,label,split\nlate fee,a,train\nmodem,b,test\n", "5-shot: no test text has a topic"),
        ("text,label,split\nlate fee,oos,train\nmodem,oos,test\n", "discover: 0 texts"),
        ("text,label,split\nlate fee,a,train\nweather,oos,test\n", "discover: 1 texts"),
        (f'text,label,split\n"{"late " * 40_000}",a,train\nlate,a,test\n', "top-1 100.0 %"),
        ("text\nlate fee\n", "discover: 1 texts"),
        ("text,label\nlate,a\nlate fee\nlate fees,a,train,more\n", "3 texts"),
    ],
    ids=["nothing in common", "all out of scope", "no test", "a long text", "one", "ragged"],
)
def test_an_odd_file_is_measured_as_far_as_it_goes(tmp_path, text, words):
    before = csv.field_size_limit()
    assert words in measured(tmp_path, text)
    assert csv.field_size_limit() == before, "the limit is the process's: imports live by it"


@pytest.mark.parametrize("text", ["", "text\n", "a;b\nc;d\n", "text\n\xff\xfe\n"])
def test_a_file_that_cannot_be_read_gets_a_sentence(tmp_path, text):
    with pytest.raises(CommandError, match=r"^texts\.csv "):
        measured(tmp_path, text)
    with pytest.raises(CommandError, match=r"cannot be read"):
        call_command("measure_grouping", str(tmp_path))


def test_the_model_is_the_one_its_papers_name():
    papers = (MODEL / "README.md").read_text(encoding="utf-8")
    for name in ("weights.safetensors", "vocab.txt"):
        digest = hashlib.sha256((MODEL / name).read_bytes()).hexdigest()
        assert re.search(rf"`{name}`.*`{digest}`", papers)


def test_a_process_that_never_asks_does_not_load_what_computes():
    asked = (
        "import django, sys; django.setup(); import config.urls, calibration.tasks;"
        "from calibration import schedule, suggesting, likeness, discovering;"
        "assert 'numpy' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", asked], check=True, timeout=120)
