"""The texts kept at hand for giving feedback: a small page for the captain and the manager."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escalations.actions import quick_texts as actions
from escalations.forms.feedback import QuickTextForm
from escalations.models import QuickText
from escalations.views.posted import version_of
from people.access import MemberRequest, member_page
from people.refusals import StaleVersion


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("edit_any")
def quick_texts(request: MemberRequest) -> HttpResponse:
    """The list; POST adds a `text` (`key`)."""
    if request.method != "POST":
        return _page(request, QuickTextForm())
    form = QuickTextForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    said = form.cleaned_data
    quick = actions.add_text(said["text"], key=said["key"], by=request.membership)
    messages.success(request, f"“{quick.text}” is at hand.")
    return redirect("quick_texts", p=request.program.slug)


@require_POST
@member_page("edit_any")
def quick_text(request: MemberRequest, pk: int) -> HttpResponse:
    """Word one anew (`text`), take it off or bring it back (`do`: remove, restore); `version`."""
    texts = QuickText.objects.visible_to(request.membership)
    quick, version, by = get_object_or_404(texts, pk=pk), version_of(request), request.membership
    do = request.POST.get("do", "")
    try:
        if do == "remove":
            quick = actions.remove_text(quick, version=version, by=by)
            messages.success(request, f"“{quick.text}” is off the list.")
        elif do == "restore":
            quick = actions.restore_text(quick, version=version, by=by)
            messages.success(request, f"“{quick.text}” is at hand again.")
        else:
            text = request.POST.get("text", "").replace("\0", "")
            quick = actions.change_text(quick, text, version=version, by=by)
            messages.success(request, f"“{quick.text}” is saved.")
    except StaleVersion as stale:
        return _stale(request, stale.theirs)  # type: ignore[arg-type]
    return redirect("quick_texts", p=request.program.slug)


def _stale(request: MemberRequest, theirs: QuickText) -> HttpResponse:
    """Theirs in the list, mine in its field: saving again saves mine."""
    mine = {"pk": theirs.pk, "text": request.POST.get("text", theirs.text)[:300]}
    return _page(request, QuickTextForm(), status=409, mine=mine)


def _page(
    request: MemberRequest, form: QuickTextForm, status: int = 200, **more: object
) -> HttpResponse:
    texts = QuickText.objects.visible_to(request.membership)
    removed = texts.filter(removed_at__isnull=False).order_by("-removed_at", "-pk")[:10]
    context = {"texts": texts.current(), "removed": removed, "form": form, **more}
    return render(request, "escalations/quick_texts.html", context, status=status)
