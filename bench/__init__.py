"""How fast the site is and what it survives, measured on the production server."""
