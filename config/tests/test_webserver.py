"""Long answers live as long as they move, and are closed like any other."""

from types import SimpleNamespace

import pytest
from django.http import HttpResponse, StreamingHttpResponse

from config import webserver


@pytest.fixture
def signs(monkeypatch) -> list[str]:
    """What gunicorn is told, by a worker that just began."""
    signs: list[str] = []
    monkeypatch.setattr(webserver, "_signs", [])
    webserver.post_worker_init(SimpleNamespace(notify=lambda: signs.append("alive")))
    return signs


def test_each_piece_of_an_export_is_a_sign_of_life(signs, db):
    answer = StreamingHttpResponse(iter([b"one", b"two", b"three"]))
    sent = webserver.lively(lambda environ, start: answer)({}, None)
    assert list(sent) == [b"one", b"two", b"three"]
    assert signs == ["alive"] * 3
    sent.close()
    assert answer.closed


def test_a_page_is_left_as_it_is(signs):
    page = HttpResponse("page")
    assert webserver.lively(lambda environ, start: page)({}, None) is page
    assert signs == []


def test_what_cannot_be_closed_need_not_be(signs):
    webserver.Lively([b"one"]).close()


def test_the_command_runs_our_settings():
    command = webserver.command("127.0.0.1:8000")
    assert command[1].endswith("/gunicorn")
    assert "python:config.webserver" in command
    assert command[-2:] == ["--bind", "127.0.0.1:8000"]
