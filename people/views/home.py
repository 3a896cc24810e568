"""The way in: to the person's own first page, or a choice of programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from people.access import memberships_of, signed_in_page


@require_safe
@signed_in_page
def home(request: HttpRequest) -> HttpResponse:
    """One program: straight to one's first page there; several: a choice; none: who to ask."""
    memberships = memberships_of(request)
    if len(memberships) == 1:
        return redirect("start", p=memberships[0].program.slug)
    return render(request, "people/home.html", {"memberships": memberships})
