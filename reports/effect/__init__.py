"""Did it work? From the log to the card of a best practice, its page, its files, all verdicts."""
