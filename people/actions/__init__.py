"""What can change about people: one function per verb."""
