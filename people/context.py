"""What every template knows: the program, the person's abilities, the navigation."""

from collections.abc import Callable
from functools import cache, partial
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from people.access import memberships_of
from people.models import Membership
from people.whoasks import unread_of

NAV = (
    ("Log sheet", "log", "read_log"),
    ("Feedback", "feedback", "give_feedback"),
    ("My feedback", "my_feedback", "see_own_feedback"),
    ("Follow-ups", "follow_ups", "read_log"),
    ("Forwarding", "forwarding", "forward"),
    ("Calibration", "calibration", "read_log"),
    ("Practices", "practices", "read_practices"),
    ("Reports", "reports", "read_reports"),
    ("Import", "imports", "import"),
    ("People", "people", "manage_people"),
)

COUNTS: dict[str, Callable[[Membership], str]] = {}
"""By a page's name, what its link counts; an app puts its own in. Asked only by a whole page."""


def people(request: HttpRequest) -> dict[str, Any]:
    """`program`, `membership`, `can`, `programs`, `nav`, `unread`; only counts ask."""
    membership = getattr(request, "membership", None)
    if membership is None:
        nowhere: dict[str, Any] = {"program": None, "membership": None, "can": frozenset()}
        unread = SimpleLazyObject(lambda: unread_of(_mine(request)))  # a fault's page asks nobody
        return {**nowhere, "programs": [], "nav": [], "unread": unread}
    slug = membership.program.slug
    nav: list[dict[str, Any]] = []
    for label, name, ability in NAV:
        if membership.may(ability):
            url = _address(name, slug)
            count = SimpleLazyObject(partial(COUNTS[name], membership)) if name in COUNTS else ""
            nav.append({"label": label, "url": url, "active": False, "count": count})
    # A page belongs to the closest address above it: an import to Import, one line to the sheet.
    above = [item for item in nav if request.path.startswith(item["url"])]
    if above:
        max(above, key=lambda item: len(item["url"]))["active"] = True
    return {
        "program": membership.program,
        "membership": membership,
        "can": membership.abilities,
        "programs": [m.program for m in memberships_of(request)],
        "nav": nav,
        "unread": unread_of(memberships_of(request)),
    }


@cache
def _address(name: str, slug: str) -> str:
    """Of a program's page; every page asks for all of them."""
    return reverse(name, kwargs={"p": slug})


def _mine(request: HttpRequest) -> list[Membership]:
    """What was read with the person, if somebody is signed in."""
    user = getattr(request, "user", None)
    return memberships_of(request) if user is not None and user.is_authenticated else []
