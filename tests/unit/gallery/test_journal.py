"""The log: a prefix of it is a prefix of its records, and damage is never taken for a tear."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st

from headstamp.gallery.journal import entries, line_of, payload_of
from headstamp.gallery.layout import BATCH_RECORDS

PAYLOADS = [b'{"index":%d,"name":"scan number %d"}' % (i, i * i) for i in range(6)]
LOG = b"".join(map(line_of, PAYLOADS))
ENDS = [len(b"".join(map(line_of, PAYLOADS[:n]))) for n in range(len(PAYLOADS) + 1)]


def walk(log: bytes) -> list[bytes | None]:
    """Payloads of a log, None for a damaged line."""
    return [entry.payload or None for entry in entries(io.BytesIO(log))]


@given(st.binary(min_size=1).filter(lambda data: b"\n" not in data))
def test_a_line_gives_its_payload_back(payload):
    assert payload_of(line_of(payload)) == payload


@given(st.integers(0, len(LOG)))
def test_a_log_cut_anywhere_holds_the_records_written_before(cut):
    whole = max(n for n, end in enumerate(ENDS) if end <= cut)
    assert walk(LOG[:cut]) == PAYLOADS[:whole]


@given(st.integers(0, len(LOG) - 1), st.integers(1, 255))
def test_a_changed_byte_is_reported_and_never_cut_off(place, change):
    log = bytearray(LOG)
    log[place] ^= change
    found = walk(bytes(log))
    line = max(n for n, end in enumerate(ENDS) if end <= place)
    assert found[:line] == PAYLOADS[:line]
    assert None in found
    assert all(payload in (None, *PAYLOADS) for payload in found)


@given(st.integers(0, len(LOG)), st.integers(2, 5000))
def test_zeros_that_a_power_failure_left_are_a_torn_tail(cut, zeros):
    whole = max(n for n, end in enumerate(ENDS) if end <= cut)
    assert walk(LOG[:cut] + bytes(zeros)) == PAYLOADS[:whole]


def test_zeros_before_more_than_a_batch_are_damage():
    following = line_of(b"{}") * (BATCH_RECORDS + 1)
    assert walk(LOG + bytes(50) + b"\n" + following)[len(PAYLOADS)] is None


def test_reading_can_begin_at_any_line():
    found = [entry.payload for entry in entries(io.BytesIO(LOG), ENDS[4])]
    assert found == PAYLOADS[4:]
