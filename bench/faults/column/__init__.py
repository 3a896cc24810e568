"""A migration to try out under load: one more column for the log."""
