"""What a browser prints: the pages of a PDF, and the text on them."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

OBJECT = re.compile(rb"(\d+) 0 obj(.*?)endobj", re.S)
STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.S)
DRAWN = re.compile(rb"/(F\d+) [\d.]+ Tf|<([0-9A-Fa-f]+)>")


def pages(pdf: bytes) -> int:
    """How many pages it has."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def text(pdf: bytes) -> str:
    """What can be read on it, in the order it is drawn.

    The browser draws glyphs by number, and says beside each font which letters they are.
    """
    objects = dict(OBJECT.findall(pdf))
    fonts = {
        name: dict(_letters(_unpacked(objects[said[1]])))
        for name, key in set(re.findall(rb"/(F\d+) (\d+) 0 R", pdf))
        if (said := re.search(rb"/ToUnicode (\d+) 0 R", objects[key]))
    }
    found = []
    for body in objects.values():
        letters: dict[bytes, str] = {}
        for font, glyphs in DRAWN.findall(_unpacked(body)):
            letters = fonts.get(font, {}) if font else letters
            found += [letters.get(one.upper(), "") for one in re.findall(rb"....", glyphs)]
    return "".join(found)


def _unpacked(body: bytes) -> bytes:
    stream = STREAM.search(body)
    if stream is None or b"FlateDecode" not in body:
        return b""
    try:
        return zlib.decompress(stream[1])
    except zlib.error:
        return b""


def _letters(cmap: bytes) -> Iterator[tuple[bytes, str]]:
    """Glyph and letter, one by one and by range."""
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for glyph, code in re.findall(rb"<(\w{4})>\s*<(\w{4})>", block):
            yield glyph.upper(), chr(int(code, 16))
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for first, last, code in re.findall(rb"<(\w{4})>\s*<(\w{4})>\s*<(\w{4})>", block):
            for step in range(int(last, 16) - int(first, 16) + 1):
                yield b"%04X" % (int(first, 16) + step), chr(int(code, 16) + step)
