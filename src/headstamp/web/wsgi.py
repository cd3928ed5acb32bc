"""The entry point of a WSGI server."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "headstamp.web.settings")

application = get_wsgi_application()

from headstamp.web.processes.ready import get_ready  # noqa: E402 - needs the settings
from headstamp.web.processes.uploads import remove_unfinished  # noqa: E402

remove_unfinished()
get_ready()
