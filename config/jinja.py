"""Jinja, for the few fragments that are rendered fifty times a page (ADR 0090).

It is no engine of Django's TEMPLATES: coverage of templates knows Django's own language only.
"""

from functools import cache

from django.conf import settings
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from config.templatetags.look import icon


def template(name: str) -> Template:
    """A template of the house by its name; raises jinja2.TemplateError for one that is broken."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    """Everything is escaped, no unknown name is taken, and `icon(name)` is known."""
    made = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
    )
    made.globals["icon"] = icon
    return made
