"""Reading the hourly reports of phone systems, in the layouts they come in."""
