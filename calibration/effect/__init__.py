"""Did it work? What a best practice changed: pure statistics on counts per shift day."""
