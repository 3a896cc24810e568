"""Answers to htmx that are a piece of the sheet, not a page: no page's context is made for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse

from config.jinja import template
from escalations.models import Escalation
from escalations.rows import row_of
from people.access import MemberRequest


def fragment(request: MemberRequest, name: str, *, status: int = 200, **known: Any) -> HttpResponse:
    """A Jinja template with `known`, the program and what the member may do.

    Forms in it are sent by htmx, which takes the CSRF token from the page's body.
    """
    known |= {"program": request.program, "can": request.membership.abilities}
    return HttpResponse(template(name).render(known), status=status)


def saved(
    request: MemberRequest,
    line: Escalation,
    *,
    words: str = "",
    is_here: bool = True,
    status: int = 200,
    **known: Any,
) -> HttpResponse:
    """A dressed line as its row says it, if the sheet shows it, and `words` with an undo.

    `known` may hold an `entry_row()` and the sheet it stands in, and that the row `is_new`.
    """
    return fragment(
        request,
        "escalations/sheet/saved.jinja",
        status=status,
        line=line,
        row=row_of(line) if is_here else None,
        words=words,
        **{"key": None, "is_new": False, **known},
    )
