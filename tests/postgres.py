"""Run a command with ``DATABASE_URL`` naming a PostgreSQL cluster made for it alone.

Usage: python tests/postgres.py COMMAND...
The cluster listens on a loopback port, lies in a temporary folder, and is gone afterwards.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

MISSING = "PostgreSQL is not installed"


def programs() -> Path | None:
    """The folder of PostgreSQL's programs, if it is installed."""
    found = shutil.which("initdb")
    if found:
        return Path(found).resolve().parent
    folders = sorted(
        Path("/usr/lib/postgresql").glob("*/bin"), key=lambda one: float(one.parent.name)
    )
    return folders[-1] if folders else None


@contextmanager
def cluster() -> Iterator[str]:
    """A running cluster; gives the address of a database in it."""
    folder = programs()
    if folder is None:
        raise FileNotFoundError(MISSING)
    place = Path(tempfile.mkdtemp(prefix="headstamp-postgres-", dir="/tmp"))
    prefix = _as_somebody_else(place)
    data = place / "data"
    quiet = {"stdout": subprocess.DEVNULL, "cwd": place}
    words = ["--auth=trust", "--username=postgres", "--encoding=UTF8", "--no-sync", "-D", str(data)]
    try:
        with (place / "log").open("wb") as log:
            subprocess.run(
                [*prefix, str(folder / "initdb"), *words], check=True, stderr=log, **quiet
            )
            port = _free_port()
            server = subprocess.Popen(
                [*prefix, str(folder / "postgres"), "-D", str(data), *_options(place, port)],
                stderr=log,
                **quiet,
            )
        try:
            _wait_until_ready(folder, port, server, place / "log")
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            server.send_signal(signal.SIGINT)  # ends what is still connected
            server.wait(60)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def new_database(address: str, name: str) -> str:
    """Make an empty database in a cluster; gives its address."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return address.rpartition("/")[0] + "/" + name


def _as_somebody_else(place: Path) -> list[str]:
    """What to put before a program of PostgreSQL, whose server refuses to run as root."""
    if os.geteuid() != 0:
        return []
    known = {one.pw_name for one in pwd.getpwall()}
    user = "postgres" if "postgres" in known else "nobody"
    shutil.chown(place, user)
    group = str(pwd.getpwnam(user).pw_gid)
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", "--pdeathsig=INT"]


def _options(place: Path, port: int) -> list[str]:
    options = ["fsync=off", "full_page_writes=off", f"port={port}", "listen_addresses=127.0.0.1"]
    options += [f"unix_socket_directories={place}", "max_connections=80"]
    return [word for option in options for word in ("-c", option)]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(folder: Path, port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 60
    words = [str(folder / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(port)]
    while subprocess.run(words, check=False).returncode:
        if server.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(f"PostgreSQL did not start: {log.read_text()[-2000:]}")
        time.sleep(0.1)


def main() -> int:
    """Run the command; its exit status is ours."""
    if programs() is None:
        sys.stderr.write(f"{MISSING}: the tests on it are left out.\n")
        return 1 if os.environ.get("CI") == "true" else 0
    with cluster() as address:
        environment = {**os.environ, "DATABASE_URL": address}
        return subprocess.run(sys.argv[1:], env=environment, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
