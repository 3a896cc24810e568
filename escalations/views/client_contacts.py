"""The client's people: who gets letters."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from escalations.actions import client_contacts as actions
from escalations.forms.letter import ClientContactForm
from escalations.models import ClientContact
from escalations.views.posted import version_of
from people.access import MemberRequest, member_page
from people.refusals import ActionRefused, StaleVersion


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("forward")
def client_contacts(request: MemberRequest) -> HttpResponse:
    """Who gets letters; POST puts somebody on the list."""
    if request.method != "POST":
        return _page(request, ClientContactForm(initial={"key": uuid.uuid4()}))
    form = ClientContactForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            key = said["key"] or uuid.uuid4()
            contact = actions.add(said, key=key, by=request.membership)
        except ActionRefused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{contact} is on the list.")
            return redirect("client_contacts", p=request.program.slug)
    return _page(request, form, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("forward")
def client_contact(request: MemberRequest, pk: int) -> HttpResponse:
    """The fields of one of the client's people; POST saves them and carries `version`."""
    contact = _contact(request, pk)
    if request.method != "POST":
        said = {name: getattr(contact, name) for name in (*actions.FIELDS, "version")}
        return _page(request, ClientContactForm(initial=said), editing=contact)
    form = ClientContactForm(request.POST)
    if not form.is_valid():
        return _page(request, form, editing=contact, status=422)
    version = form.cleaned_data["version"]
    try:
        actions.change(contact, form.cleaned_data, version=version, by=request.membership)
    except StaleVersion:
        form.add_error(None, "Somebody changed this meanwhile: look, then save again.")
        now = ClientContact.objects.get(pk=contact.pk).version
        form.data = request.POST.dict() | {"version": str(now)}
        return _page(request, form, editing=contact, status=409)
    messages.success(request, f"{form.cleaned_data['name']} is saved.")
    return redirect("client_contacts", p=request.program.slug)


@require_POST
@member_page("forward")
def client_contact_remove(request: MemberRequest, pk: int) -> HttpResponse:
    """Take somebody off the list."""
    contact = _contact(request, pk)
    contact = actions.remove(contact, version=version_of(request), by=request.membership)
    messages.success(request, f"{contact} is off the list.")
    return redirect("client_contacts", p=request.program.slug)


def _contact(request: MemberRequest, pk: int) -> ClientContact:
    visible = ClientContact.objects.visible_to(request.membership).current()
    return get_object_or_404(visible, pk=pk)


def _page(
    request: MemberRequest,
    form: ClientContactForm,
    *,
    editing: ClientContact | None = None,
    status: int = 200,
) -> HttpResponse:
    contacts = ClientContact.objects.visible_to(request.membership).current()[:200]
    context = {"contacts": contacts, "form": form, "editing": editing}
    return render(request, "escalations/client_contacts.html", context, status=status)
