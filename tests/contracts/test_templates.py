"""No template holds a script, a style or an address of somewhere else: the strict policy holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "headstamp" / "web"
TEMPLATES = sorted((WEB / "templates").rglob("*.html"))
OWN = sorted(
    path for path in (WEB / "static" / "headstamp").rglob("*") if path.suffix in (".js", ".css")
)
TAG = re.compile(r"\{[%#].*?[%#]\}|\{\{.*?\}\}", re.DOTALL)
ELSEWHERE = re.compile(r"(?:https?:)?//[^\s\"'*)]+")
DEFINITIONS = ("http://www.w3.org/",)  # names of XML vocabularies; nothing is fetched


class Page(HTMLParser):
    """Collects what a strict policy forbids."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        said = dict(attributes)
        if tag in ("style", "iframe", "object", "embed", "base", "applet"):
            self.found.append(f"<{tag}>")
        if tag == "script" and not said.get("src") and said.get("type") != "application/json":
            self.found.append("a script inside the page")
        for name, value in attributes:
            if name == "style" or re.match(r"(hx-)?on", name):
                self.found.append(f"{tag} {name}=")
            if (value or "").strip().lower().startswith("javascript:"):
                self.found.append(f"{tag} {name}={value}")
        if tag == "meta" and said.get("http-equiv"):
            self.found.append("<meta http-equiv>")


def test_there_are_templates_to_look_at():
    assert len(TEMPLATES) > 50
    assert len(OWN) > 8


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_holds_no_script_no_style_and_no_address_of_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    page = Page()
    page.feed(TAG.sub("x", text))
    assert not page.found
    assert not ELSEWHERE.findall(TAG.sub("", text))


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_template_marks_nothing_as_safe(path):
    assert not re.search(r"\|\s*safe\b|autoescape off", path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", OWN, ids=lambda path: str(path.relative_to(WEB)))
def test_our_scripts_and_styles_load_nothing_from_elsewhere(path):
    text = path.read_text(encoding="utf-8")
    found = [one for one in ELSEWHERE.findall(text) if not one.startswith(DEFINITIONS)]
    assert not [one for one in found if "." in one.partition("//")[2] and " " not in one]
    assert not re.search(r"\beval\(|new Function\(|\.style\.cssText|document\.write", text)


def test_forms_that_change_something_carry_their_token():
    for path in TEMPLATES:
        text = path.read_text(encoding="utf-8")
        for form in re.findall(r"<form\b.*?</form>", text, re.DOTALL):
            if re.search(r"<form[^>]*method=\"post\"", form):
                assert "{% csrf_token %}" in form, path
