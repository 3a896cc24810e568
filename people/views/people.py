"""The people page of a program: roster, members, captain, contact points."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from people.access import MemberRequest, member_page
from people.views.sections import show, whole_page


@require_safe
@member_page("manage_people")
def people(request: MemberRequest) -> HttpResponse:
    """Everything a manager keeps about people; htmx asks for the section it searches."""
    target = request.headers.get("HX-Target", "")
    for section in ("roster", "members"):
        if target.endswith(f"#{section}"):
            return show(request, section)
    return whole_page(request)
