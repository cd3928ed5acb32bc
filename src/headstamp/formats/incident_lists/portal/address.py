"""Where a dataset is: the host of a portal and the id of the dataset."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import SplitResult, urlencode, urlsplit

from headstamp.errors import PortalError

ID: Final = re.compile(r"[a-z0-9]{4}-[a-z0-9]{4}")


@dataclass(frozen=True, slots=True)
class Dataset:
    """A dataset of a portal.

    Parameters
    ----------
    origin : str
        Scheme, host and port, as ``https://data.example.gov``.
    id : str
        Four characters, a hyphen, and four more.
    """

    origin: str
    id: str

    @property
    def host(self) -> str:
        """With the port, where it is not the usual one."""
        return urlsplit(self.origin).netloc

    @property
    def address(self) -> str:
        """Of the dataset itself."""
        return f"{self.origin}/resource/{self.id}"

    @property
    def name(self) -> str:
        """A name that can be a file's."""
        return f"{re.sub(r'[^a-z0-9.]+', '-', self.host).strip('-.')}-{self.id}"

    def asking(self, form: str, query: Mapping[str, object]) -> str:
        """The address of an answer.

        Parameters
        ----------
        form : str
            ``csv`` or ``json``.
        query : mapping
            ``$limit``, ``$where`` and so on.
        """
        return f"{self.address}.{form}?{urlencode(query)}"


def dataset(source: str, identifier: str = "") -> Dataset:
    """From ``https://HOST/resource/abcd-1234``, or from ``HOST`` and ``abcd-1234``.

    Raises
    ------
    PortalError
        If it is neither, or would be asked without TLS on another machine.
    """
    written = source if "://" in source else f"https://{source}"
    try:
        parts = urlsplit(written)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise _no_dataset(source) from error
    found = identifier or _last_of(parts)
    if identifier and parts.path.strip("/"):
        raise _no_dataset(f"{source} {identifier}")
    if not re.fullmatch(r"[a-z0-9.:-]+", host) or not ID.fullmatch(found) or parts.username:
        raise _no_dataset(f"{source} {identifier}".strip())
    if parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(host)):
        raise PortalError(f"{source}: is not asked without TLS; write https://")
    named = f"[{host}]" if ":" in host else host
    usual = {"https": 443, "http": 80}[parts.scheme]
    return Dataset(
        f"{parts.scheme}://{named}" + (f":{port}" if port and port != usual else ""), found
    )


def is_loopback(host: str) -> bool:
    """Whether it is this very machine."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _last_of(parts: SplitResult) -> str:
    """The id at the end of ``/resource/abcd-1234.csv`` or ``/d/abcd-1234``."""
    match = re.fullmatch(r"/(?:resource|d)/([^/.]+)(?:\.csv|\.json)?/?", parts.path)
    return match[1] if match and not parts.query else ""


def _no_dataset(written: str) -> PortalError:
    return PortalError(
        f"{written}: names no dataset; write https://HOST/resource/abcd-1234, or HOST abcd-1234"
    )
