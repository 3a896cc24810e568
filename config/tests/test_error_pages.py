"""Error pages say what happened, what was kept and what to do; a fragment where one is looking."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory

from config.errors import csrf_failure, forbidden, not_found, refused, server_error
from config.jinja import template

KEPT = {
    403: "Nothing was changed",
    404: "Nothing was lost",
    409: "Nothing was changed",
    422: "Nothing was saved",
    429: "nothing was changed",
}


class Broken:
    """A person who cannot be read, as when the database is gone."""

    def __getattr__(self, name: str) -> object:
        raise ConnectionError(name)


def asking(*, htmx: bool = False) -> HttpRequest:
    """A signed-out request, as a page or for a fragment."""
    request = RequestFactory().get(
        "/p/skyline/log/", headers={"HX-Request": "true"} if htmx else {}
    )
    request.user = AnonymousUser()
    return request


@pytest.mark.parametrize("status", KEPT)
def test_page_says_what_was_kept_and_what_to_do(status: int) -> None:
    response = refused(asking(), status)
    page = response.content.decode()
    assert response.status_code == status
    assert KEPT[status] in page
    assert "Back to my first page" in page
    assert "csrf" not in page


@pytest.mark.parametrize("status", [409, 422, 429])
def test_page_gives_the_reason(status: int) -> None:
    page = refused(asking(), status, "Only <one> at a time.").content.decode()
    assert "Only &lt;one&gt; at a time." in page


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (403, "Your role here does not include this."),
        (404, "belongs to another program"),
        (429, "Wait a minute"),
        (409, "That is not possible just now."),
    ],
)
def test_fragment_is_put_where_the_person_is_looking(status: int, words: str) -> None:
    response = refused(asking(htmx=True), status)
    assert words in response.content.decode()
    assert "<html" not in response.content.decode()
    assert response["HX-Retarget"] == "#notice"


def test_fragment_gives_the_reason() -> None:
    page = refused(asking(htmx=True), 409, "Only an unresolved line can be forwarded.")
    assert "Only an unresolved line can be forwarded." in page.content.decode()


def test_wrong_turns_have_their_pages() -> None:
    assert forbidden(asking(), None).status_code == 403
    assert "open too long" in csrf_failure(asking()).content.decode()
    assert not_found(asking()).content == not_found(asking()).content


def test_a_fault_shows_an_incident_and_nothing_else() -> None:
    request = asking()
    request.user = Broken()  # type: ignore[assignment]
    page = server_error(request).content.decode()
    assert "this number: <strong" in page
    assert "this number" not in render_to_string("500.html")


@pytest.mark.parametrize("kind", ["success", "warning", "error", "info"])
def test_notices_carry_their_undo(kind: str) -> None:
    notice = template("parts/notice.jinja")
    undo = {"undo_url": "/undo/", "undo_version": 3}
    page = notice.render(words="Saved.", kind=kind, **undo)
    assert f"note-{kind}" in page
    assert 'name="version" value="3"' in page
    assert "Undo" not in notice.render(words="Saved.", kind=kind)


@pytest.mark.parametrize("status", ["resolved", "unresolved", "forwarded", "answered", "void"])
def test_status_is_a_word_and_an_icon(status: str) -> None:
    page = template("parts/status.jinja").render(status=status)
    assert status.capitalize() in page
    assert "<svg" in page


@pytest.mark.parametrize(
    ("feedback", "word"),
    [("owed", "Owed"), ("given", "Given"), ("acknowledged", "Acknowledged"), ("none", "No feed")],
)
def test_feedback_is_a_word(feedback: str, word: str) -> None:
    assert word in render_to_string("parts/feedback.html", {"feedback": feedback})
