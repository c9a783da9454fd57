"""How many samples a second the load is computed for, on made-up speeds and slopes.

python -m bench.load
"""

import json
import time
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from hamstride.facts.load import hlu_per_s, run_load
from hamstride.facts.signals import Quality, Signal
from hamstride.protocols.loading import load

SAMPLES = 1_000_000
RUNS = 5


def made_up() -> Signal:
    """A million seconds of walking and running, up and down, without a cadence."""
    chance = np.random.default_rng(1)
    speed_mps = chance.uniform(0.5, 8.0, SAMPLES)
    return Signal(
        time_s=np.arange(SAMPLES, dtype=float),
        dt_s=np.ones(SAMPLES),
        speed_mps=speed_mps,
        grade=chance.normal(0, 0.04, SAMPLES),
        cadence_spm=np.full(SAMPLES, np.nan),
        running=speed_mps >= 2.0,
        quality=Quality("good", ()),
        has_grade=True,
        median_dt_s=1.0,
    )


def compare(folder: Path | None = None) -> dict[str, Any]:
    """Millions of samples a second: one exponent, and a whole run with its band and shares."""
    del folder
    terms = load().declared.load
    made = made_up()
    one, whole = [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        hlu_per_s(made.speed_mps, made.grade, made.running, terms, terms.exponent)
        between = time.perf_counter()
        run_load(made, terms)
        one.append(between - start)
        whole.append(time.perf_counter() - between)
    return {
        "samples": SAMPLES,
        "one_exponent_million_per_s": {
            "median": round(SAMPLES / median(one) / 1e6, 1),
            "goal_over": 4,
        },
        "whole_run_million_per_s": round(SAMPLES / median(whole) / 1e6, 1),
    }


if __name__ == "__main__":
    print(json.dumps(compare(), indent=2))
