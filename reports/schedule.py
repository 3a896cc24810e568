"""What the numbers need done again and again in the background."""
