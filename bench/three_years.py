"""A runner with three years of records, in a store that was started: Ana, and what was before.

Her injury of the last weeks is open. Before it she checked in every day, ran some 440 times with
a watch, said how it felt, trained twice a week and tested herself each month.
"""

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from uuid import uuid4

import made_up_takeouts as made_up
from hamstride.demo.activity_files import as_fit

DAYS = 3 * 365
RUNS = 440
RUN_S, LONG_RUN_S = 600, 7200
LONG_RUN = 3
"""The place of the run that is shown, of two hours; counted backwards from the injury."""

_DAYS_BETWEEN = 2.25
WELL = {
    "pain_morning": 0, "pain_rest": 0, "pain_walking": 0, "limp": False, "bears_weight": True,
    "new_bruise": False, "new_symptoms": False, "sleep_h": 7.5, "fatigue": 3, "readiness": 8,
}  # fmt: skip
"""What a good morning is answered with."""

_ITEMS = ("rdl", "single_leg_rdl")

Row = tuple[str, date, dict[str, Any]]


def fill(folder: Path) -> Any:
    """Fill the store; the account that all of it belongs to."""
    from hamstride.web import bridge, demo_account  # noqa: PLC0415 - need a store
    from hamstride.web.importing import take_in  # noqa: PLC0415
    from hamstride.web.models import Record  # noqa: PLC0415

    account = demo_account.ready()
    runner = account.runner
    assert runner.injured_on is not None
    starts = list(run_starts(runner.injured_on))
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        files = list(pool.map(run_file, range(RUNS), starts, chunksize=20))
    names = {f"{start:%Y-%m-%d}.fit": data for start, data in zip(starts, files, strict=True)}
    take_in(made_up.takeout(folder / "runs.zip", names), runner, workers=2)
    Record.objects.bulk_create(
        Record(
            runner=runner, kind=kind, on=on, body=body, client=uuid4(),
            recorded_at=datetime.combine(on, time(20), UTC),
        )
        for kind, on, body in rows(runner.injured_on, bridge.today_of(runner), starts)
    )  # fmt: skip
    return account


def run_starts(injured_on: date) -> Iterator[datetime]:
    """When the runs before the injury began, the latest first."""
    for number in range(RUNS):
        on = injured_on - timedelta(days=1 + int(number * _DAYS_BETWEEN))
        yield datetime.combine(on, time(17, number % 60), UTC)


def run_file(number: int, start: datetime) -> bytes:
    """One run as its watch wrote it."""
    seconds = LONG_RUN_S if number == LONG_RUN else RUN_S
    return as_fit(made_up.streams(number, seconds), start)


def rows(injured_on: date, today: date, starts: list[datetime]) -> Iterator[Row]:
    """What was recorded before the injury."""
    for back in range(DAYS - (today - injured_on).days):
        on = injured_on - timedelta(days=1 + back)
        told = {"on": on.isoformat()}
        yield "check_ins", on, {**WELL, **told, "pain_morning": back % 2}
        if on.weekday() in (1, 4):
            items = [{"exercise": name, "sets": 3, "reps": 8, "pain": 0} for name in _ITEMS]
            yield "sessions", on, {**told, "kind": "strength", "items": items}
        if on.day == 1:
            yield "tests", on, {**told, "test": "single_leg_bridge_reps", "left": 20.0,
                                "right": 21.0, "pain_left": 0, "pain_right": 0}  # fmt: skip
    for start in starts:
        told_of_run = {"start": start.isoformat(), "pain_during": 0, "pain_after": 0, "rpe": 3}
        yield "runs", start.date(), told_of_run
