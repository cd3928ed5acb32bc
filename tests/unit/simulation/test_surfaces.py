"""Synthetic textures, firearms, primers and sensors are what they say they are."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest

from headstamp.simulation.distractor import distractor
from headstamp.simulation.firearm import Firearm, face
from headstamp.simulation.primer import cropped_mask
from headstamp.simulation.sensor import Sensor, measure
from headstamp.simulation.texture import KINDS, TextureKind, band_noise, tool_marks


def test_noise_has_unit_rms_and_its_energy_in_the_band() -> None:
    noise = band_noise((512, 512), 5e-6, np.random.default_rng(1), shortest=40e-6, longest=200e-6)
    assert noise.std() == pytest.approx(1.0, abs=0.01)
    power = np.abs(np.fft.fft2(noise)) ** 2
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(512, 5e-6), np.fft.fftfreq(512, 5e-6)))
    inside = (frequency > 1 / 400e-6) & (frequency < 1 / 20e-6)
    assert power[inside].sum() > 0.97 * power.sum()


def test_parallel_marks_run_in_one_direction() -> None:
    marks = tool_marks("milled", (300, 300), 6.25e-6, np.random.default_rng(2))
    down, right = (np.abs(np.diff(marks, axis=axis)).mean() for axis in (0, 1))
    assert down > 2 * right


@pytest.mark.parametrize("kind", KINDS)
def test_every_texture_has_unit_rms(kind: TextureKind) -> None:
    assert tool_marks(kind, (300, 300), 6.25e-6, np.random.default_rng(3)).std() == pytest.approx(
        1.0, abs=0.02
    )


def test_guns_of_one_batch_share_as_much_as_they_should() -> None:
    def likeness(share: float, batch: int) -> float:
        one = face(Firearm(1, "granular", 7, share))
        other = face(Firearm(2, "granular", batch, share))
        return float(np.corrcoef(one.ravel(), other.ravel())[0, 1])

    assert likeness(0.0, 7) == pytest.approx(0.0, abs=0.05)
    assert likeness(0.4, 7) == pytest.approx(0.4, abs=0.05)
    assert likeness(0.4, 8) == pytest.approx(0.0, abs=0.05)


def test_the_relief_is_the_one_asked_for() -> None:
    assert face(Firearm(3, relief=2e-6)).std() == pytest.approx(2e-6, rel=0.02)


def test_a_mask_leaves_about_a_third_of_the_canvas() -> None:
    shares = [
        cropped_mask((272, 272), 12.5e-6, np.random.default_rng(seed)).mean() for seed in range(20)
    ]
    assert 0.2 < min(shares) <= max(shares) < 0.5


def test_steep_places_are_not_measured_and_noise_is_added() -> None:
    heights = np.zeros((100, 100), dtype=np.float32)
    heights[:, 50:] = 50e-6
    seen = measure(heights, Sensor(noise=0.1e-6, spikes=0.0), np.random.default_rng(4))
    assert np.isnan(seen[:, 50]).all()
    assert np.nanstd(seen[:, :40]) == pytest.approx(0.1e-6, rel=0.1)


def test_another_process_makes_the_same_gun() -> None:
    code = (
        "import hashlib; from headstamp.simulation.distractor import distractor;"
        "print(hashlib.sha256(distractor(5).heights.tobytes()).hexdigest())"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    }
    assert len(runs) == 1
    assert not np.array_equal(distractor(5).valid, distractor(6).valid)
