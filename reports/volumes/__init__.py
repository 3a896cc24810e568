"""Call volumes: read from the phone system's report, planned, shown by hour, and divided by."""
