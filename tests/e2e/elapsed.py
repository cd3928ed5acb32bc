"""Lets time pass in the sessions of a workspace: ``python -m tests.e2e.elapsed ROOT SECONDS``.

A process of its own: the tests' process has another database open.
"""

from __future__ import annotations

import sys
from pathlib import Path


def main() -> None:
    """Make every session look as if its person had been away for so long."""
    from headstamp.web.setup import use

    use(Path(sys.argv[1]))
    from datetime import timedelta
    from importlib import import_module

    from django.conf import settings
    from django.contrib.sessions.models import Session
    from django.db.models import F

    from headstamp.web.accounts.gate import SEEN

    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in Session.objects.values_list("session_key", flat=True):
        session = store(key)
        if SEEN in session:
            session[SEEN] -= float(sys.argv[2])
            session.save()
    away = timedelta(seconds=float(sys.argv[2]))
    Session.objects.update(expire_date=F("expire_date") - away)


if __name__ == "__main__":
    main()
