"""Let the tables of what was released only grow."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from headstamp.web.audit.append_only import make_append_only


class Migration(migrations.Migration):
    """Triggers."""

    dependencies: ClassVar = [("figures", "0001_initial")]
    operations: ClassVar = [
        make_append_only("figures_content", ("id",), ("draft_id", "edition", "name")),
        make_append_only(
            "figures_release", ("id",), ("draft_id",), ("jurisdiction", "last_day", "number")
        ),
        make_append_only("figures_restatement", ("id",), ("release_id", "earlier_id")),
        make_append_only("figures_withdrawal", ("id",), ("release_id",)),
        make_append_only("figures_reporttemplate", ("id",)),
    ]
