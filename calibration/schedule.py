"""What calibration needs done again and again in the background."""

from calibration.actions.learning import learn
from calibration.actions.vectors import make, spread
from config.schedule import every

every(seconds=0)(make)
every(seconds=0)(spread)
every(seconds=0)(learn)
