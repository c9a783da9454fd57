"""Signals of made-up speeds, for the tests of what is measured."""

import numpy as np

from hamstride.facts.signals import Quality, Signal
from hamstride.facts.speed import speeds
from hamstride.protocols.loading import load
from hamstride.records import Speeds

TERMS = load().declared.speed


def signal_of(speed_mps: list[float], *, time_s: list[float] | None = None) -> Signal:
    """A signal with these speeds, a second apart where no times are given; 2 m/s on is running."""
    speed = np.asarray(speed_mps, dtype=float)
    time = np.arange(len(speed), dtype=float) if time_s is None else np.asarray(time_s)
    return Signal(
        time_s=time,
        dt_s=np.ones(len(speed)),
        speed_mps=speed,
        grade=np.zeros(len(speed)),
        cadence_spm=np.full(len(speed), np.nan),
        running=speed >= 2.0,
        quality=Quality("good", ()),
        has_grade=True,
        median_dt_s=1.0,
    )


def speeds_of(speed_mps: list[float], **rest: list[float]) -> Speeds:
    """How much of such a signal was run at which speed, with a load unit a sample."""
    found = signal_of(speed_mps, **rest)
    return speeds(found, np.ones(len(speed_mps)), TERMS)
