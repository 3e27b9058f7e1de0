"""The pages, for a WSGI server."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "grapevine.config.settings")
application = get_wsgi_application()

if "GRAPEVINE_SUPERVISOR" in os.environ:
    # The server's own workers must not outlive it either.
    from grapevine.config import serving

    serving.follow_parent(os.getppid())
