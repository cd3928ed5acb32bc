"""Install torch for the tests of its backend, with plain pip; say so when that cannot be done."""

from __future__ import annotations

import importlib.util
import subprocess
import sys

VERSION = "2.13.0"


def main() -> None:
    """Install the pinned version unless some version is there."""
    if importlib.util.find_spec("torch") is not None:
        return
    print(f"Installing torch {VERSION} for the tests of its backend")
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--no-input"]
    done = subprocess.run([*command, f"torch=={VERSION}"], check=False)
    if done.returncode:
        print("torch could not be installed: its tests will be skipped, with that reason.")


if __name__ == "__main__":
    main()
