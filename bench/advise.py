"""How long one answer takes, on a year of records: cold from the command line, and warm."""

import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock
from pathlib import Path
from statistics import median
from typing import Any

from hamstride.advise import advise
from hamstride.casefile import write_case
from hamstride.records import (
    Case,
    CheckIn,
    Episode,
    PhaseEntry,
    Run,
    Runner,
    Screening,
    Session,
    SessionItem,
    TestResult,
)

DAY = date(2026, 11, 20)
RUNS = 5


def year_of_records() -> Case:
    """A year of one runner: a check-in a day, a run and a strength session every other day."""
    days = [DAY - timedelta(days=back) for back in range(365)]
    quiet = CheckIn(
        on=DAY, pain_morning=1, pain_rest=0, pain_walking=0, limp=False, bears_weight=True,
        new_bruise=False, new_symptoms=False, sleep_h=7.5, fatigue=3, readiness=8,
    )  # fmt: skip
    run = Run(
        start=datetime.combine(DAY, clock(18), UTC), kind="walk_run", duration_s=1500.0,
        distance_m=3600.0, longest_continuous_s=900.0, pain_before=0, pain_during=1, pain_after=0,
        pain_trend="eased", limped=False, form_changed=False, sharp=False, step="R5",
    )  # fmt: skip
    items = tuple(
        SessionItem(exercise=e, sets=3, reps=8, pain=1) for e in ("rdl", "single_leg_rdl")
    )
    return Case(
        runner=Runner(born=1991),
        episode=Episode(
            started_on=days[-30], side="left", site="mid_thigh", onset="sudden", popped=False,
            bruise="none", days_to_pain_free_walk=1, previous_strains=0, protocol="strain",
        ),
        screenings=(Screening(on=days[-30], all_clear=True),),
        check_ins=tuple(replace(quiet, on=on) for on in days),
        runs=tuple(replace(run, start=datetime.combine(on, clock(18), UTC)) for on in days[1::2]),
        tests=tuple(
            TestResult(on=on, test="single_leg_bridge_reps", left=18.0, right=20.0, pain_left=0)
            for on in days[::14]
        ),
        sessions=tuple(Session(on=on, kind="strength", items=items) for on in days[::2]),
        phases=(PhaseEntry(on=days[-20], id="return_to_running"),),
    )  # fmt: skip


def _cold_cpu_s(file: Path) -> float:
    """CPU seconds, user and system, of one call from the command line."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [
        sys.executable,
        "-m",
        "hamstride",
        "advise",
        str(file),
        "--on",
        str(DAY),
        "--json",
    ]
    subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))  # noqa: S603
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime - before.ru_utime) + (after.ru_stime - before.ru_stime)


def compare(folder: Path | None = None) -> dict[str, Any]:
    """Seconds of CPU of `hamstride advise` cold, and milliseconds of `advise()` warm."""
    del folder
    case = year_of_records()
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "year.toml"
        write_case(case, file)
        cold = [_cold_cpu_s(file) for _ in range(RUNS)]
    advise(case, DAY)
    warm = []
    for _ in range(RUNS * 4):
        start = time.perf_counter()
        advise(case, DAY)
        warm.append((time.perf_counter() - start) * 1000)
    return {
        "cold_cpu_s": {"median": round(median(cold), 3), "goal_under": 0.6},
        "warm_ms": {"median": round(median(warm), 2), "goal_under": 20},
        "records": {"check_ins": len(case.check_ins), "runs": len(case.runs)},
    }
