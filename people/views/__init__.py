"""What can be seen of people."""
