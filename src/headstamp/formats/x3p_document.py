"""main.xml of an X3P file, as ISO 25178-72 lays it out."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from defusedxml import DefusedXmlException
from defusedxml import ElementTree as SafeTree

from headstamp.errors import UnreadableScanError
from headstamp.formats.scan_file import ScanMetadata

DATA_TYPES: Final[dict[str, np.dtype[Any]]] = {
    "I": np.dtype("<i2"),
    "L": np.dtype("<i4"),
    "F": np.dtype("<f4"),
    "D": np.dtype("<f8"),
}


_LONGEST_QUOTE: Final = 40
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,15}")


@dataclass(frozen=True, slots=True)
class Axis:
    """One axis description.

    Parameters
    ----------
    incremental : bool
        Whether positions follow from the index, so that none are stored.
    dtype : dtype
        Of what is stored.
    increment : float or None
        Metres; None where the file gives none.
    offset : float
        Metres.
    """

    incremental: bool
    dtype: np.dtype[Any]
    increment: float | None
    offset: float


@dataclass(frozen=True, slots=True)
class Document:
    """What main.xml says.

    ``size`` is (columns, rows, layers) of a matrix; ``points`` is the number of points of a list;
    one of the two is None. ``inline`` holds the text of each Datum where data are in the document.
    """

    x: Axis
    y: Axis
    z: Axis
    size: tuple[int, int, int] | None
    points: int | None
    data_link: str | None
    data_md5: str | None
    valid_link: str | None
    valid_md5: str | None
    inline: tuple[str, ...] | None
    metadata: ScanMetadata
    warnings: tuple[str, ...]


def parse(content: bytes, name: str) -> Document:
    """Read main.xml, with or without its namespace.

    Raises
    ------
    UnreadableScanError
        If the document is not well-formed, holds entities, or lacks what a scan needs.
    """
    try:
        root = SafeTree.fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise UnreadableScanError(
            f"{name}: main.xml holds a DTD or entities, which no scan needs; it is not trusted"
        ) from error
    except (SafeTree.ParseError, ValueError, LookupError) as error:
        raise UnreadableScanError(
            f"{name}: main.xml cannot be read ({error}); export the scan again"
        ) from error
    reader = _Reader(root, name)
    return reader.document()


class _Reader:
    """Finds elements by local name, so that a missing or odd namespace does not matter."""

    def __init__(self, root: Any, name: str) -> None:
        self.root, self.name, self.warnings = root, name, list[str]()
        if not root.tag.startswith("{"):
            self.warnings.append("main.xml has no XML namespace; its elements were read by name")

    def document(self) -> Document:
        size, points = self._dimensions()
        inline = None
        if (data := self._find("Record3/DataList")) is not None:
            inline = tuple((item.text or "").strip() for item in data if _local(item) == "Datum")
        link = self._text("Record3/DataLink/PointDataLink")
        if inline is None and not link:
            raise UnreadableScanError(f"{self.name}: main.xml names no data; export the scan again")
        return Document(
            self._axis("CX"),
            self._axis("CY"),
            self._axis("CZ"),
            size,
            points,
            link,
            self._text("Record3/DataLink/MD5ChecksumPointData"),
            self._text("Record3/DataLink/ValidPointsLink"),
            self._text("Record3/DataLink/MD5ChecksumValidPoints"),
            inline,
            self._metadata(),
            tuple(self.warnings),
        )

    def _dimensions(self) -> tuple[tuple[int, int, int] | None, int | None]:
        if self._find("Record3/MatrixDimension") is not None:
            columns, rows, layers = (
                self._whole(f"Record3/MatrixDimension/Size{axis}") for axis in "XYZ"
            )
            return (columns, rows, layers), None
        return None, self._whole("Record3/ListDimension")

    def _axis(self, axis: str) -> Axis:
        path = f"Record1/Axes/{axis}"
        if self._find(path) is None:
            raise UnreadableScanError(
                f"{self.name}: main.xml describes no axis {axis}; export it as a surface"
            )
        code = (self._text(f"{path}/DataType") or "").upper()
        if not code:
            code = "D"
            self.warnings.append(f"axis {axis} names no data type; taken to be double")
        if code not in DATA_TYPES:
            raise UnreadableScanError(
                f"{self.name}: axis {axis} has the data type {quoted(code)}; "
                "export it as I, L, F or D"
            )
        kind = (self._text(f"{path}/AxisType") or ("A" if axis == "CZ" else "I")).upper()
        increment = self._number(f"{path}/Increment")
        return Axis(
            kind.startswith("I"), DATA_TYPES[code], increment, self._number(f"{path}/Offset") or 0.0
        )

    def _metadata(self) -> ScanMetadata:
        text = self._text
        mask = self._find("Record3/Mask/Annotations")
        annotations = tuple(
            (item.get("color") or "", (item.text or "").strip()) for item in (mask or [])
        )
        return ScanMetadata(
            revision=text("Record1/Revision"),
            feature_type=text("Record1/FeatureType"),
            date=text("Record2/Date"),
            creator=text("Record2/Creator"),
            manufacturer=text("Record2/Instrument/Manufacturer"),
            model=text("Record2/Instrument/Model"),
            serial=text("Record2/Instrument/Serial"),
            software_version=text("Record2/Instrument/Version"),
            calibration_date=text("Record2/CalibrationDate"),
            probing_type=text("Record2/ProbingSystem/Type"),
            probing_identification=text("Record2/ProbingSystem/Identification"),
            comment=text("Record2/Comment"),
            origin=text("Record1/Axes/Origin"),
            rotation=self._rotation(),
            mask_background=text("Record3/Mask/Background"),
            mask_annotations=annotations,
        )

    def _rotation(self) -> tuple[float, ...] | None:
        if self._find("Record1/Axes/Rotation") is None:
            return None
        values = [
            self._number(f"Record1/Axes/Rotation/r{row}{column}")
            for row in (1, 2, 3)
            for column in (1, 2, 3)
        ]
        rotation = tuple(0.0 if value is None else value for value in values)
        if not np.allclose(rotation, np.eye(3).ravel(), atol=1e-9):
            self.warnings.append("the file holds a rotation of its axes; it was not applied")
        return rotation

    def _whole(self, path: str) -> int:
        said = self._text(path)
        if said and _WHOLE.fullmatch(said):
            return int(said)
        if path.endswith("SizeZ"):
            self.warnings.append("main.xml gives no SizeZ; one layer was assumed")
            return 1
        raise UnreadableScanError(
            f"{self.name}: {path.rsplit('/', 1)[-1]} is {quoted(said)} in main.xml, not a whole "
            "number; export the scan again"
        )

    def _number(self, path: str) -> float | None:
        said = self._text(path)
        if not said:
            return None
        try:
            value = float(said.replace(",", "."))
        except ValueError:
            value = math.nan
        if not math.isfinite(value):
            raise UnreadableScanError(
                f"{self.name}: {path} is {quoted(said)} in main.xml, not a number; export it again"
            )
        return value

    def _text(self, path: str) -> str | None:
        found = self._find(path)
        return (found.text or "").strip() or None if found is not None else None

    def _find(self, path: str) -> Any:
        place = self.root
        for step in path.split("/"):
            place = next((child for child in place if _local(child) == step), None)
            if place is None:
                return None
        return place


def quoted(text: str | None) -> str:
    """A file's own words inside a sentence: short, on one line."""
    text = text or ""
    return repr(text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "...")


def _local(element: Any) -> str:
    tag = element.tag
    return tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1] if isinstance(tag, str) else ""
