"""What the numbers need done again and again in the background."""

from config.schedule import every
from reports.actions.settling import settle
from reports.actions.telling import tell_weeks

every(seconds=30)(settle)
every(seconds=300)(tell_weeks)
