"""The reports app: what is counted, and where people look at it."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "reports"
    verbose_name = "Reports"

    def ready(self) -> None:
        """Let every number lead to its lines in the log."""
        from reports.counted import put_in

        put_in()
