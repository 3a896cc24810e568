"""The fields of an import: what is sent in, which column holds what, what is decided."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict

from escalations.filters import DayField
from escalations.forms.one_sheet import OneSheetForm
from escalations.models import Import
from escalations.reading import SheetRefused
from escalations.reading.headings import LABELS
from escalations.reading.packed import Packed, pack_pasted, pack_upload
from escalations.reading.table import MAX_BYTES
from people.models import Program
from people.typed import number_said

PASTED = "Pasted rows"
SAMPLED = 3
"""Rows whose cells show what a column holds."""

TOO_BIG = (
    f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. "
    "Split it into several files and import them one after the other."
)


class ImportForm(OneSheetForm):
    """A sheet as a file or as pasted rows, and the shift day it begins on."""

    file = forms.FileField(required=False, allow_empty_file=True, label="Sheet (.xlsx or .csv)")
    pasted = forms.CharField(
        required=False, strip=False, label="Rows pasted from a sheet", widget=forms.Textarea
    )

    too_big = TOO_BIG
    nothing = ("file", "Choose a file, or paste the rows below.")

    def __init__(
        self, data: Any = None, files: Any = None, *, program: Program, is_too_big: bool = False
    ) -> None:
        super().__init__(data, files)
        self.program, self.is_too_big = program, is_too_big
        self.fields["shift"] = DayField()
        self.fields["shift"].label = "First shift day"
        self.fields["shift"].initial = program.current_shift()
        self.sheet: Packed | None = None
        self.name = PASTED

    def clean_shift(self) -> date:
        """The current shift day unless another is said."""
        return self.cleaned_data["shift"] or self.program.current_shift()

    def read_sheet(self, file: UploadedFile | None, pasted: str, shift: date) -> None:
        """Pack what was sent."""
        allowed = self.program.let_through
        try:
            if file:
                self.name = file.name or "."  # no name: refused in words, not taken for a paste
                self.sheet = pack_upload(self.name, file.chunks(), file.size or 0, allowed)
            else:
                self.sheet = pack_pasted(pasted, allowed)
        except SheetRefused as refused:
            self.add_error("file" if file else "pasted", str(refused))


class ColumnsForm(forms.Form):
    """Per column of a staged sheet the field it holds; and the first shift day."""

    version = forms.IntegerField(required=False, min_value=1)

    def __init__(self, data: Any = None, *, batch: Import) -> None:
        super().__init__(data)
        choices = [("", "Left out"), *LABELS.items()]
        first = [row.cells for row in batch.rows.order_by("number")[:SAMPLED]]
        for at, field in enumerate(batch.mapping):
            heading = batch.headings[at] if at < len(batch.headings) else ""
            sample = [cells[at][:30] for cells in first if at < len(cells) and cells[at]]
            self.fields[f"column_{at}"] = forms.ChoiceField(
                choices=choices,
                required=False,
                initial=field,
                label=heading or f"Column {at + 1}",
                help_text="e.g. " + " · ".join(sample) if sample else "",
            )
        self.fields["shift"] = DayField()
        self.fields["shift"].label = "First shift day"
        self.fields["shift"].initial = batch.shift
        self.batch = batch

    @property
    def columns(self) -> list[forms.BoundField]:
        """The choices of the columns, in the sheet's order."""
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def mapping(self) -> list[str]:
        """What was chosen per column; call when valid."""
        return [self.cleaned_data[f"column_{at}"] for at in range(len(self.batch.mapping))]


class DecisionsForm(forms.Form):
    """The ticks of a preview page: `seen` and `accept` hold `row:kind`, `all` holds `kind:yes`."""

    version = forms.IntegerField(required=False, min_value=1)

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        self.posted = data

    @property
    def rows(self) -> dict[int, dict[str, bool]]:
        """Per row number and kind whether it was left ticked, for those that were shown."""
        ticked = set(self.posted.getlist("accept"))
        found: dict[int, dict[str, bool]] = defaultdict(dict)
        for one in self.posted.getlist("seen"):
            number, _, kind = one.partition(":")
            if (row := number_said(number)) is not None:
                found[row][kind] = one in ticked
        return found

    @property
    def kinds(self) -> dict[str, bool]:
        """The kind that was accepted or declined as a whole, if one was."""
        kind, _, answer = self.posted.get("all", "").partition(":")
        return {kind: answer == "yes"} if kind else {}
