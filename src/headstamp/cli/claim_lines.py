"""A checked text for the terminal: its claims marked, and a card for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from rich.text import Text

from headstamp.claims.finding import IN_WORDS, CheckedClaim, Verdict
from headstamp.cli.console import visible

LONGEST: Final = 20_000
"""Characters of a text that is printed whole."""

STYLES: Final[dict[Verdict, str]] = {
    "consistent": "green",
    "imprecise": "yellow",
    "consistent_with_another_unit": "yellow",
    "inconsistent": "red",
    "not_checkable": "dim",
}


def marked(text: str, checked: Sequence[CheckedClaim]) -> Text | None:
    """The text with a number after each claim; None for one that is too long to print."""
    if len(text) > LONGEST:
        return None
    shown = Text()
    at = 0
    for start, end, numbers in spans(checked):
        shown.append(visible(text[at:start]))
        style = STYLES[checked[numbers[0] - 1].finding.verdict]
        shown.append(visible(text[start:end]), style=f"{style} underline")
        shown.append("".join(f"[{number}]" for number in numbers), style=f"{style} bold")
        at = end
    shown.append(visible(text[at:].rstrip()) + "\n")
    return shown


def spans(checked: Sequence[CheckedClaim]) -> list[tuple[int, int, list[int]]]:
    """Stretches of the text with the numbers of the claims in them; those that overlap are one."""
    found: list[tuple[int, int, list[int]]] = []
    order = sorted(enumerate(checked, start=1), key=lambda one: one[1].claim.start)
    for number, one in order:
        start, end = one.claim.start, one.claim.end
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]), [*found[-1][2], number])
        else:
            found.append((start, end, [number]))
    return found


def cards(checked: Sequence[CheckedClaim]) -> Iterator[Text]:
    """A card for each claim: what was said, the finding, and the figures."""
    for number, one in enumerate(checked, start=1):
        card = Text()
        card.append(f"[{number}] ", style="bold")
        card.append(f"“{visible(' '.join(one.claim.text.split()))}”")
        card.append(f" ({visible(one.claim.speaker)})" if one.claim.speaker else "")
        verdict = one.finding.verdict
        card.append(f"\n    {IN_WORDS[verdict]}.", style=f"bold {STYLES[verdict]}")
        card.append(f"\n    {visible(one.finding.explanation)}\n")
        for other in _other_readings(one):
            card.append(f"    {other}\n", style="dim")
        yield card


def _other_readings(one: CheckedClaim) -> Iterator[str]:
    for number, each in enumerate(one.readings):
        if number != one.chosen:
            reading = each.reading
            why = f" ({visible(reading.why)})" if reading.why else ""
            yield (
                f"Read as {reading.measure.replace('_', ' ')}{why}: "
                f"{IN_WORDS[each.finding.verdict].lower()}."
            )
