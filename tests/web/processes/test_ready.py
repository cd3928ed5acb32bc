"""What a server process has done before its first request."""

from __future__ import annotations

import gc

import pytest

from headstamp.web.processes.ready import get_ready


@pytest.fixture
def frozen():
    """What is set aside is taken back."""
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("frozen")
def test_every_template_and_address_is_loaded_and_set_aside():
    before = gc.get_freeze_count()
    get_ready()
    assert gc.get_freeze_count() > before + 10_000
