"""Template tags of the log sheet."""
