"""The escalations app: the log sheet."""

from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    name = "escalations"
    verbose_name = "Log sheet"

    def ready(self) -> None:
        """Have the pages' links count what waits."""
        from escalations.navcounts import said, waiting_for
        from people.context import COUNTS

        COUNTS["feedback"] = lambda membership: said(waiting_for(membership).owed)
        COUNTS["my_feedback"] = lambda membership: said(waiting_for(membership).unread)
        COUNTS["forwarding"] = lambda membership: said(waiting_for(membership).unresolved)
        COUNTS["follow_ups"] = lambda membership: said(waiting_for(membership).overdue)
