"""What can be seen of the log."""
