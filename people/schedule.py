"""What people and their mail need done again and again in the background."""

from config.schedule import every
from people.actions.pruning import prune_mails

every(seconds=3600)(prune_mails)
