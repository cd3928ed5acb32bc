"""Let the table only grow."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from headstamp.web.audit.append_only import make_append_only


class Migration(migrations.Migration):
    """Triggers."""

    dependencies: ClassVar = [("traces", "0001_initial")]
    operations: ClassVar = [
        make_append_only("traces_tracestep", ("id",), ("request_id", "position")),
    ]
