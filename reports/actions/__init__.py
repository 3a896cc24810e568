"""What can change: call volumes, saved views, and the sums kept of settled shift days."""
