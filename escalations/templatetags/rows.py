"""`{% rows %}`: the sheet's rows inside a Django template."""

from __future__ import annotations

from django import template
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, token_kwargs

from escalations.models import Escalation
from escalations.rows import render_rows, row_of

register = template.Library()


class RowsNode(Node):
    """Some rows of the sheet, or the one of a line.

    What a node renders is HTML already, so nothing is marked safe.
    """

    def __init__(self, lines: FilterExpression, options: dict[str, FilterExpression]) -> None:
        self.lines = lines
        self.options = options

    def render(self, context: Context) -> str:
        asked = {name: bool(value.resolve(context)) for name, value in self.options.items()}
        found = self.lines.resolve(context)
        lines = [row_of(found)] if isinstance(found, Escalation) else found
        return render_rows(lines, program=context["program"], can=context["can"], **asked)


@register.tag
def rows(parser: Parser, token: Token) -> RowsNode:
    """`{% rows lines %}`, `{% rows lines by_day=True %}`, `{% rows lines is_new=True %}`."""
    _, lines, *options = token.split_contents()
    return RowsNode(parser.compile_filter(lines), token_kwargs(options, parser))
