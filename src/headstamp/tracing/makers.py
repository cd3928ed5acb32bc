"""What is known of a maker of firearms that a request for a trace can be checked against."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Maker:
    """A maker, where it makes firearms, and how its serial numbers look.

    Parameters
    ----------
    name : str
    country : str
        Of manufacture; empty where that is not known.
    also_made_in_usa : bool
        Whether some of what bears its name is made in the United States, and has no importer.
    serial_patterns : tuple of str
        Regular expressions over the normalised number; none where no pattern is known.
    """

    name: str
    country: str
    also_made_in_usa: bool = False
    serial_patterns: tuple[str, ...] = ()

    @property
    def is_foreign(self) -> bool:
        """Whether its firearms came to the United States through an importer."""
        return bool(self.country) and self.country != "United States"

    def fits(self, serial: str) -> bool:
        """Whether a normalised serial number looks like one of this maker's."""
        patterns = self.serial_patterns
        return not patterns or any(re.fullmatch(one, serial) for one in patterns)
