"""Run a command with ``DATABASE_URL`` naming a PostgreSQL cluster made for it alone.

Usage: python tests/postgres.py COMMAND...
The cluster listens on a loopback port, lies in a temporary folder, and is gone afterwards.
"""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, if it is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return folders[0] if folders else None


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; gives the address of a database in it."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    place = Path(tempfile.mkdtemp(prefix="headstamp-postgres-", dir="/tmp"))
    prefix: list[str] = []
    if os.geteuid() == 0:  # its server refuses to run as root
        shutil.chown(place, "postgres")
        prefix = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"]
    data = place / "data"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": place}
    words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "-D", str(data)]
    subprocess.run([*prefix, str(folder / "initdb"), *words], check=True, **quiet)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = ["fsync=off", "full_page_writes=off", f"port={port}", "listen_addresses=127.0.0.1"]
    options += [f"unix_socket_directories={place}", "max_connections=80"]
    flags = [word for option in options for word in ("-c", option)]
    server = subprocess.Popen([*prefix, str(folder / "postgres"), "-D", str(data), *flags], **quiet)
    try:
        deadline = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                if server.poll() is not None or time.monotonic() > deadline:
                    raise
                time.sleep(0.1)
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        server.terminate()
        server.wait(30)
        shutil.rmtree(place, ignore_errors=True)


def main() -> int:
    """Run the command; its exit status is ours."""
    if programs() is None:
        sys.stderr.write("PostgreSQL is not installed: the tests on it are left out.\n")
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
