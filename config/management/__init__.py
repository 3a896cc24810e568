"""Commands of manage.py that keep the site running."""
