"""The door for web servers: gunicorn config.wsgi."""

import os

from django.core.wsgi import get_wsgi_application

from config.webserver import lively

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

application = lively(get_wsgi_application())
