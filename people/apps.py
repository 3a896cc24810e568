"""The people app: who is asking, and what they may do."""

import logging

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "people"
    verbose_name = "People"

    def ready(self) -> None:
        """Logs hold no card numbers; gunicorn's access log, with handlers of its own, no links."""
        from people.linkmask import LinkMask
        from people.logmask import mask_all_logs

        logging.getLogger("gunicorn.access").addFilter(LinkMask())
        mask_all_logs()
