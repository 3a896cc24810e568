"""Did it work: the card of one best practice, its days as a file, and all verdicts in a list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from calibration.models import BestPractice
from escalations.views.exports import CSV, XLSX
from people.access import MemberRequest, member_page
from people.refusals import ActionRefused
from reports.effect.cards import Effect, effects
from reports.effect.days import as_csv, as_xlsx
from reports.effect.page import EffectPage
from reports.effect.verdicts import EffectList


@require_safe
@member_page("read_reports")
def practice_effect(request: MemberRequest, n: int) -> HttpResponse:
    """The verdict, the figures it is made of, and the chart."""
    effect = _effect_of(request, n)
    context = {"effect": effect, "practice": effect.practice, "page": _page(request, effect)}
    context["since"] = effect.span.in_force_on if effect.span else None
    return render(request, "reports/effect.html", context)


@require_safe
@member_page("read_reports")
def practice_effect_csv(request: MemberRequest, n: int) -> HttpResponse:
    """The days of the chart as CSV."""
    return _file(request, n, "csv")


@require_safe
@member_page("read_reports")
def practice_effect_xlsx(request: MemberRequest, n: int) -> HttpResponse:
    """The days of the chart as a workbook."""
    return _file(request, n, "xlsx")


@require_safe
@member_page("read_reports")
def effects_list(request: MemberRequest) -> HttpResponse:
    """All answers in force with their verdicts, the newest first; `page` counts from 1."""
    found = EffectList(request.membership, request.GET.get("page", ""))
    return render(request, "reports/effects.html", {"found": found})


def _effect_of(request: MemberRequest, n: int) -> Effect:
    visible = BestPractice.objects.visible_to(request.membership)
    practice = get_object_or_404(visible.select_related("topic", "item__forwarding"), number=n)
    (effect,) = effects([practice], request.program)
    return effect


def _page(request: MemberRequest, effect: Effect) -> EffectPage | None:
    if effect.span is None or effect.card is None:
        return None
    return EffectPage(effect, request.program, effect.span, effect.card)


def _file(request: MemberRequest, n: int, kind: str) -> HttpResponse:
    effect = _effect_of(request, n)
    page = _page(request, effect)
    if page is None:
        raise ActionRefused(effect.because)
    if kind == "csv":
        response = HttpResponse(as_csv(page), content_type=CSV)
    else:
        response = HttpResponse(b"".join(as_xlsx(page)), content_type=XLSX)
    name = f"{request.program.slug}-practice-{n}-effect.{kind}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
