"""How soon a process that ended is started again."""

from __future__ import annotations

from headstamp.web.processes.child import LONGEST, SOUND, Restarts


def test_a_process_that_keeps_ending_is_started_after_ever_longer_pauses():
    restarts = Restarts()
    pauses = [restarts.pause(lived=1.0) for _ in range(9)]
    assert pauses == [0, 1, 2, 4, 8, 16, 32, 60, 60]
    assert all(restarts.pause(lived=1.0) == LONGEST for _ in range(3000))


def test_a_process_that_had_lived_is_started_again_at_once():
    restarts = Restarts()
    for _ in range(5):
        restarts.pause(lived=1.0)
    assert restarts.pause(lived=SOUND) == 0
    assert [restarts.pause(lived=1.0) for _ in range(3)] == [0, 1, 2]
