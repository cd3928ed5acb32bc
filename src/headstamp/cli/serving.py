"""Serve a folder of finished pages on this machine alone."""

from __future__ import annotations

import functools
import sys
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from headstamp.cli.console import stderr, stdout
from headstamp.errors import OutputError


class _Pages(SimpleHTTPRequestHandler):
    """Static files, with no log line a request and nothing kept by the browser."""

    def send_head(self) -> Any:
        """Answer only a browser that asked for this machine by its own name.

        A page elsewhere can make its name point here (DNS rebinding); its requests still carry
        that name.
        """
        host = (self.headers.get("Host") or "").rsplit(":", 1)[0]
        if host not in ("127.0.0.1", "localhost"):
            self.send_error(421, "ask for 127.0.0.1")
            return None
        return super().send_head()

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


def main(arguments: list[str]) -> int:
    """``python -m headstamp.cli.serving FOLDER [PORT]``."""
    folder = Path(arguments[0] if arguments else "demo/site")
    port = int(arguments[1]) if len(arguments) > 1 else 8765
    try:
        if not folder.is_dir():
            raise OutputError(f"{folder}: there are no pages yet; run make demo first")
        serve_folder(folder, port)
    except OutputError as error:
        stderr.print(f"error: {error}", markup=False, soft_wrap=True)
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
