"""What the numbers need done again and again in the background."""

from config.schedule import every
from reports.actions.settling import settle

every(seconds=30)(settle)
