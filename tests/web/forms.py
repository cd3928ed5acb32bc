"""The forms of a page, as a browser without script would send them."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any


class _Forms(HTMLParser):
    """Collects each form's address and the values its fields hold."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, Any]] = []
        self._select = self._textarea = ""
        self._text: list[str] = []
        self._option: str | None = None

    def _keep(self, name: str, value: str) -> None:
        if self.forms and name:
            self.forms[-1]["fields"].setdefault(name, []).append(value)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        name, kind = found.get("name", ""), found.get("type", "text")
        if tag == "form":
            self.forms.append({"action": found.get("action", ""), "fields": {}, "method": "get"})
            self.forms[-1]["method"] = found.get("method", "get").lower()
        elif tag == "input" and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in found:
                self._keep(name, found.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self._select, self._option = name, None
        elif tag == "option" and self._select:
            if self._option is None or "selected" in found:
                self._option = found.get("value", "")
        elif tag == "textarea":
            self._textarea, self._text = name, []

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._keep(self._select, self._option or "")
            self._select = ""
        elif tag == "textarea":
            self._keep(self._textarea, "".join(self._text).removeprefix("\n"))
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self._text.append(data)


def forms_of(page: Any) -> list[dict[str, Any]]:
    """Action, method and fields (lists of values) of each form of an answer."""
    parser = _Forms()
    parser.feed(page.content.decode())
    return parser.forms


def form_of(page: Any, field: str) -> dict[str, list[str]]:
    """The fields of the form of an answer that has a certain field."""
    found = [one["fields"] for one in forms_of(page) if field in one["fields"]]
    assert found, f"no form with {field} on the page"
    return found[0]


def text_of(page: Any) -> str:
    """The whole page, as text; how its source is broken into lines does not matter."""
    return " ".join(page.content.decode().split())
