"""The calibration app: what the floor learns from its log."""

from django.apps import AppConfig


class CalibrationConfig(AppConfig):
    name = "calibration"
    verbose_name = "Calibration"

    def ready(self) -> None:
        """Keep what is said of the known answer with the line it was said of."""
        from calibration.actions.uses import keep
        from escalations.knownsaid import KEEPERS

        KEEPERS.append(keep)
