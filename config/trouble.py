"""What is wrong when the database is: a sentence for the person, 503, and ask again soon."""

import secrets

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from config.timeouts import RETRY_AFTER
from people.linkmask import without_links
from people.retries import code_of, is_lost, was_cut

log = structlog.get_logger("tala.errors")

AWAY = "The database cannot be reached right now."
BUSY = "The database is too busy right now."

WORDS = {
    "53100": "The database's disk is full: nothing can be saved right now. Reading still works.",
    "25006": "The database can only be read right now: nothing can be saved.",
    **dict.fromkeys(("57014", "55P03", "40001", "40P01", "53200", "53300", "53400"), BUSY),
}
"""PostgreSQL's codes, and what a person is told: plain letters only, it travels in a header."""


def words_for(error: BaseException | None) -> str:
    """What to tell about this error; "" when it is no trouble of the database but our mistake."""
    if not isinstance(error, DatabaseError | InterfaceError):
        return ""
    code = code_of(error)
    if code in WORDS:
        return WORDS[code]
    if is_lost(error):
        return AWAY
    return BUSY if isinstance(error, OperationalError) else ""


def unavailable(request: HttpRequest, error: BaseException) -> HttpResponse:
    """The 503 page, or its short fragment for htmx; the log gets PostgreSQL's code, no words."""
    reason, incident = words_for(error), secrets.token_hex(4)
    log.error(
        "database trouble",
        incident=incident,
        code=code_of(error) or type(error).__name__,
        path=without_links(request.path),
    )
    fragment = bool(request.headers.get("HX-Request"))
    name = "parts/refused.html" if fragment else "503.html"
    said = {"reason": reason, "incident": incident, "status": 503}
    response = render(request, name, said, status=503)
    response["Retry-After"] = str(RETRY_AFTER)
    response["X-Tala-Reason"] = reason
    response["Cache-Control"] = "no-store"
    response.was_cut = was_cut(error)  # type: ignore[attr-defined]
    return response


def drop_connections() -> None:
    """Close what connections this process holds, so that the next query opens a new one."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
