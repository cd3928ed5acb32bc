"""A person at a browser: keeps cookies, reads forms from pages, fills them in and sends them."""

from __future__ import annotations

import http.client
import secrets
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from http.cookies import SimpleCookie
from urllib.parse import urlencode

WAIT = 120.0
"""Seconds for one answer; a loaded machine may be slow, and no test asserts a time."""

File = tuple[str, str, bytes]
"""Field, file name, content."""


class LostError(Exception):
    """No answer came: whether it was done is not known."""


@dataclass(frozen=True)
class Form:
    """A form of a page and the values it was opened with."""

    action: str
    values: dict[str, str]


@dataclass(frozen=True)
class Answer:
    """What the server said."""

    path: str
    status: int
    location: str
    text: str

    @cached_property
    def forms(self) -> list[Form]:
        """The forms of the page."""
        reader = _FormReader(self.path)
        reader.feed(self.text)
        return reader.forms

    def form(self, *, action: str | None = None, field: str | None = None) -> Form:
        """The first form with this action, or with this field."""
        for one in self.forms:
            if (action is None or one.action == action) and (field is None or field in one.values):
                return one
        raise AssertionError(f"no form with {action or field} on {self.path}: {self.text[:2000]}")


class Browser:
    """Talks to one server, as one person.

    Parameters
    ----------
    port : int
    session : str
        The key of a session in which that person is signed in.
    """

    def __init__(self, port: int, session: str) -> None:
        self.port = port
        self._cookies = {"headstamp_session": session}

    def get(self, path: str) -> Answer:
        """Open a page."""
        return self._ask("GET", path, None, {})

    def post(
        self,
        path: str,
        values: Mapping[str, str],
        files: tuple[File, ...] = (),
        amid: Callable[[], object] | None = None,
    ) -> Answer:
        """Send a form; ``amid`` is called when all of it but the end is on its way."""
        if files:
            body, kind = _multipart(values, files)
        else:
            body, kind = urlencode(values).encode(), "application/x-www-form-urlencoded"
        headers = {"Content-Type": kind, "Content-Length": str(len(body))}
        return self._ask("POST", path, _in_two(body, amid) if amid else body, headers)

    def submit(
        self,
        form: Form,
        files: tuple[File, ...] = (),
        amid: Callable[[], object] | None = None,
        **values: str,
    ) -> Answer:
        """Fill in a form and send it."""
        return self.post(form.action, {**form.values, **values}, files, amid)

    def _ask(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None, headers: dict[str, str]
    ) -> Answer:
        sent = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT)
        try:
            connection.request(method, path, body, {**headers, "Cookie": sent})
            answer = connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
        except (OSError, http.client.HTTPException) as error:
            raise LostError(f"{method} {path}: {error!r}") from error
        finally:
            connection.close()
        for one in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(one).items():
                self._cookies[name] = morsel.value
        return Answer(path, answer.status, answer.headers.get("Location", ""), text)


class _FormReader(HTMLParser):
    """Collects forms with the values a browser would send."""

    def __init__(self, path: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self._path = path
        self._form: Form | None = None
        self._text: str | None = None
        self._select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._form = Form(of.get("action") or self._path.partition("?")[0], {})
            self.forms.append(self._form)
        elif self._form is None:
            return
        elif tag == "input" and of.get("name") and of.get("type") not in ("file", "submit"):
            if of.get("type") not in ("radio", "checkbox") or "checked" in of:
                self._form.values[of["name"]] = of.get("value", "")
        elif tag == "textarea":
            self._text = of["name"]
            self._form.values[self._text] = ""
        elif tag == "select":
            self._select = of.get("name", "")
        elif tag == "option" and ("selected" in of or self._select not in self._form.values):
            self._form.values[self._select] = of.get("value", "")

    def handle_data(self, data: str) -> None:
        if self._form is not None and self._text is not None:
            self._form.values[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._form is not None and self._text is not None:
            text = self._form.values[self._text]
            self._form.values[self._text] = text.removeprefix("\r").removeprefix("\n")
            self._text = None
        elif tag == "select":
            self._select = ""
        elif tag == "form":
            self._form = None


def _in_two(body: bytes, amid: Callable[[], object]) -> Iterator[bytes]:
    yield body[:-100]
    amid()
    yield body[-100:]


def _multipart(values: Mapping[str, str], files: tuple[File, ...]) -> tuple[bytes, str]:
    edge = secrets.token_hex(16)
    parts = [
        f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in values.items()
    ]
    for field, name, content in files:
        head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
        parts += [f"--{edge}\r\n{head}\r\n\r\n".encode(), content, b"\r\n"]
    parts.append(f"--{edge}--\r\n".encode())
    return b"".join(parts), f"multipart/form-data; boundary={edge}"
