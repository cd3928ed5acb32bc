"""Small X3P and AL3D files built by hand, not by the product's own writer."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

NAMESPACE = "http://www.opengps.eu/2008/ISO5436_2"
CODES = {"I": "<i2", "L": "<i4", "F": "<f4", "D": "<f8"}


@dataclass
class X3PBuilder:
    """An X3P file of 4 columns and 3 rows; every part may be replaced before it is built."""

    size: tuple[object, object, object] = (4, 3, 1)
    points: int | None = None
    axes: dict[str, tuple[str, str, str, str]] = field(
        default_factory=lambda: {
            "CX": ("I", "D", "1e-6", "0"),
            "CY": ("I", "D", "1e-6", "0"),
            "CZ": ("A", "D", "1", "0"),
        }
    )
    data: bytes = np.arange(12, dtype="<f8").tobytes()
    inline: list[str] | None = None
    valid: bytes | None = None
    valid_md5: str | None = None
    data_md5: str | None = "right"
    document_md5: str | None = "right"
    namespace: str = 'xmlns:p="' + NAMESPACE + '"'
    prefix: str = "p:"
    before: str = ""
    more_axes: str = ""
    record3: str = ""
    folder: str = ""
    link: str = "bindata/data.bin"
    extra: dict[str, bytes] = field(default_factory=dict)
    compression: int = zipfile.ZIP_DEFLATED

    def axis(self, name: str, kind: str = "A", code: str = "D", step: str = "1", offset: str = "0"):
        """Describe one axis."""
        self.axes[name] = (kind, code, step, offset)
        return self

    def heights(self, values: np.ndarray, code: str = "D") -> X3PBuilder:
        """Store a matrix of heights and say its size."""
        self.size = (values.shape[1], values.shape[0], 1)
        self.data = np.ascontiguousarray(values, dtype=CODES[code]).tobytes()
        return self.axis("CZ", "A", code, self.axes["CZ"][2], self.axes["CZ"][3])

    def document(self) -> bytes:
        """main.xml."""
        axes = "".join(
            f"<{name}><AxisType>{kind}</AxisType><DataType>{code}</DataType>"
            f"<Increment>{step}</Increment><Offset>{offset}</Offset></{name}>"
            for name, (kind, code, step, offset) in self.axes.items()
        )
        size = "".join(
            f"<Size{axis}>{value}</Size{axis}>"
            for axis, value in zip("XYZ", self.size, strict=True)
            if value is not None
        )
        dimension = (
            f"<MatrixDimension>{size}</MatrixDimension>"
            if self.points is None
            else f"<ListDimension>{self.points}</ListDimension>"
        )
        text = (
            f'<?xml version="1.0" encoding="UTF-8"?>{self.before}'
            f"<{self.prefix}ISO5436_2 {self.namespace}><Record1><Revision>ISO5436 - 2000</Revision>"
            f"<FeatureType>SUR</FeatureType><Axes>{axes}{self.more_axes}</Axes></Record1>"
            f"<Record3>{dimension}{self._content()}{self.record3}</Record3>"
            f"<Record4><ChecksumFile>md5checksum.hex</ChecksumFile></Record4>"
            f"</{self.prefix}ISO5436_2>"
        )
        return text.encode()

    def _content(self) -> str:
        if self.inline is not None:
            datums = "".join(f"<Datum>{text}</Datum>" for text in self.inline)
            return f"<DataList>{datums}</DataList>"
        checksum = _md5(self.data) if self.data_md5 == "right" else self.data_md5
        parts = [f"<PointDataLink>{self.link}</PointDataLink>"]
        if checksum is not None:
            parts.append(f"<MD5ChecksumPointData>{checksum}</MD5ChecksumPointData>")
        if self.valid is not None:
            parts.append("<ValidPointsLink>bindata/valid.bin</ValidPointsLink>")
        if self.valid_md5 is not None:
            parts.append(f"<MD5ChecksumValidPoints>{self.valid_md5}</MD5ChecksumValidPoints>")
        return f"<DataLink>{''.join(parts)}</DataLink>"

    def build(self) -> bytes:
        """The file."""
        document = self.document()
        entries = {"main.xml": document}
        if self.inline is None:
            entries["bindata/data.bin"] = self.data
        if self.valid is not None:
            entries["bindata/valid.bin"] = self.valid
        checksum = _md5(document) if self.document_md5 == "right" else self.document_md5
        if checksum is not None:
            entries["md5checksum.hex"] = f"{checksum} *main.xml".encode()
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", self.compression) as archive:
            for name, content in self.extra.items():
                archive.writestr(name, content)
            for name, content in entries.items():
                archive.writestr(self.folder + name, content)
        return stream.getvalue()


def _md5(content: bytes) -> str:
    return hashlib.md5(content, usedforsecurity=False).hexdigest()


@pytest.fixture
def x3p() -> X3PBuilder:
    """A builder of an X3P file whose heights are 0 to 11 m, row by row."""
    return X3PBuilder()


@pytest.fixture(scope="session")
def al3d() -> Callable[..., bytes]:
    """``al3d(heights, padded=True, tags={...}, after=b"")``: the bytes of an AL3D file."""

    def line(key: str, value: str) -> bytes:
        return key.encode().ljust(20, b"\0") + value.encode().ljust(30, b"\0") + b"\r\n"

    def build(
        heights: np.ndarray,
        padded: bool = True,
        tags: dict[str, str | None] | None = None,
        after: bytes = b"",
    ) -> bytes:
        rows, columns = heights.shape
        room = columns + (columns % 2 if padded else 0)
        image = np.zeros((rows, room), "<f4")
        image[:, :columns] = heights
        start = 17 + 52 * 12
        said = {
            "Cols": str(columns),
            "Rows": str(rows),
            "DepthImageOffset": str(start),
            "TextureImageOffset": str(start + image.nbytes if after else 0),
            "PixelSizeXMeter": "1e-06",
            "PixelSizeYMeter": "1e-06",
            "InvalidPixelValue": "-999",
            **(tags or {}),
        }
        lines = [line(key, value) for key, value in said.items() if value is not None]
        head = b"AliconaImaging\0\r\n" + line("Version", "1") + line("TagCount", str(len(lines)))
        return (head + b"".join(lines)).ljust(start, b"\0") + image.tobytes() + after

    return build


@pytest.fixture
def scan_at(tmp_path: Path) -> Callable[[bytes], Path]:
    """``scan_at(content)``: a file ``bad.x3p`` with that content."""

    def write(content: bytes) -> Path:
        path = tmp_path / "bad.x3p"
        path.write_bytes(content)
        return path

    return write
