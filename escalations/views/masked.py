"""Numbers masked in a line: a captain says which of them are no payment cards."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from escalations.actions import masking
from escalations.models import MaskedNumber
from people.access import MemberRequest, member_page


@require_POST
@member_page("clear_numbers")
def line_masked(request: MemberRequest, n: int, pk: int) -> HttpResponse:
    """`is_card` N: let this very number through from now on; Y takes that back."""
    seen = MaskedNumber.objects.visible_to(request.membership)
    number = get_object_or_404(seen, escalation__number=n, pk=pk)
    if request.POST.get("is_card") == "Y":
        masking.a_card_after_all(number, by=request.membership)
        messages.success(request, f"The number ending {number.last} is masked again from now on.")
    else:
        masking.not_a_card(number, by=request.membership)
        messages.success(
            request,
            f"The number ending {number.last} is let through from now on. What was masked is kept "
            "nowhere: edit the line to write it again.",
        )
    return redirect("line", p=request.program.slug, n=n)
