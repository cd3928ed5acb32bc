"""What can go wrong between us and a portal: what passes, and what does not."""

from __future__ import annotations

import http.client
import json
import socket
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.error import HTTPError

from headstamp.errors import PortalError

LARGEST_COMPLAINT: Final = 4096
NO_SUCH_HOST: Final = (socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME))


class PassingFault(Exception):  # noqa: N818, it is caught where the question is put again
    """Something that may be over in a while.

    Parameters
    ----------
    reason : str
    wait : float, optional
        Seconds that the portal asks for.
    """

    def __init__(self, reason: str, wait: float | None = None) -> None:
        super().__init__(reason)
        self.reason, self.wait = reason, wait


def fault_of(reason: object) -> PassingFault:
    """What a broken connection is called."""
    if isinstance(reason, TimeoutError):
        return PassingFault("does not answer in time")
    if isinstance(reason, http.client.IncompleteRead):
        return PassingFault("broke off in the middle of an answer")
    return PassingFault(f"cannot be reached ({reason or type(reason).__name__})")


def refusal(error: HTTPError, address: str) -> PassingFault | PortalError:
    """What an answer with a status of 400 and more is: passing or not."""
    if error.code in (408, 429) or error.code >= 500:
        wait = _retry_after(error.headers.get("Retry-After", ""))
        return PassingFault(f"answers {error.code} ({error.reason})", wait)
    advice = {
        401: "check the app token, and that the dataset is public",
        403: "check the app token, and that the dataset is public",
        404: "check the host and the id of the dataset",
    }.get(error.code, "check the address")
    return PortalError(f"{address}: answers {error.code} ({_complaint(error)}); {advice}")


def unreachable(reason: object, host: str) -> PassingFault | PortalError:
    """What a connection that was not made is: passing or not."""
    if isinstance(reason, ssl.SSLCertVerificationError):
        return PortalError(
            f"{host}: its certificate cannot be trusted ({reason.verify_message}); nothing was "
            "sent. Check the address, or have your network's certificate installed"
        )
    if isinstance(reason, socket.gaierror) and reason.errno in NO_SUCH_HOST:
        return PortalError(f"{host}: there is no such host; check the address")
    return fault_of(reason)


def _complaint(error: HTTPError) -> str:
    """What the portal says is wrong, or the name of the status."""
    try:
        said = json.loads(error.read(LARGEST_COMPLAINT))["message"]
        return " ".join(str(said).split())[:200]
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, RecursionError):
        return str(error.reason)


def _retry_after(written: str) -> float | None:
    """Seconds, from seconds or a date."""
    if written.isascii() and written.isdigit():
        return float(written)
    try:
        then = parsedate_to_datetime(written)
    except ValueError:
        return None
    return max(0.0, (then.replace(tzinfo=then.tzinfo or UTC) - datetime.now(UTC)).total_seconds())
