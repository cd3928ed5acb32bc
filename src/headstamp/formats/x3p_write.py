"""Write X3P (ISO 25178-72) that other readers accept; the same scan gives the same bytes."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as Tree

import numpy as np

from headstamp.errors import OutputError
from headstamp.formats.atomic import write_atomically
from headstamp.formats.scan_file import ScanFile, ScanMetadata
from headstamp.formats.x3p_archive import md5

NAMESPACE: Final = "http://www.opengps.eu/2008/ISO5436_2"
_LOCATION: Final = f"{NAMESPACE} {NAMESPACE}/ISO5436_2.xsd"
_SCHEMA_INSTANCE: Final = "http://www.w3.org/2001/XMLSchema-instance"
_REVISIONS: Final = ("ISO5436 - 2000", "ISO25178-72:2017/DAM1")
"""The spellings that strict readers know; any other is written as the first."""

_EPOCH: Final = (1980, 1, 1, 0, 0, 0)


def write_x3p(path: Path | str, scan: ScanFile) -> None:
    """Write a scan to a file, whole or not at all.

    Raises
    ------
    OutputError
        If the file cannot be written.
    """
    write_atomically(Path(path), x3p_bytes(scan))


def x3p_bytes(scan: ScanFile) -> bytes:
    """The file's content. Heights keep their type and every bit; NaN stays NaN.

    Raises
    ------
    OutputError
        If the heights are neither float32 nor float64.
    """
    code = {"f4": "F", "f8": "D"}.get(scan.heights.dtype.str[1:])
    if code is None:
        raise OutputError(
            f"heights of type {scan.heights.dtype} cannot be written as X3P; use float64"
        )
    heights = np.ascontiguousarray(scan.heights, dtype=scan.heights.dtype.newbyteorder("<"))
    data = heights.tobytes()
    document = _document(scan, code, md5(data))
    entries = {
        "main.xml": document,
        "bindata/data.bin": data,
        "md5checksum.hex": f"{md5(document)} *main.xml\n".encode(),
    }
    if scan.mask is not None:
        entries["bindata/mask.png"] = _picture(scan)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in entries.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _document(scan: ScanFile, code: str, checksum: str) -> bytes:
    Tree.register_namespace("p", NAMESPACE)
    root = Tree.Element(
        f"{{{NAMESPACE}}}ISO5436_2", {f"{{{_SCHEMA_INSTANCE}}}schemaLocation": _LOCATION}
    )
    _axes(root, scan, code)
    _origin_of_data(root, scan.metadata)
    _content(root, scan, checksum)
    _put(Tree.SubElement(root, "Record4"), "ChecksumFile", "md5checksum.hex")
    Tree.indent(root)
    return bytes(Tree.tostring(root, encoding="UTF-8", xml_declaration=True))


def _axes(root: Tree.Element, scan: ScanFile, code: str) -> None:
    metadata = scan.metadata
    record = Tree.SubElement(root, "Record1")
    revision, feature = metadata.revision, metadata.feature_type
    _put(record, "Revision", revision if revision in _REVISIONS else _REVISIONS[0])
    _put(record, "FeatureType", feature if feature and feature != "PCL" else "SUR")
    axes = Tree.SubElement(record, "Axes")
    for name, kind, dtype, increment, offset in (
        ("CX", "I", "D", scan.spacing_x, scan.offset_x),
        ("CY", "I", "D", scan.spacing_y, scan.offset_y),
        ("CZ", "A", code, 1.0, 0.0),
    ):
        axis = Tree.SubElement(axes, name)
        _put(axis, "AxisType", kind)
        _put(axis, "DataType", dtype)
        _put(axis, "Increment", repr(float(increment)))
        _put(axis, "Offset", repr(float(offset)))
    if metadata.rotation is not None:
        rotation = Tree.SubElement(axes, "Rotation")
        for index, value in enumerate(metadata.rotation):
            _put(rotation, f"r{index // 3 + 1}{index % 3 + 1}", repr(float(value)))
    if metadata.origin is not None:
        _put(axes, "Origin", metadata.origin)


def _origin_of_data(root: Tree.Element, metadata: ScanMetadata) -> None:
    record = Tree.SubElement(root, "Record2")
    _put(record, "Date", metadata.date)
    _put(record, "Creator", metadata.creator)
    instrument = Tree.SubElement(record, "Instrument")
    _put(instrument, "Manufacturer", metadata.manufacturer)
    _put(instrument, "Model", metadata.model)
    _put(instrument, "Serial", metadata.serial)
    _put(instrument, "Version", metadata.software_version)
    _put(record, "CalibrationDate", metadata.calibration_date)
    probing = Tree.SubElement(record, "ProbingSystem")
    _put(probing, "Type", metadata.probing_type)
    _put(probing, "Identification", metadata.probing_identification)
    _put(record, "Comment", metadata.comment)


def _content(root: Tree.Element, scan: ScanFile, checksum: str) -> None:
    record = Tree.SubElement(root, "Record3")
    size = Tree.SubElement(record, "MatrixDimension")
    rows, columns = scan.heights.shape
    for name, value in (("SizeX", columns), ("SizeY", rows), ("SizeZ", 1)):
        _put(size, name, str(value))
    link = Tree.SubElement(record, "DataLink")
    _put(link, "PointDataLink", "bindata/data.bin")
    _put(link, "MD5ChecksumPointData", checksum)
    metadata = scan.metadata
    if scan.mask is None and metadata.mask_background is None and not metadata.mask_annotations:
        return
    mask = Tree.SubElement(record, "Mask")
    _put(mask, "Background", metadata.mask_background or "#cd7f32")
    annotations = Tree.SubElement(mask, "Annotations")
    for colour, text in metadata.mask_annotations:
        item = Tree.SubElement(annotations, "Annotation", {"color": _clean(colour)})
        item.text = _clean(text) or None
    _put(mask, "Version", "2")


def _put(parent: Tree.Element, name: str, text: str | None) -> None:
    """A child element; an unknown text is an empty element, which the schema's order needs."""
    Tree.SubElement(parent, name).text = _clean(text) if text else None


def _clean(text: str) -> str:
    """Without the control characters and lone surrogates that XML cannot hold."""
    return "".join(
        c
        for c in text
        if c in "\t\n" or (c >= " " and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff")
    )


def _picture(scan: ScanFile) -> bytes:
    from PIL import Image

    stream = io.BytesIO()
    Image.fromarray(np.asarray(scan.mask, dtype=np.uint8)).save(stream, "PNG")
    return stream.getvalue()
