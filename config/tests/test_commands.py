"""The commands around Django: manage.py, prepare, compiletemplates, and the locks they rest on."""

import os
import re
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command

from config import chromium, commandline
from config.database import PROJECT, DatabaseRefused
from config.management.commands import prepare


class Resting:
    """An embedded cluster that was made before and rests."""

    exists = True
    told: list[str]

    def __init__(self, data):
        Resting.told = []

    @contextmanager
    def needed(self):
        yield
        self.told.append("left")

    def start(self):
        self.told.append("started")


@pytest.fixture
def manage(monkeypatch):
    """manage.py, as called by a person; Django's own part is left out."""
    monkeypatch.setenv("STATEMENT_TIMEOUT_MS", "")
    monkeypatch.delenv("STATEMENT_TIMEOUT_MS")
    monkeypatch.setattr(commandline, "Cluster", Resting)
    monkeypatch.setattr(commandline, "is_embedded", lambda: True)
    monkeypatch.setattr("django.core.management.execute_from_command_line", lambda words: None)
    return lambda *words: commandline.main(["manage.py", *words])


def test_a_command_wakes_the_resting_database_and_lets_it_rest_again(manage):
    assert manage("showmigrations") == 0
    assert Resting.told == ["started", "left"]
    assert os.environ["STATEMENT_TIMEOUT_MS"] == "0"


def test_a_command_that_needs_no_database_leaves_it_alone(manage):
    Resting.told = []
    assert manage() == 0
    assert manage("check") == 0
    assert Resting.told == []


def test_the_worker_has_a_limit_of_its_own(manage):
    manage("worker")
    assert os.environ["STATEMENT_TIMEOUT_MS"] == "600000"


def test_a_database_that_cannot_be_used_is_said_in_a_sentence(manage, monkeypatch, capsys):
    def refuse(words):
        raise DatabaseRefused("It cannot be.")

    monkeypatch.setattr("django.core.management.execute_from_command_line", refuse)
    assert manage("check") == 1
    assert capsys.readouterr().err == "It cannot be.\n"


def test_static_files_are_gathered_once(tmp_path, settings):
    settings.STATIC_ROOT = str(tmp_path)
    assert prepare.gather_static() is True
    assert (tmp_path / "favicon.svg").exists()
    assert prepare.gather_static() is False


def test_prepare_greets_with_the_sign_ins_of_an_embedded_demo(db, monkeypatch, capsys):
    loaded = []
    monkeypatch.setattr(prepare, "gather_static", lambda: None)
    monkeypatch.setattr(prepare, "load", lambda: loaded.append(1))
    monkeypatch.setattr(prepare, "is_loaded", lambda: bool(loaded))
    call_command("prepare")
    call_command("prepare", "--demo")
    assert "tala-demo" not in capsys.readouterr().out
    monkeypatch.setattr(prepare, "is_embedded", lambda: True)
    call_command("prepare")
    assert "tala-demo" in capsys.readouterr().out
    assert loaded == [1]


def test_every_template_compiles(capsys):
    call_command("compiletemplates")
    assert "templates compile" in capsys.readouterr().out


def test_a_broken_template_or_a_missing_file_is_named(tmp_path, settings):
    (tmp_path / "broken.html").write_text("{% if %}")
    (tmp_path / "lost.html").write_text("{% load static %}{% static 'no/such.css' %}")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    with pytest.raises(CommandError) as named:
        call_command("compiletemplates")
    first, second = str(named.value).splitlines()
    assert first.startswith("broken.html: ")
    assert second == "lost.html: there is no static file no/such.css"


def test_chromium_is_found_or_said_to_be_missing(monkeypatch, tmp_path):
    own = tmp_path / "my-chromium"
    own.touch(mode=0o755)
    monkeypatch.setenv("CHROMIUM", str(own))
    assert chromium.find_or_install() == str(own)
    monkeypatch.setenv("CHROMIUM", str(tmp_path / "none"))
    with pytest.raises(chromium.ChromiumMissing, match="apt-get install chromium"):
        chromium.find_or_install()


def test_chromium_is_installed_where_that_can_be_done(monkeypatch, tmp_path):
    own = tmp_path / "chromium"
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    (tmp_path / "apt-get").touch(mode=0o755)
    monkeypatch.setattr(chromium.subprocess, "run", lambda *a, **k: own.touch(mode=0o755))
    assert chromium.find_or_install() == str(own)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_locks_are_hashed_and_name_no_address(name):
    text = (PROJECT / name).read_text()
    assert "://" not in text
    assert "--index-url" not in text
    pinned = re.findall(r"^[a-z0-9].*$", text, re.MULTILINE)
    assert pinned
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert text.count("--hash=sha256:") >= len(pinned)


def test_the_tools_lock_holds_what_the_site_runs_on():
    run, tools = (
        set(re.findall(r"^\S+==\S+", (PROJECT / name).read_text(), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    )
    assert run <= tools
