"""What is known of a trace, whichever system wrote it down and under which names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from headstamp.tracing.serials import Status
from headstamp.tracing.time_to_crime import PartialDate

Kind = Literal[
    "text", "key", "serial", "maker", "calibre", "type", "state", "date", "partial_date", "age",
    "latitude", "longitude", "flag", "answer", "status",
]  # fmt: skip

FIELDS: Final[dict[str, Kind]] = {
    "trace": "key",
    "serial": "serial",
    "maker": "maker",
    "model": "text",
    "calibre": "calibre",
    "type": "type",
    "importer": "text",
    "recovered": "partial_date",
    "recovery_place": "text",
    "recovery_city": "text",
    "recovery_county": "text",
    "recovery_state": "state",
    "recovery_latitude": "latitude",
    "recovery_longitude": "longitude",
    "category": "text",
    "sold": "partial_date",
    "dealer": "text",
    "licence": "text",
    "dealer_city": "text",
    "dealer_county": "text",
    "dealer_state": "state",
    "dealer_latitude": "latitude",
    "dealer_longitude": "longitude",
    "purchaser": "key",
    "possessor": "key",
    "possessor_age": "age",
    "purchaser_is_possessor": "answer",
    "multiple_sale": "flag",
    "multiple_sale_date": "date",
    "theft_report": "flag",
    "status": "status",
}
"""The fields a trace may have, and how their text is read."""

REQUIRED: Final = ("trace", "recovered")
"""Without these a row can be told apart from no other, or placed in no year."""

ANSWERS: Final = ("yes", "no", "unknown")

STATUSES: Final = (
    "draft", "submitted", "accepted", "in_process", "info_requested", "completed_to_purchaser",
    "completed_to_dealer", "not_traceable", "cancelled",
)  # fmt: skip

FINISHED: Final = ("completed_to_purchaser", "completed_to_dealer", "not_traceable")
"""What a trace that has ended is; only these are traced guns."""

ENDED: Final = (*FINISHED, "cancelled")
"""What a request that nothing more is waited for is."""

HANDGUNS: Final = ("pistol", "revolver", "derringer")

Answer = Literal["", "yes", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Trace:
    """One trace; what is empty or None is not known.

    Parameters
    ----------
    id : str
    recovered, sold : PartialDate
    gun : str
        What tells the gun apart; the id where there is nothing better.
    dealer : str
        What tells the dealer apart.
    purchaser, possessor : str
        Opaque keys.
    """

    id: str
    recovered: PartialDate
    sold: PartialDate | None = None
    gun: str = ""
    type: str = ""
    calibre: str = ""
    category: str = ""
    serial_status: Status = "unknown"
    recovery_state: str = ""
    dealer: str = ""
    dealer_state: str = ""
    purchaser: str = ""
    possessor: str = ""
    possessor_age: int | None = None
    purchaser_is_possessor: Answer = ""
    multiple_sale: bool | None = None
    theft_report: bool | None = None
    status: str = ""
    recovered_at: tuple[float, float] | None = None
    sold_at: tuple[float, float] | None = None
