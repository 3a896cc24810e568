"""The site itself as an app: its commands, its templates' tags, what its database must know."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    """How the site is put together."""

    name = "config"
