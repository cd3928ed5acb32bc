"""Commands that must tidy up however they are stopped."""

from __future__ import annotations

import signal
from types import FrameType


def stop_as_with_ctrl_c() -> None:
    """Let SIGTERM, which a service manager sends, end a command as Ctrl-C does."""
    signal.signal(signal.SIGTERM, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    del number, frame
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # asked twice, it still tidies up
    raise KeyboardInterrupt
