"""The people app: who is asking, and what they may do."""

import logging

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Gunicorn's access log has handlers of its own; the secret part of links stays out."""
        from people.linkmask import LinkMask

        logging.getLogger("gunicorn.access").addFilter(LinkMask())
