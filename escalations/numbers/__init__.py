"""The numbers: what is counted and divided, one definition each."""
