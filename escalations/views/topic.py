"""A line's topic: choosing another, from the line's own page."""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from config.errors import refused
from escalations.actions import topics as grouping
from escalations.models import Escalation, Topic
from escalations.models.topics import NAME
from escalations.rights import check_may_edit
from escalations.topicnames import topics_of
from escalations.views.fragments import fragment
from escalations.views.posted import line_of
from people.access import MemberRequest, member_page


class TopicForm(forms.Form):
    """Where a line goes: a topic's slug, or nothing for none."""

    key = forms.UUIDField()
    topic = forms.CharField(required=False, max_length=NAME)


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("edit_own")
def line_topic(request: MemberRequest, n: int) -> HttpResponse:
    """Choose a line's topic: the form, or what was chosen; the same `key` is one step."""
    line = line_of(request, n)
    if request.method == "POST":
        return _move(request, line)
    if not request.membership.may("group_topics"):
        check_may_edit(line, by=request.membership)
    known: dict[str, Any] = {"line": line, "key": uuid.uuid4()}
    known["topics"] = topics_of(request.program)
    if request.headers.get("HX-Request"):
        return fragment(request, "escalations/topic_form.jinja", **known)
    return render(request, "escalations/topic.html", known)


def _move(request: MemberRequest, line: Escalation) -> HttpResponse:
    form = TopicForm(request.POST)
    if not form.is_valid():
        return refused(request, 422, "The form has no key. Reload the page.")
    slug = form.cleaned_data["topic"]
    to = Topic.objects.at(slug, request.program) if slug else None
    if slug and to is None:
        return refused(request, 422, "That topic is not there any more. Choose another, or none.")
    grouping.move([line], to, by=request.membership, key=form.cleaned_data["key"])
    messages.success(request, f"Under “{to}” now." if to else "Under no topic now.")
    return redirect("line", p=request.program.slug, n=line.number)
