"""The client's page: one letter, one answer per question, no sign-in."""

from __future__ import annotations

from dataclasses import dataclass

from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from escalations.actions.forwarding import items_of
from escalations.actions.reply_links import LinkDead, open_link
from escalations.actions.replying import answer
from escalations.forms.reply import ReplyForm
from escalations.letters import Question, letter_of
from escalations.models import ClientAnswer, ForwardedItem, ReplyLink
from people.attempts import is_within
from people.linkpage import link_page
from people.refusals import KeyReused, TooOften


@dataclass(frozen=True)
class Asked:
    """One question as the page shows it: what was answered so far, and its fields."""

    question: Question
    answers: list[ClientAnswer]
    verdict: BoundField
    text: BoundField

    @property
    def newest(self) -> ClientAnswer | None:
        """The answer that counts, if there is one."""
        return self.answers[-1] if self.answers else None

    @property
    def is_open(self) -> bool:
        """Whether the fields are shown at once: nothing is answered yet, or it was typed into."""
        return not self.answers or bool(self.verdict.errors or self.text.errors)


@require_http_methods(["GET", "HEAD", "POST"])
@link_page
def reply(request: HttpRequest, token: str) -> HttpResponse:
    """GET shows the letter and changes nothing; POST takes answers to some or all questions."""
    try:
        link = open_link(token.removesuffix("/"))
        if request.method != "POST":
            return _page(request, link)
        if not is_within(request, "reply"):
            raise TooOften("That was tried too often. Wait a minute, then send it again.")
        form = ReplyForm(request.POST, items=items_of(link.forwarding))
        if not form.is_valid():
            return _page(request, link, form, status=422)
        said = form.cleaned_data
        answer(token.removesuffix("/"), form.replies(), name=said["name"], key=said["key"])
    except KeyReused as reused:
        return _page(request, link, form.anew(str(reused)), status=422)
    except LinkDead:
        return render(request, "escalations/reply_dead.html", status=404)
    return redirect(reverse("reply", kwargs={"token": token.removesuffix("/")}) + "?received=1")


def _page(
    request: HttpRequest, link: ReplyLink, form: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    items = items_of(link.forwarding)
    given = _answers(items)
    form = form or ReplyForm(items=items, name=_last_name(given) or link.contact.name)
    letter = letter_of(link.forwarding, items)
    asked = [
        Asked(
            question,
            given.get(item.pk, []),
            **form.fields_of(item),
        )
        for question, item in zip(letter.questions, items, strict=True)
    ]
    context = {
        "letter": letter,
        "asked": asked,
        "form": form,
        "left": sum(not one.answers for one in asked),
        "is_received": "received" in request.GET,
    }
    return render(request, "escalations/reply.html", context, status=status)


def _answers(items: list[ForwardedItem]) -> dict[int, list[ClientAnswer]]:
    """The answers to each item, by its primary key, the oldest first; one query."""
    given: dict[int, list[ClientAnswer]] = {}
    for one in ClientAnswer.objects.filter(item__in=items).order_by("pk"):
        given.setdefault(one.item_id, []).append(one)
    return given


def _last_name(given: dict[int, list[ClientAnswer]]) -> str:
    said = [answers[-1] for answers in given.values() if answers[-1].recorded_by_id is None]
    return max(said, key=lambda one: one.pk).said_by if said else ""
