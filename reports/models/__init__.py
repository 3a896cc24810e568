"""What the reports store."""

from reports.models.saved import SavedView
from reports.models.sums import Dimension, PlainSum, ReachingSum, Settled
from reports.models.volumes import CallVolume, VolumeEntry, VolumeRecording
from reports.models.weekly import WeekTold

__all__ = [
    "CallVolume",
    "Dimension",
    "PlainSum",
    "ReachingSum",
    "SavedView",
    "Settled",
    "VolumeEntry",
    "VolumeRecording",
    "WeekTold",
]
