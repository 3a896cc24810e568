"""The way in: to the person's own first page, or a choice of programs."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from people.access import memberships_of, signed_in_page


@require_safe
@signed_in_page
def home(request: HttpRequest) -> HttpResponse:
    """One program: straight to it; several: a choice; none: who to ask."""
    memberships = memberships_of(request)
    if len(memberships) == 1 and memberships[0].may("read_log"):
        return redirect("log", p=memberships[0].program.slug)
    places = [
        {
            "member": one,
            "url": reverse("log", kwargs={"p": one.program.slug}) if one.may("read_log") else "",
        }
        for one in memberships
    ]
    context = {"places": places, "memberships": memberships}
    return render(request, "people/home.html", context)
