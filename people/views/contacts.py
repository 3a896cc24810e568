"""Contact points: who do I call now?"""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from people import callnow
from people.access import MemberRequest, member_page
from people.actions import contacts as actions
from people.forms.contacts import ContactForm
from people.models import ContactPoint
from people.refusals import StaleVersion
from people.typed import number_said
from people.views.compare import compared, difference
from people.views.sections import done, show

SEVERITIES = ("1", "2", "3", "4")


@require_safe
@member_page("read_log")
def call_now(request: MemberRequest) -> HttpResponse:
    """Who can be reached at this moment, first to call on top; the others with when.

    `severity` and `topic` say about what; `line` leads to the page of that line.
    """
    if line := number_said(request.GET.get("line", "")):
        return redirect("line_call", p=request.program.slug, n=line)
    severity, topic = request.GET.get("severity", ""), request.GET.get("topic", "")
    is_asked = severity in SEVERITIES or bool(topic)
    matter = callnow.Matter(int(severity) if severity in SEVERITIES else None, topic[:80])
    found = callnow.who_now(request.membership, matter if is_asked else None)
    context = {"found": found, "matter": matter, "severities": SEVERITIES}
    context["topics"] = sorted({*found.names.values()}, key=lambda one: one[1].casefold())
    return render(request, "people/now.html", context)


@require_POST
@member_page("manage_people")
def contact_add(request: MemberRequest) -> HttpResponse:
    """Put somebody on the list."""
    form = ContactForm(request.POST, program=request.program)
    if not form.is_valid():
        return show(request, "contacts", status=422, contact_form=form, adding_contact=True)
    contact = actions.add_contact(form.cleaned_data, by=request.membership)
    return done(request, "contacts", f"{contact.name} is on the list.")


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("manage_people")
def contact_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """GET opens the fields of one contact; POST saves them and carries `version`."""
    contact = _contact(request, pk)
    if request.method != "POST":
        return _editor(request, contact, ContactForm(contact=contact, program=request.program))
    form = ContactForm(request.POST, contact=contact, program=request.program)
    if not form.is_valid():
        return _editor(request, contact, form, status=422)
    said = {name: form.cleaned_data[name] for name in actions.FIELDS}
    version = form.cleaned_data["version"]
    try:
        actions.change_contact(contact, said, version=version, by=request.membership)
    except StaleVersion as stale:
        return _conflict(request, stale.theirs, form)  # type: ignore[arg-type]
    return done(request, "contacts", f"{said['name']} saved.")


@require_POST
@member_page("manage_people")
def contact_verify(request: MemberRequest, pk: int) -> HttpResponse:
    """Somebody was reached there today."""
    contact = actions.verify_contact(_contact(request, pk), by=request.membership)
    return done(request, "contacts", f"{contact.name}: verified today.")


@require_POST
@member_page("manage_people")
def contact_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    contact = actions.remove_contact(_contact(request, pk), by=request.membership)
    undo = {
        "undo_url": reverse("contact_restore", kwargs={"p": request.program.slug, "pk": pk}),
        "undo_target": "#contacts",
    }
    said = f"{contact.name} is off the list."
    return done(request, "contacts", said, **undo)


@require_POST
@member_page("manage_people")
def contact_restore(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a removal back."""
    contact = actions.restore_contact(_contact(request, pk), by=request.membership)
    return done(request, "contacts", f"{contact.name} is on the list again.")


def _contact(request: MemberRequest, pk: int) -> ContactPoint:
    return get_object_or_404(ContactPoint.objects.visible_to(request.membership), pk=pk)


def _editor(
    request: MemberRequest, contact: ContactPoint, form: ContactForm, status: int = 200
) -> HttpResponse:
    fragment = "#editor" if request.headers.get("HX-Request") else ""
    context = {"contact": contact, "form": form}
    return render(request, f"people/contact.html{fragment}", context, status=status)


def _conflict(request: MemberRequest, theirs: ContactPoint, form: ContactForm) -> HttpResponse:
    """Both versions side by side, field by field; choosing posts with the version of now."""
    rows = [
        difference(
            name,
            str(form.fields[name].label or name.capitalize()),
            getattr(theirs, name),
            form.cleaned_data[name],
        )
        for name in actions.FIELDS
    ]
    context = {"contact": theirs, **compared(rows)}
    fragment = "#conflict" if request.headers.get("HX-Request") else ""
    return render(request, f"people/contact_conflict.html{fragment}", context, status=409)
