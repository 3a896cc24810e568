"""The client pack: letters with what was asked and answered, for paper and as a workbook."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from escalations.models import ClientContact, Forwarding
from escalations.packs import COLUMNS, MOST, packed, rows_of
from escalations.querysets_forwarding import ForwardingQuerySet
from escalations.views.exports import XLSX
from escalations.workbook import workbook
from people.access import MemberRequest, member_page
from people.typed import number_said

PAGE = 50
OVERDUE = ("overdue", "Overdue")
"""Letters with the client whose promise is past, as `state` asks for them."""


@require_safe
@member_page("forward")
def letters(request: MemberRequest) -> HttpResponse:
    """The letters, the newest first; `contact` and `state` narrow them, `before` goes on."""
    found, contact = _narrowed(request)
    found = found.select_related("contact").with_counts().order_by("-number")
    if before := _number(request, "before"):
        found = found.filter(number__lt=before)
    page, now = list(found[: PAGE + 1]), timezone.now()
    for letter in page:
        shown: Any = letter
        shown.days, shown.late = letter.days_waiting(now), letter.is_overdue(now)
    context = {
        "letters": page[:PAGE],
        "more": page[PAGE - 1].number if len(page) > PAGE else None,
        "contact": contact,
        "state": request.GET.get("state", ""),
        "states": [*Forwarding.State.choices, OVERDUE],
        "contacts": ClientContact.objects.visible_to(request.membership)[:200],
    }
    return render(request, "escalations/letters.html", context)


@require_safe
@member_page("forward")
def pack(request: MemberRequest, n: int | None = None) -> HttpResponse:
    """Letter `n`, or all that wait for the client (for one `contact`), made to be printed."""
    found, contact = _chosen(request, n)
    packs = packed(found)
    context = {"packs": packs, "contact": contact, "only": n, "now": timezone.now(), "most": MOST}
    return render(request, "escalations/pack.html", context)


@require_safe
@member_page("forward")
def pack_xlsx(request: MemberRequest, n: int | None = None) -> StreamingHttpResponse:
    """The same letters as a workbook of text cells, one row a question."""
    found, _ = _chosen(request, n)
    headings, widths = zip(*COLUMNS, strict=True)
    rows = rows_of(packed(found), request.program)
    pieces = workbook(headings, widths, rows, name="Letters")
    response = StreamingHttpResponse(pieces, content_type=XLSX)
    name = f"{request.program.slug}-letter-{n}" if n else f"{request.program.slug}-letters"
    response["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _chosen(
    request: MemberRequest, n: int | None
) -> tuple[ForwardingQuerySet, ClientContact | None]:
    visible = Forwarding.objects.visible_to(request.membership).with_people()
    if n is not None:
        found = visible.filter(number=n)
        if not found:
            raise Http404
        return found, None
    narrowed, contact = _narrowed(request)
    return narrowed.with_people().waiting().order_by("due_at", "pk")[:MOST], contact


def _narrowed(request: MemberRequest) -> tuple[ForwardingQuerySet, ClientContact | None]:
    """The letters that `contact` and `state` leave; somebody who is not there is a 404."""
    found, contact = Forwarding.objects.visible_to(request.membership), None
    if request.GET.get("contact"):
        people = ClientContact.objects.visible_to(request.membership)
        contact = get_object_or_404(people, pk=_number(request, "contact"))
        found = found.filter(contact=contact)
    if (state := request.GET.get("state", "")) in Forwarding.State.values:
        found = found.filter(state=state)
    elif state == OVERDUE[0]:
        found = found.waiting().filter(due_at__lt=timezone.now())
    return found, contact


def _number(request: MemberRequest, name: str) -> int:
    """A number of the query string, 0 for none and for what is no number."""
    return number_said(request.GET.get(name, "")) or 0
