"""What would become of the rows of a table: new traces, known ones, other results of known ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from headstamp.formats.trace_tables.batch_rows import BatchRow
from headstamp.tracing.serials import folded
from headstamp.web.accounts.models import Agency
from headstamp.web.traces.models import TraceResult
from headstamp.web.traces.tables.reading import Contents

CHUNK: Final = 500

PLAIN: Final = (
    *("serial", "serial_written", "serial_status", "maker", "model", "calibre", "type", "gun"),
    *("importer", "category", "recovery_city", "recovery_county", "recovery_state", "dealer"),
    *("dealer_key", "licence", "dealer_city", "dealer_county", "dealer_state"),
    *("purchaser_is_possessor", "status"),
)
"""Fields of a result that are text, named as the columns of a table that was read."""

OTHER: Final = (
    *("recovered_first", "recovered_last", "sold_first", "sold_last", "recovery_latitude"),
    *("recovery_longitude", "dealer_latitude", "dealer_longitude", "possessor_age"),
    *("multiple_sale", "multiple_sale_date", "theft_report"),
)
PEOPLE: Final = ("purchaser", "possessor")

COMPARED: Final = tuple(
    name for name in (*PLAIN, *OTHER) if name not in ("gun", "dealer_key", "serial_written")
)
"""What two results of a trace may disagree on; the others follow from these."""


@dataclass
class Sorted:
    """Rows by what would become of them."""

    new: list[BatchRow] = field(default_factory=list)
    same: list[BatchRow] = field(default_factory=list)
    different: list[BatchRow] = field(default_factory=list)
    doubtful: int = 0
    set_aside: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """How many of each."""
        return {
            "new": len(self.new),
            "same": len(self.same),
            "different": len(self.different),
            "doubtful": self.doubtful,
            "set_aside": self.set_aside,
        }


def sort(found: Contents, agency: Agency) -> Sorted:
    """Sort the rows of a table by what the agency has already."""
    known = _known(agency, [number_of(row) for row in found.rows])
    done = Sorted(
        doubtful=sum(bool(row.doubt) for row in found.rows), set_aside=len(found.set_aside)
    )
    for row in found.rows:
        said, number = fields_of(row), number_of(row)
        content = (_content(said), people_of(row))
        if number not in known:
            done.new.append(row)
        elif known[number] == content:
            done.same.append(row)
        else:
            done.different.append(row)
        known[number] = content
    return done


def number_of(row: BatchRow) -> str:
    """The number of a row's trace, as far as it is kept."""
    return str(row.values["trace"])[:100]


def fields_of(row: BatchRow) -> dict[str, Any]:
    """A row as the fields of a result; a text that is too long is cut, the row keeps it whole."""
    said: dict[str, Any] = {name: _cut(name, row.values[name]) for name in PLAIN}
    said["serial_status"] = said["serial_status"] or "unknown"
    said |= {name: row.values[name] for name in OTHER}
    age = said["possessor_age"]
    said["possessor_age"] = None if age is None else int(age)
    said["serial_folded"] = folded(said["serial"]) if said["serial"] else ""
    return said


def people_of(row: BatchRow) -> tuple[str, str]:
    """Keys of the purchaser and the possessor; empty where there is none."""
    purchaser, possessor = (str(row.values[name] or "")[:80] for name in PEOPLE)
    return purchaser, possessor


def _cut(name: str, value: Any) -> str:
    longest: int = getattr(TraceResult._meta.get_field(name), "max_length")  # noqa: B009
    return str(value or "")[:longest]


def _content(said: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(said[name] for name in COMPARED)


def _known(agency: Agency, numbers: list[str]) -> dict[str, Any]:
    """What the agency's last result of each of these traces says."""
    found = {}
    for some in chunks(sorted(set(numbers))):
        rows = TraceResult.objects.filter(
            agency=agency, trace_number__in=some, is_last=True, withdrawn_at=None
        ).select_related("people")
        for one in rows:
            who = getattr(one, "people", None)
            content = tuple(getattr(one, name) for name in COMPARED)
            keys = (who.purchaser, who.possessor) if who else ("", "")
            found[one.trace_number] = (content, keys)
    return found


def chunks(values: list[Any]) -> Iterator[list[Any]]:
    """So many at a time as a query may name."""
    for start in range(0, len(values), CHUNK):
        yield values[start : start + CHUNK]


def differing(versions: Iterable[TraceResult]) -> tuple[str, ...]:
    """The fields on which results of one trace disagree, people left out."""
    every = list(versions)
    return tuple(name for name in COMPARED if len({getattr(one, name) for one in every}) > 1)
