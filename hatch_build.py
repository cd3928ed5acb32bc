"""A wheel carries the browser packages; a checkout has them made by the Makefile."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class VendorHook(BuildHookInterface):  # type: ignore[type-arg]
    """Fetch what the pages take from npm packages before a wheel is packed."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make ``static/vendor`` unless this is an editable install."""
        if version == "editable":
            return
        sys.path.insert(0, str(Path(self.root) / "tools"))
        import vendor

        vendor.main()
        build_data["artifacts"].append("src/headstamp/web/static/vendor/")
