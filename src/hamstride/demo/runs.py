"""Ana's runs: how each was run, and what she said of it afterwards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from hamstride.demo.streams import Effort
from hamstride.records import Run, RunKind
from hamstride.units import minutes_s

TIMEZONE = "Europe/Lisbon"
SHOES = "Blue 8 mm"

Format = Literal["fit", "gpx", "tcx"]


@dataclass(frozen=True, slots=True)
class Outing:
    """A run as a watch saw it and as Ana answered for it.

    `run.file` is the path of its activity file, seen from the runner's file.
    """

    efforts: tuple[Effort, ...]
    run: Run
    format: Format


def outings() -> tuple[Outing, ...]:
    """All of Ana's runs, oldest first."""
    return (*_before(), _onset(), *_comeback(), *_back_to_speed())


# Efforts


def _walk(minutes: float, speed_mps: float = 1.5) -> Effort:
    return Effort(round(minutes_s(minutes)), speed_mps)


def _jog(minutes: float, speed_mps: float = 2.65) -> Effort:
    return Effort(round(minutes_s(minutes)), speed_mps)


def _strides(times: int, metres: float, speed_mps: float) -> tuple[Effort, ...]:
    """Run-throughs with the way back walked in between."""
    there = Effort(round(metres / speed_mps), speed_mps)
    back = Effort(round(metres / 1.4) + 15, 1.4)
    return (there, back) * times


# What she ran of each step; the steps themselves are the library's.
_STEPS = {
    "R1": (_walk(3), _jog(1)) * 5,
    "R3": (_walk(2), _jog(2)) * 5,
    "R5": (_walk(1), _jog(3)) * 5,
    "R6": (_walk(1), _jog(3.5)) * 5,
    "R7": (_walk(1), _jog(4)) * 5,
    "R8": (_jog(15),),
    "R9": (_jog(20),),
    "R10": (_jog(22),),
    "R11": (_jog(25),),
    "R12": (_jog(27),),
    # A few seconds over, as everybody stops a watch.
    "R13": (_jog(30.2),),
    "V1": (_jog(11), *_strides(4, 50, 4.3), _jog(5)),
    "V2": (_jog(11), *_strides(6, 50, 4.3), _jog(5)),
    "V3": (_jog(11), *_strides(4, 60, 5.0), _jog(5)),
    "V4": (_jog(11), *_strides(6, 60, 5.0), _jog(5)),
}


# Outings


def _at(local: str) -> datetime:
    return datetime.fromisoformat(local).replace(tzinfo=ZoneInfo(TIMEZONE))


def _outing(run: Run, efforts: tuple[Effort, ...], form: Format = "fit") -> Outing:
    what = (run.step or run.kind or "run").lower()
    file = f"activities/{run.start.date()}-{what}.{form}"
    return Outing(efforts, replace(run, file=file, shoes=SHOES), form)


_SUNDAY_MIN = (54, 57, 60, 60, 62, 63, 65)


def _before() -> Iterator[Outing]:
    """Seven weeks of ordinary running: Tuesday, Thursday and a longer one on Sunday.

    Nobody asked her about pain then, so those answers are not known. In the eighth week comes
    the only fast running of the summer, four days before it went.
    """
    first = _at("2026-07-07T18:30:00")
    for week, minutes in enumerate(_SUNDAY_MIN):
        tuesday = Run(start=first + timedelta(weeks=week), kind="easy", rpe=3)
        thursday = replace(tuesday, start=tuesday.start + timedelta(days=2, minutes=5))
        sunday = Run(start=tuesday.start + timedelta(days=5, hours=-9.5), kind="easy", rpe=4)
        yield _outing(tuesday, (_jog(38, 2.8),), "gpx" if week == 4 else "fit")
        yield _outing(thursday, (_jog(40, 2.85),))
        yield _outing(sunday, (_jog(minutes, 2.75),))
    fast = Run(start=first + timedelta(weeks=7), kind="strides", rpe=6)
    yield _outing(fast, (_jog(25, 2.8), *_strides(6, 80, 5.9), _jog(5)))


