"""Forms that are made for every line: their fields are built once, not copied for each form."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms

F = TypeVar("F", bound=type[forms.Form])


class SharedFields(dict[str, forms.Field]):
    """The fields of a form class, which its forms share; a form that changes one replaces it."""

    def __deepcopy__(self, memo: Any) -> dict[str, forms.Field]:
        return dict(self)


def lean(form: F) -> F:
    """Let the forms of a class share its fields: `@lean class EntryForm(forms.Form)`.

    Django copies every field and widget for each form, so that a form may change them.
    """
    form.base_fields = SharedFields(form.base_fields)
    return form
