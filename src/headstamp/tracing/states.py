"""States, territories and neighbours, as traces name them."""

from __future__ import annotations

import re
from typing import Final

NAMES: Final[dict[str, str]] = {
    "AL": "Alabama",
    "AK": "Alaska",
    "AZ": "Arizona",
    "AR": "Arkansas",
    "CA": "California",
    "CO": "Colorado",
    "CT": "Connecticut",
    "DE": "Delaware",
    "DC": "District of Columbia",
    "FL": "Florida",
    "GA": "Georgia",
    "HI": "Hawaii",
    "ID": "Idaho",
    "IL": "Illinois",
    "IN": "Indiana",
    "IA": "Iowa",
    "KS": "Kansas",
    "KY": "Kentucky",
    "LA": "Louisiana",
    "ME": "Maine",
    "MD": "Maryland",
    "MA": "Massachusetts",
    "MI": "Michigan",
    "MN": "Minnesota",
    "MS": "Mississippi",
    "MO": "Missouri",
    "MT": "Montana",
    "NE": "Nebraska",
    "NV": "Nevada",
    "NH": "New Hampshire",
    "NJ": "New Jersey",
    "NM": "New Mexico",
    "NY": "New York",
    "NC": "North Carolina",
    "ND": "North Dakota",
    "OH": "Ohio",
    "OK": "Oklahoma",
    "OR": "Oregon",
    "PA": "Pennsylvania",
    "RI": "Rhode Island",
    "SC": "South Carolina",
    "SD": "South Dakota",
    "TN": "Tennessee",
    "TX": "Texas",
    "UT": "Utah",
    "VT": "Vermont",
    "VA": "Virginia",
    "WA": "Washington",
    "WV": "West Virginia",
    "WI": "Wisconsin",
    "WY": "Wyoming",
    "AS": "American Samoa",
    "GU": "Guam and Northern Mariana Islands",
    "PR": "Puerto Rico",
    "VI": "U.S. Virgin Islands",
    "CAN": "Canada",
    "MEX": "Mexico",
}
"""By postal code, or by country code."""

_OTHER_NAMES: Final[dict[str, str]] = {
    "guam": "GU",
    "guam and us territories": "GU",
    "northern mariana islands": "GU",
    "virgin islands": "VI",
    "washington dc": "DC",
    "dist of columbia": "DC",
}


def _plain(text: str) -> str:
    """Lower case, single spaces, no points, ``and`` for ``&``."""
    return " ".join(re.sub(r"[.,]", "", text.lower().replace("&", " and ")).split())


_CODES: Final = {
    **{_plain(name): code for code, name in NAMES.items()},
    **{code.lower(): code for code in NAMES},
    **_OTHER_NAMES,
}


def code_of(text: str) -> str:
    """The code of a state, a territory or a neighbouring country; empty when it is none.

    Guam and the Northern Mariana Islands are one: workbooks of some years put them together.

    Parameters
    ----------
    text : str
        A name or a code, in any case and spacing.
    """
    return _CODES.get(_plain(text), "")


def name_of(code: str) -> str:
    """The name that goes with a code; what is no code is its own name."""
    return NAMES.get(code, code)
