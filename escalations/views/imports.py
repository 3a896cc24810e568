"""Bringing sheets in: send one, look at what it says, confirm, undo."""

from __future__ import annotations

import csv
from collections.abc import Iterator

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from escalations.actions import imports as actions
from escalations.exportcells import neutral
from escalations.forms.imports import ColumnsForm, DecisionsForm, ImportForm
from escalations.models import Import
from escalations.preview import read_preview
from escalations.reading.headings import missing_fields
from escalations.uploads import count_upload, was_too_big
from people.access import MemberRequest, member_page
from people.typed import number_said

LISTED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@member_page("import")
def imports(request: MemberRequest) -> HttpResponse:
    """The past imports, and the form that begins one; POST reads the sheet."""
    form = ImportForm(program=request.program)
    if request.method == "POST":
        count_upload(request)
        form = ImportForm(
            request.POST, request.FILES, program=request.program, is_too_big=was_too_big(request)
        )
        if form.is_valid() and form.sheet:
            said = {"name": form.name, "shift": form.cleaned_data["shift"]}
            return _to(actions.stage(form.sheet, by=request.membership, **said))
    past = Import.objects.visible_to(request.membership).listed()[:LISTED]
    context = {"form": form, "past": past}
    return render(request, "escalations/imports.html", context, status=422 if form.errors else 200)


@require_safe
@member_page("import")
def import_page(request: MemberRequest, pk: int) -> HttpResponse:
    """One import: its progress, its preview, or what became of it."""
    batch = _batch(request, pk)
    if request.headers.get("HX-Request") and "progress" in request.GET:
        return _progress(request, batch)
    return _page(request, batch)


@require_POST
@member_page("import")
def import_decide(request: MemberRequest, pk: int) -> HttpResponse:
    """Accept or decline proposals; the sheet is read again with that."""
    batch, form = _batch(request, pk), DecisionsForm(request.POST)
    batch = actions.decide(
        batch, rows=form.rows, kinds=form.kinds, version=_version(form), by=request.membership
    )
    if request.headers.get("HX-Request"):
        return _page(request, batch, "escalations/imports/staged.html")
    return _to(batch)


@require_POST
@member_page("import")
def import_remap(request: MemberRequest, pk: int) -> HttpResponse:
    """Say which column holds what, and on which shift day the sheet begins."""
    batch = _batch(request, pk)
    form = ColumnsForm(request.POST, batch=batch)
    if not form.is_valid():
        return _page(request, batch, columns=form, status=422)
    shift = form.cleaned_data["shift"] or batch.shift
    by = request.membership
    return _to(
        actions.remap(batch, form.mapping, shift=shift, version=form.cleaned_data["version"], by=by)
    )


@require_POST
@member_page("import")
def import_confirm(request: MemberRequest, pk: int) -> HttpResponse:
    """Add the lines of the preview; ticks changed since it was read are shown once more first."""
    batch, form = _batch(request, pk), DecisionsForm(request.POST)
    version, by = _version(form), request.membership
    decided = actions.decide(batch, rows=form.rows, kinds={}, version=version, by=by)
    if decided.confirmed_at:
        return _to(decided)
    if decided.version != version:
        messages.info(request, "Read again with your choices: this is what would be added now.")
        return _to(decided)
    return _to(actions.confirm(decided, version=version, by=by))


@require_POST
@member_page("import")
def import_undo(request: MemberRequest, pk: int) -> HttpResponse:
    """Take the lines of an import out of the log again."""
    return _to(actions.undo(_batch(request, pk), by=request.membership))


@require_POST
@member_page("import")
def import_discard(request: MemberRequest, pk: int) -> HttpResponse:
    """Throw a sheet away that was never confirmed."""
    batch = actions.discard(_batch(request, pk), by=request.membership)
    messages.success(request, f"{batch.source_name} was thrown away. Nothing was added.")
    return redirect("imports", p=request.program.slug)


@require_POST
@member_page("import")
def import_resume(request: MemberRequest, pk: int) -> HttpResponse:
    """Go on with a step that stands still."""
    return _to(actions.resume(_batch(request, pk), by=request.membership))


@require_safe
@member_page("import")
def import_rejected(request: MemberRequest, pk: int) -> StreamingHttpResponse:
    """The rows that could not be read, with row number and reason, to be fixed and sent again."""
    batch = _batch(request, pk)
    response = StreamingHttpResponse(_rejected(batch), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-rows-{batch.pk}.csv"'
    return response


class _Echo:
    """A file that gives back what is written to it, for a csv writer that streams."""

    def write(self, text: str) -> bytes:
        """Give the text back as UTF-8."""
        return text.encode("utf-8", "replace")


def _rejected(batch: Import) -> Iterator[bytes]:
    writer = csv.writer(_Echo())
    yield "\ufeff".encode() + writer.writerow([*batch.headings, "Row", "Why it was not read"])
    for row in batch.rows.unreadable().order_by("number").iterator():
        cells = [*row.cells, *[""] * (len(batch.headings) - len(row.cells))]
        problem = f"{row.problem_column}: {row.problem}"
        yield writer.writerow([neutral(cell) for cell in [*cells, str(row.number), problem]])


def _batch(request: MemberRequest, pk: int) -> Import:
    visible = Import.objects.visible_to(request.membership).listed()
    return get_object_or_404(visible.select_related("program"), pk=pk)


def _to(batch: Import) -> HttpResponse:
    return redirect("import", p=batch.program.slug, pk=batch.pk)


def _version(form: DecisionsForm) -> int | None:
    return form.cleaned_data["version"] if form.is_valid() else None


def _progress(request: MemberRequest, batch: Import) -> HttpResponse:
    """How far the step is; once it is done, the whole page again."""
    if batch.is_working:
        return render(request, "escalations/import.html#progress", {"batch": batch})
    page = reverse("import", kwargs={"p": request.program.slug, "pk": batch.pk})
    return HttpResponse(headers={"HX-Redirect": page})


def _page(
    request: MemberRequest,
    batch: Import,
    template: str = "escalations/import.html",
    *,
    columns: ColumnsForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "batch": batch,
        "preview": read_preview(
            batch,
            show=request.GET.get("show", "all"),
            after=number_said(request.GET.get("after", "")) or 0,
        ),
        "columns": columns or ColumnsForm(batch=batch),
        "missing": missing_fields(batch.mapping),
        "before": actions.same_file_before(batch, request.program),
    }
    return render(request, template, context, status=status)
