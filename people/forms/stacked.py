"""How forms look here: labels above fields, no form tag, ids of their own."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout
from django import forms


class Stacked(forms.Form):
    """A form rendered by crispy with stacked labels; `rows` puts fields beside each other."""

    rows: tuple[str | tuple[str, ...], ...] = ()
    name_on_page = ""

    def __init__(self, *args: Any, of: object = "", **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"{self.name_on_page}{of or ''}-%s")
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.use_required_attribute = True
        self.helper = helper_for(self)


def helper_for(form: forms.BaseForm) -> FormHelper:
    """A crispy helper without form tag and token: the template has those."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    helper.layout = Layout(*form.fields)
    return helper
