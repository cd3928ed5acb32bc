"""HTML pages from the templates beside this file."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined

from headstamp import __version__


def render_page(template: str, **values: Any) -> str:
    """One self-contained HTML page; every value is escaped, the same values give the same bytes.

    Parameters
    ----------
    template : str
        File name in ``reports/templates``; it extends ``base.html.j2``.
    **values
        What the template names; a name it misses is an error, not an empty string.
    """
    return _environment().get_template(template).render(version=__version__, **values)


def template_text(name: str) -> str:
    """The text of a template in the package."""
    return files("headstamp.reports").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _environment() -> Environment:
    return Environment(
        loader=FunctionLoader(template_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
