"""What the log needs done again and again in the background."""

from config.schedule import every
from escalations.actions.reminding import remind
from escalations.actions.telling import tell
from escalations.actions.words import learn

every(seconds=60)(learn)
every(seconds=60)(remind)
every(seconds=60)(tell)
