"""One sheet sent in, as a file or as pasted rows: an import's, a report of call volumes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from escalations.uploads import turn_of

ANOTHER = "Another large sheet is being read just now. Send this one again in a minute."


class OneSheetForm(forms.Form):
    """Has `file`, `pasted` and `shift`; reads the one that was sent when it is its turn.

    `too_big` says what to do with a file past the limit, `nothing` (a field and words) with none.
    """

    too_big: str
    nothing: tuple[str, str]
    is_too_big = False

    def read_sheet(self, file: UploadedFile | None, pasted: str, shift: date) -> None:
        """Read it; what is wrong with it is added at its field."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        """Read the one sheet that was sent; what is wrong with it is said at its field."""
        said = super().clean() or {}
        file: UploadedFile | None = said.get("file")
        pasted = said.get("pasted") or ""
        if self.is_too_big:
            self.add_error("file", self.too_big)
        elif file and pasted.strip():
            self.add_error("pasted", "Send either a file or pasted rows, not both.")
        elif not file and not pasted.strip():
            self.add_error(*self.nothing)
        elif not self.errors:
            with turn_of((file.size or 0) if file else len(pasted)) as is_free:
                if is_free:
                    self.read_sheet(file, pasted, said["shift"])
                else:
                    self.add_error("file" if file else "pasted", ANOTHER)
        return said
