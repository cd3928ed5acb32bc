"""The web server's own messages, in the form of all others and without what was asked for."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

from headstamp.web.logs import formatter


class ServerLog(Logger):  # type: ignore[misc]
    """Gunicorn's logger; an address that could not be answered may hold a name or a number."""

    def setup(self, cfg: Any) -> None:
        """Write JSON to standard error."""
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(formatter())

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """A fault while answering: where it was raised, not on which address."""
        del args
        self.error_log.exception(_without_values(msg), **kwargs)

    def warning(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        """A request that is none is not quoted."""
        if str(msg).startswith("Invalid request"):
            msg = str(msg).partition(": ")[0]
        super().warning(msg, *args, **kwargs)


def _without_values(msg: Any) -> str:
    return str(msg).partition("%")[0].strip() if isinstance(msg, str) else type(msg).__name__
