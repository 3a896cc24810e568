"""Jinja, for what is rendered fifty times a page and what every page carries (ADR 0090, 0093).

It is no engine of Django's TEMPLATES: coverage of templates knows Django's own language only. A
Django template takes a Jinja one in by `{% part "parts/header.jinja" %}`.
"""

from functools import cache
from typing import Any

from django.conf import settings
from django.forms import Form
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import json_script
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from config.templatetags.look import icon, when
from people.templatetags.tala import clock, day, iso, moment


def template(name: str) -> Template:
    """A template of the house by its name; raises jinja2.TemplateError for one that is broken."""
    return environment().get_template(name)


@cache
def environment() -> Environment:
    """Everything is escaped and no unknown name is taken; here is what a template may call."""
    made = Environment(
        loader=FileSystemLoader(settings.BASE_DIR / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=settings.DEBUG,
    )
    made.globals |= {"icon": icon, "json_script": json_script, "static": static}
    made.globals |= {"url": url, "when": when}
    made.filters |= {"clock": clock, "day": day, "iso": iso, "moment": moment, "shows": shows}
    return made


def shows(form: Form | None, name: str) -> Any:
    """What a field of a form shows: as it was typed, or as it begins; without a form nothing."""
    return "" if form is None or (value := form[name].value()) is None else value


@cache
def url(name: str, p: str = "") -> str:
    """The address of a page by its name, of a program's by its slug; there are few of them."""
    return reverse(name, kwargs={"p": p} if p else None)
