"""A person's own name, and how pages look and listen."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from people.access import memberships_of, signed_in_page
from people.actions.accounts import set_preferences
from people.forms.accounts import PreferencesForm
from people.told import told_how


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def preferences(request: HttpRequest) -> HttpResponse:
    """GET shows the form; POST saves it. Without `name` it is the switch in the list of keys."""
    if request.method != "POST":
        return _page(request, PreferencesForm(user=request.user))  # type: ignore[arg-type]
    if "name" not in request.POST:
        on = request.POST.get("single_keys") == "on"
        set_preferences(request.user, {"single_keys": on})  # type: ignore[arg-type]
        only_keys = request.headers.get("X-Keys-Only") or request.headers.get("HX-Request")
        return HttpResponse(status=204) if only_keys else redirect("preferences")
    form = PreferencesForm(request.POST, user=request.user)  # type: ignore[arg-type]
    if not form.is_valid():
        return _page(request, form, status=422)
    set_preferences(request.user, form.cleaned_data)  # type: ignore[arg-type]
    messages.success(request, "Saved.")
    return redirect("preferences")


def _page(request: HttpRequest, form: PreferencesForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "told": told_how(request.user, memberships_of(request))}  # type: ignore[arg-type]
    return render(request, "people/preferences.html", context, status=status)
