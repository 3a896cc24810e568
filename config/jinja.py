"""Jinja, for the few fragments that are rendered fifty times a page."""

from typing import Any

from jinja2 import Environment, StrictUndefined

from config.templatetags.look import icon


def environment(**options: Any) -> Environment:
    """An environment that escapes everything and takes no unknown name, with `icon(name)`."""
    made = Environment(**{**options, "autoescape": True, "undefined": StrictUndefined})  # noqa: S701
    made.trim_blocks = made.lstrip_blocks = True
    made.globals["icon"] = icon
    return made
