"""`manage.py compiletemplates`: whether every template compiles, and its static files exist."""

from pathlib import Path

from django.contrib.staticfiles.finders import find
from django.core.management.base import BaseCommand, CommandError
from django.template import TemplateSyntaxError, engines
from django.template.base import FilterExpression
from django.templatetags.static import StaticNode
from jinja2 import TemplateError, nodes

from config import jinja


class Command(BaseCommand):
    """Read every template of the house."""

    help = __doc__ or ""

    def handle(self, **options: object) -> None:
        """Raise CommandError naming each template that does not compile."""
        folder = Path(engines["django"].dirs[0])  # type: ignore[attr-defined]
        names = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*.*"))]
        if wrong := [f"{name}: {fault}" for name in names for fault in faults(name)]:
            raise CommandError("\n".join(wrong))
        self.stdout.write(f"{len(names)} templates compile.")


def faults(name: str) -> list[str]:
    """Return what is wrong with one template, in words."""
    try:
        if name.endswith(".jinja"):
            jinja.template(name)
            return [f"there is no static file {path}" for path in _statics(name) if not find(path)]
        template = engines["django"].get_template(name).template  # type: ignore[attr-defined]
    except (TemplateSyntaxError, TemplateError, UnicodeDecodeError) as error:
        return [str(error)]
    paths = [node.path for node in template.nodelist.get_nodes_by_type(StaticNode)]
    literal = [path.var for path in paths if isinstance(path, FilterExpression)]
    return [
        f"there is no static file {path}"
        for path in literal
        if isinstance(path, str) and not path.endswith("/") and not find(path)
    ]


def _statics(name: str) -> list[str]:
    """Return the static files that a Jinja template names."""
    made = jinja.environment()
    source = made.loader.get_source(made, name)[0]  # type: ignore[union-attr]
    calls = made.parse(source).find_all(nodes.Call)
    named = (call for call in calls if getattr(call.node, "name", "") == "static")
    return [call.args[0].value for call in named if isinstance(call.args[0], nodes.Const)]
