"""The escalations app: the log sheet."""

from django.apps import AppConfig


class EscalationsConfig(AppConfig):
    name = "escalations"
    verbose_name = "Log sheet"

    def ready(self) -> None:
        """Have the pages' links count what waits, and contact points know the topics."""
        from escalations.navcounts import said, waiting_for
        from escalations.topicnames import slugs_today
        from people.callnow import TOPICS
        from people.context import COUNTS

        COUNTS["feedback"] = lambda membership: said(waiting_for(membership).owed)
        COUNTS["my_feedback"] = lambda membership: said(waiting_for(membership).unread)
        COUNTS["forwarding"] = lambda membership: said(waiting_for(membership).unresolved)
        COUNTS["follow_ups"] = lambda membership: said(waiting_for(membership).overdue)
        TOPICS.append(slugs_today)
