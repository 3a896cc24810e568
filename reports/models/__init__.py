"""What the reports store."""
