"""Serve a folder of finished pages on this machine alone."""

from __future__ import annotations

import functools
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from headstamp.cli.console import stdout
from headstamp.errors import OutputError


class _Pages(SimpleHTTPRequestHandler):
    """Static files, with no log line a request and nothing kept by the browser."""

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def end_headers(self) -> None:
        """Forbid what these pages never need."""
        self.send_header("Cache-Control", "no-store")
        self.send_header(
            "Content-Security-Policy",
            "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; "
            "frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
        )
        self.send_header("X-Content-Type-Options", "nosniff")
        super().end_headers()


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of a folder on the loopback address; port 0 takes any free one.

    Raises
    ------
    OutputError
        If the port is taken.
    """
    pages = functools.partial(_Pages, directory=str(folder))
    try:
        return ThreadingHTTPServer(("127.0.0.1", port), pages)
    except OSError as error:
        raise OutputError(
            f"port {port} cannot be used ({error.strerror}); choose another with --port"
        ) from error


def serve_folder(folder: Path, port: int) -> None:
    """Serve until Ctrl-C."""
    with server(folder, port) as running:
        address = f"http://127.0.0.1:{running.server_address[1]}/"
        stdout.print(f"Serving on {address} (this machine only); stop with Ctrl-C", markup=False)
        try:
            running.serve_forever()
        except KeyboardInterrupt:
            stdout.print("Stopped.")
