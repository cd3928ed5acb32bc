"""Ask a portal over HTTP: again after faults that pass, never another host, never without end."""

from __future__ import annotations

import http.client
import io
import json
import re
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.message import Message
from typing import Any, BinaryIO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import urljoin, urlsplit
from urllib.request import (
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    build_opener,
)

from headstamp import __version__
from headstamp.errors import PortalError
from headstamp.formats.incident_lists.portal.address import Dataset, is_loopback
from headstamp.formats.incident_lists.portal.faults import (
    PassingFault,
    fault_of,
    refusal,
    unreachable,
)

TRIES: Final = 6
LONGEST_WAIT: Final = 300.0
"""Seconds; a portal that wants more is asked again by the user."""

LONGEST_ANSWER: Final = 1800.0
"""Seconds for one answer, however steadily it trickles."""

BLOCK: Final = 1 << 16
REDIRECTS: Final = 5


@dataclass(frozen=True, slots=True)
class Answer:
    """What came with an answer.

    Parameters
    ----------
    kind : str
        Its content type.
    modified : str
        When the data last changed, as the portal has it; empty where it does not say.
    tag : str
        Its ETag, which tells answers to the same question apart.
    """

    kind: str
    modified: str
    tag: str


@dataclass(frozen=True, slots=True)
class Portal:
    """How a dataset is asked.

    Parameters
    ----------
    dataset : Dataset
    token : str
        Of the application, sent as ``X-App-Token``.
    timeout : float
        Seconds without a byte after which an answer is given up.
    say : callable
        Takes a sentence about what is waited for.
    sleep : callable
    """

    dataset: Dataset
    token: str = ""
    timeout: float = 60.0
    say: Callable[[str], None] = lambda _: None
    sleep: Callable[[float], None] = time.sleep
    opener: OpenerDirector = field(init=False)

    def __post_init__(self) -> None:
        if not (self.token.isascii() and self.token.isprintable()):
            raise PortalError("the app token has characters that none has; copy it anew")
        handlers: list[Any] = [_Redirects, HTTPSHandler(context=ssl.create_default_context())]
        if is_loopback(urlsplit(self.dataset.origin).hostname or ""):
            handlers.append(ProxyHandler({}))
        object.__setattr__(self, "opener", build_opener(*handlers))

    def ask(self, form: str, query: Mapping[str, object], sink: BinaryIO, largest: int) -> Answer:
        """Write the answer to a question into a file.

        Faults that pass (time-outs, broken connections, 429 and 5xx) are waited for and the
        question is put again.

        Parameters
        ----------
        form : str
            ``csv`` or ``json``.
        query : mapping
        sink : binary file
            Emptied before each try.
        largest : int
            Bytes of an answer.

        Raises
        ------
        PortalError
            If the portal refuses, stays out of reach, sends more than that, or points elsewhere.
        """
        address = self.dataset.asking(form, query)
        reason = ""
        for time_of_asking in range(TRIES):
            sink.seek(0)
            sink.truncate()
            try:
                return self._try(address, sink, largest)
            except PassingFault as fault:
                reason = fault.reason
                if time_of_asking < TRIES - 1:
                    self._wait(fault, 2.0**time_of_asking)
        advice = "" if self.token else ", or with an app token"
        raise PortalError(
            f"{self.dataset.host}: {reason}, {TRIES} times in a row; run the same command again "
            f"later{advice if '429' in reason else ''}"
        )

    def ask_json(self, query: Mapping[str, object], largest: int = BLOCK) -> tuple[Any, Answer]:
        """A short answer as JSON.

        Raises
        ------
        PortalError
            As above, or if it is no JSON.
        """
        sink = io.BytesIO()
        answer = self.ask("json", query, sink, largest)
        try:
            return json.loads(sink.getvalue()), answer
        except (ValueError, RecursionError) as error:
            raise PortalError(
                f"{self.dataset.address}: answers with {answer.kind or 'something'} that is no "
                "JSON; check that the address is that of a dataset"
            ) from error

    def _wait(self, fault: PassingFault, otherwise: float) -> None:
        seconds = otherwise if fault.wait is None else fault.wait
        if seconds > LONGEST_WAIT:
            raise PortalError(
                f"{self.dataset.host}: {fault.reason}, and wants to be left alone for "
                f"{seconds:,.0f} s; run the same command again then"
            )
        self.say(f"{self.dataset.host}: {fault.reason}; asking again in {seconds:,.0f} s")
        self.sleep(seconds)

    def _try(self, address: str, sink: BinaryIO, largest: int) -> Answer:
        until = time.monotonic() + LONGEST_ANSWER
        response = self._open(address)
        with response:
            declared = _declared(response.headers)
            if declared is not None and declared > largest:
                raise self._too_large(largest)
            received = 0
            while block := _read(response):
                received += len(block)
                if received > largest:
                    raise self._too_large(largest)
                if time.monotonic() > until:
                    raise PassingFault(f"an answer took more than {LONGEST_ANSWER:,.0f} s")
                sink.write(block)
            if declared is not None and received != declared:
                raise PassingFault(f"sent {received:,} of the {declared:,} bytes it had announced")
            return _answer(response.headers)

    def _open(self, address: str) -> Any:
        """The answer's beginning; redirects are followed on the same host alone."""
        for _ in range(REDIRECTS + 1):
            request = Request(address, headers=self._headers())  # noqa: S310, its scheme is checked
            try:
                return self.opener.open(request, timeout=self.timeout)
            except HTTPError as error:
                with error:
                    if error.code not in (301, 302, 303, 307, 308):
                        raise refusal(error, self.dataset.address) from error
                    there = urljoin(address, error.headers.get("Location", ""))
            except URLError as error:
                raise unreachable(error.reason, self.dataset.host) from error
            except (OSError, http.client.HTTPException) as error:
                raise unreachable(error, self.dataset.host) from error
            if not there.startswith(f"{self.dataset.origin}/"):
                raise PortalError(
                    f"{self.dataset.host}: sends us on to {there[:200]}, which is not the same "
                    "host; if that is where the list is now, give that address"
                )
            address = there
        raise PortalError(f"{self.dataset.host}: sends us round in a circle; check the address")

    def _headers(self) -> dict[str, str]:
        headers = {"User-Agent": f"headstamp/{__version__}", "Accept-Encoding": "identity"}
        return {**headers, "X-App-Token": self.token} if self.token else headers

    def _too_large(self, largest: int) -> PortalError:
        return PortalError(
            f"{self.dataset.host}: an answer is larger than {largest / 1e6:,.0f} MB; give a "
            "smaller --page-size"
        )


class _Redirects(HTTPRedirectHandler):
    """None is followed by itself, since where it leads is looked at first."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """No request."""


def _read(response: Any) -> bytes:
    try:
        return bytes(response.read(BLOCK))
    except (OSError, http.client.HTTPException) as error:
        raise fault_of(error) from error


def _answer(headers: Message) -> Answer:
    # An ETag differs from one replica to the next, so the day of the data is the better sign.
    modified = headers.get("X-SODA2-Truth-Last-Modified") or headers.get("Last-Modified") or ""
    kind = headers.get("Content-Type", "").partition(";")[0].strip().lower()
    return Answer(kind, modified, headers.get("ETag") or "")


def _declared(headers: Message) -> int | None:
    length = headers.get("Content-Length", "")
    return int(length) if re.fullmatch(r"[0-9]{1,18}", length) else None
