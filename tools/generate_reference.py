"""Write the reference pages that follow from the code: commands, exit codes, lists, templates.

``--check`` writes nothing and fails when a page is not what the code says.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import lists_and_rules
import report_templates
import typer

from headstamp import errors
from headstamp.cli.main import app

DOCS = Path(__file__).resolve().parents[1] / "docs" / "reference"
GENERATED = "<!-- Written by `make docs` from the code; change it there. -->\n"


def commands_page() -> str:
    """Every command with its arguments and options."""
    root = typer.main.get_command(app)
    parts = [
        GENERATED,
        "# Commands\n",
        "Every command has `--help`. Results go to standard output,",
    ]
    parts.append("progress and errors to standard error; see [exit codes](exit-codes.md).\n")
    parts += _sections(root, "headstamp")
    return "\n".join(parts).rstrip() + "\n"


def _sections(command: Any, path: str) -> list[str]:
    lines = [f"## `{path}`\n", (command.help or "").replace("\f", "").strip() + "\n"]
    arguments = [p for p in command.params if p.param_type_name == "argument"]
    options = [p for p in command.params if p.param_type_name == "option" and p.name != "help"]
    if arguments:
        lines += ["| argument | meaning |", "| --- | --- |"]
        lines += [f"| `{_metavar(p)}` | {_clean(p.help)} |" for p in arguments]
        lines.append("")
    if options:
        lines += ["| option | default | meaning |", "| --- | --- | --- |"]
        lines += [f"| {_names(p)} | {_default(p)} | {_clean(p.help)} |" for p in options]
        lines.append("")
    for name, sub in sorted(getattr(command, "commands", {}).items()):
        lines += _sections(sub, f"{path} {name}")
    return lines


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _names(parameter: Any) -> str:
    return ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))


def _default(parameter: Any) -> str:
    if parameter.required:
        return "required"
    value = parameter.default
    if callable(value) or value is None or value is False or value == ():
        return ""
    if value is True:
        return f"`{parameter.opts[0]}`"
    return f"`{value}`"


def _clean(text: str | None) -> str:
    return " ".join((text or "").split()).replace("|", "\\|")


def exit_codes_page() -> str:
    """Every status a command can end with."""
    rows = [
        (0, "Done."),
        (1, "A fault in Headstamp itself, or not enough memory; the line says what to report."),
        (2, "The command was called wrongly; its usage is printed."),
    ]
    for item in vars(errors).values():
        if isinstance(item, type) and issubclass(item, errors.HeadstampError):
            code = item.exit_code
            if item is not errors.HeadstampError:
                rows.append((code, " ".join((item.__doc__ or "").split())))
    lines = [GENERATED, "# Exit codes\n", "| code | meaning |", "| ---: | --- |"]
    lines += [f"| {code} | {text} |" for code, text in sorted(rows)]
    lines.append(
        "\nAn error is one line on standard error that names the file and says what to do. With"
        "\n`HEADSTAMP_DEBUG=1` a fault (code 1) shows its traceback."
    )
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write or check the pages."""
    pages = {
        "commands.md": commands_page(),
        "exit-codes.md": exit_codes_page(),
        "lists-and-rules.md": f"{GENERATED}\n{lists_and_rules.page()}",
        "report-templates.md": f"{GENERATED}\n{report_templates.page()}",
    }
    stale = []
    for name, text in pages.items():
        path = DOCS / name
        if "--check" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif not path.is_file() or path.read_text(encoding="utf-8") != text:
            stale.append(name)
    if stale:
        print(f"not what the code says: {', '.join(stale)}; run make docs")
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
