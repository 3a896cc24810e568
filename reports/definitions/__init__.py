"""What is counted, one module for each family of numbers."""
