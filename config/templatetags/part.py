"""Parts of a page that cost little: Jinja in a Django template, or said once (ADR 0093)."""

from __future__ import annotations

from functools import cache

from django import template
from django.conf import settings
from django.template import Context, Node
from django.template.base import FilterExpression, Parser, Token, token_kwargs
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from config import jinja

register = template.Library()


class PartNode(Node):
    """A Jinja template with the names known here, or only with those given.

    What a node renders is HTML already, so nothing is marked safe.
    """

    def __init__(self, name: str, given: dict[str, FilterExpression], *, only: bool) -> None:
        self.name = name
        self.given = given
        self.only = only

    def render(self, context: Context) -> str:
        known = {} if self.only else context.flatten()
        given = {name: value.resolve(context) for name, value in self.given.items()}
        return jinja.template(self.name).render({**known, **given})


@register.tag
def part(parser: Parser, token: Token) -> PartNode:
    """`{% part "parts/keys.jinja" %}`; `name=value` gives more, `only` gives nothing else."""
    _, name, *options = token.split_contents()
    only = "only" in options
    given = token_kwargs([option for option in options if option != "only"], parser)
    return PartNode(name.strip("\"'"), given, only=only)


@register.simple_tag
def constant(name: str) -> SafeString:
    """`{% constant "parts/assets.html" %}`: a Django template that is the same on every page."""
    return render_to_string(name) if settings.DEBUG else _rendered(name)


_rendered = cache(render_to_string)
