"""How the site is put together: settings, URLs, the database it uses, how it is started."""
