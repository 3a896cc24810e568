"""What the reports store."""

from reports.models.sums import Dimension, PlainSum, ReachingSum, Settled
from reports.models.volumes import CallVolume, VolumeEntry, VolumeRecording

__all__ = [
    "CallVolume",
    "Dimension",
    "PlainSum",
    "ReachingSum",
    "Settled",
    "VolumeEntry",
    "VolumeRecording",
]