def _onset() -> Outing:
    """The Saturday on which it went, in the third stride."""
    run = Run(
        start=_at("2026-08-29T09:15:00"),
        kind="strides",
        rpe=7,
        pain_before=0,
        pain_during=6,
        pain_after=5,
        pain_trend="worse",
        limped=True,
        form_changed=True,
        stopped_early=True,
        hesitated=False,
        sharp=True,
        note="Third stride, near top speed: a grab in the back of the left thigh. Walked home.",
    )
    cut_short = (Effort(8, 6.9), _walk(6, 1.1))
    return _outing(run, (_jog(18, 2.8), *_strides(2, 80, 6.7), *cut_short))


def _step(step: str, local: str, *, rpe: int = 3) -> Run:
    """A run of a step after which nothing hurt and nothing was amiss."""
    kind: RunKind = "easy" if len(_STEPS[step]) == 1 else "walk_run"
    kind = "strides" if step.startswith("V") else kind
    return replace(_nothing_hurt(_at(local)), kind=kind, step=step, rpe=rpe)


def _nothing_hurt(start: datetime) -> Run:
    return Run(
        start=start,
        kind="easy",
        rpe=3,
        pain_before=0,
        pain_during=0,
        pain_after=0,
        limped=False,
        form_changed=False,
        stopped_early=False,
        hesitated=False,
        sharp=False,
    )


def _clean(step: str, local: str, *, rpe: int = 3) -> Outing:
    return _outing(_step(step, local, rpe=rpe), _STEPS[step])


def _comeback() -> Iterator[Outing]:
    """The walk-run steps, with one flare-up in the middle."""
    first = replace(_step("R1", "2026-09-24T18:10:00"), pain_during=1, pain_trend="eased")
    yield _outing(first, _STEPS["R1"])
    yield _clean("R3", "2026-09-27T09:30:00")
    yield _clean("R5", "2026-09-30T18:10:00")
    yield _flare_up()
    yield _clean("R6", "2026-10-07T18:05:00")
    indoors = replace(_step("R7", "2026-10-10T11:00:00"), treadmill=True)
    yield _outing(indoors, _STEPS["R7"])
    yield _clean("R8", "2026-10-13T18:00:00")
    yield _outing(_step("R9", "2026-10-17T10:00:00"), _STEPS["R9"], "tcx")
    yield _clean("R10", "2026-10-20T18:00:00")
    yield _clean("R11", "2026-10-22T18:00:00", rpe=4)
    yield _clean("R12", "2026-10-25T10:00:00", rpe=4)
    yield _clean("R13", "2026-10-27T17:45:00", rpe=4)
    yield _clean("R13", "2026-10-30T17:45:00")


def _flare_up() -> Outing:
    """R7 given up in its fourth repeat."""
    run = replace(
        _step("R7", "2026-10-03T10:00:00", rpe=5),
        pain_during=4,
        pain_after=2,
        pain_trend="worse",
        stopped_early=True,
        note="Tight from the third repeat on. Stopped and walked back.",
    )
    return _outing(run, (*_STEPS["R7"][:6], _walk(1), _jog(1.5), _walk(5, 1.3)))


def _back_to_speed() -> Iterator[Outing]:
    """The first strides, with easy runs between them."""
    for step, speed_day, pct in (
        ("V1", "2026-11-03", 60),
        ("V2", "2026-11-07", 60),
        ("V3", "2026-11-12", 70),
        ("V4", "2026-11-17", 70),
    ):
        strides = replace(_step(step, f"{speed_day}T17:40:00", rpe=4), top_speed_pct=pct)
        yield _outing(strides, _STEPS[step])
        yield _outing(_nothing_hurt(strides.start + timedelta(days=2, minutes=20)), (_jog(30.1),))
