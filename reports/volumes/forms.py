"""The fields of call volumes: the range shown, a report sent in, one hour's numbers."""

from __future__ import annotations

import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

from escalations.filters import DayField
from escalations.forms.one_sheet import OneSheetForm
from escalations.reading import SheetRefused
from escalations.reading.packed import pack_upload, unpack
from escalations.reading.table import MAX_BYTES
from people.cardwords import without_cards
from people.models import Membership, Program
from reports.volumes.hourly import Numbers, numbers_problem
from reports.volumes.plan import unseal
from reports.volumes.reading import Reading, read_volumes
from reports.volumes.sheet.cells import read_count, read_duration

DAYS = 14
MOST_DAYS = 100
TOO_BIG = (
    f"The file is larger than {MAX_BYTES // 1024 // 1024} MB. Send the months one after the other."
)


class VolumesRange(forms.Form):
    """`from` and `to`, shift days both included; by default the last fortnight's."""

    vars().update({"from": DayField(), "to": DayField()})

    def __init__(self, data: Any, *, program: Program) -> None:
        super().__init__(data)
        self.program = program
        current = program.current_shift()
        self.last, self.first = current, current - timedelta(days=DAYS - 1)
        if self.is_valid():
            self._take(self.cleaned_data["from"], self.cleaned_data["to"])

    def _take(self, first: date | None, last: date | None) -> None:
        last = last or (first + timedelta(days=DAYS - 1) if first else self.last)
        first = first or last - timedelta(days=DAYS - 1)
        if first > last:
            self.add_error("from", "The first day comes after the last.")
        elif (last - first).days >= MOST_DAYS:
            self.add_error("from", f"At most {MOST_DAYS} shift days are shown at once.")
        else:
            self.first, self.last = first, last

    @property
    def is_asked(self) -> bool:
        """Whether a range was asked for."""
        return bool(self.data.get("from") or self.data.get("to"))


class ReportForm(OneSheetForm):
    """A phone system's report as a file or pasted; `shift` places rows without a date."""

    file = forms.FileField(required=False, allow_empty_file=True, label="File")
    pasted = forms.CharField(required=False, strip=False, label="Rows", widget=forms.Textarea)

    too_big = TOO_BIG
    nothing = ("pasted", "Paste the rows of the report, or choose its file.")

    def __init__(
        self, data: Any = None, files: Any = None, *, program: Program, is_too_big: bool = False
    ) -> None:
        super().__init__(data, files, auto_id="volumes-%s")
        self.program, self.is_too_big = program, is_too_big
        self.fields["shift"] = DayField()
        self.fields["shift"].label = "Shift day of rows without a date"
        self.fields["shift"].initial = program.current_shift() - timedelta(days=1)
        self.reading: Reading | None = None
        self.name = "Pasted"

    @property
    def shown_pasted(self) -> str:
        """What was pasted, to be mended; without card numbers."""
        return str(without_cards({"pasted": self["pasted"].value() or ""}, self.program)["pasted"])

    def clean_shift(self) -> date:
        """Last night's unless another is said."""
        return self.cleaned_data["shift"] or self.program.current_shift() - timedelta(days=1)

    def read_sheet(self, file: UploadedFile | None, pasted: str, shift: date) -> None:
        """Read the report."""
        if file:
            self.name = file.name or "."
            pieces, size = file.chunks(), file.size or 0
        else:
            data = pasted.encode("utf-8", "surrogatepass")
            pieces, size = iter([data]), len(data)
        allowed = self.program.let_through
        try:
            name = self.name if file else ""
            packed = pack_upload(name, pieces, size, allowed, has_seconds=True)
            table = unpack(packed.source)
            now = timezone.now()
            self.reading = read_volumes(table, self.program, shift=shift, now=now)
        except SheetRefused as refused:
            self.add_error("file" if file else "pasted", str(refused))


class HourForm(forms.Form):
    """One hour's numbers; no calls takes its volume away. `version` is 0 where it has none."""

    calls = forms.CharField(required=False, max_length=20, label="Calls handled")
    wait = forms.CharField(required=False, max_length=20, label="Average wait")
    handling = forms.CharField(required=False, max_length=20, label="Average handling")
    key = forms.UUIDField(error_messages={"required": "The form has no key. Reload the page."})
    version = forms.IntegerField(required=False, min_value=0)

    def clean_calls(self) -> int | None:
        """The calls, None for nothing."""
        return self._read(read_count, "calls")

    def clean_wait(self) -> Decimal | None:
        """The average wait in seconds."""
        return self._read(read_duration, "wait")

    def clean_handling(self) -> Decimal | None:
        """The average handling time in seconds."""
        return self._read(read_duration, "handling")

    def clean(self) -> dict[str, Any]:
        """What nobody believes is said at the calls."""
        said = super().clean() or {}
        if not self.errors and (why := numbers_problem(self.numbers)):
            self.add_error("calls", why)
        return said

    @property
    def numbers(self) -> Numbers:
        """What was typed; call when its fields are clean."""
        said = self.cleaned_data
        return Numbers(said["calls"], said["wait"], said["handling"])

    @property
    def shown_key(self) -> object:
        """The form's own key: what was posted, else a new one."""
        return self.data.get("key") or uuid.uuid4()

    def _read(self, read: Any, name: str) -> Any:
        try:
            found = read(self.cleaned_data[name])
        except ValueError as refused:
            raise forms.ValidationError(str(refused)) from None
        return round(found, 1) if isinstance(found, Decimal) else found


class RecordForm(forms.Form):
    """The confirmation of a preview: what it showed, sealed, and what stood there."""

    sealed = forms.CharField(error_messages={"required": "The preview is gone. Read it again."})
    seen = forms.CharField(required=False, max_length=64)
    key = forms.UUIDField(error_messages={"required": "The form has no key. Reload the page."})

    def __init__(self, data: Any = None, *, membership: Membership) -> None:
        super().__init__(data)
        self.membership = membership

    def clean_sealed(self) -> str:
        """Refused unless this member was shown it."""
        try:
            unseal(self.cleaned_data["sealed"], self.membership)
        except ValueError as refused:
            raise forms.ValidationError(str(refused)) from None
        return str(self.cleaned_data["sealed"])

    @property
    def shown_key(self) -> object:
        """A new key for a preview."""
        return uuid.uuid4()
