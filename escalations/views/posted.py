"""What every page of a line asks of a request: the version it was made from, and its line."""

from __future__ import annotations

from django.http import Http404

from escalations.models import Escalation
from escalations.onepage import line_at_once
from people.access import MemberRequest
from people.typed import number_said


def version_of(request: MemberRequest) -> int | None:
    """The `version` that was posted, or None."""
    return number_said(request.POST.get("version", ""))


def line_of(request: MemberRequest, n: int) -> Escalation:
    """The line of a number as the member may see it; raises Http404."""
    found = line_at_once(request.membership, n)
    if found is None:
        raise Http404
    return found
