"""From what is stored and measured of a run to the plain values that `explain` puts into words."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from operator import attrgetter

from hamstride.errors import StoreError
from hamstride.explain.run_chart import Moment
from hamstride.explain.run_page import Column
from hamstride.explain.run_shown import (
    FastShown,
    JumpShown,
    Limits,
    LoadShown,
    RunShown,
    StretchShown,
    Top,
)
from hamstride.facts.samples import CHANNELS
from hamstride.facts.spikes import Jump
from hamstride.facts.traced import traced
from hamstride.records import Bout, Measured, Run
from hamstride.vocabulary import Declared
from hamstride.web import bridge
from hamstride.web.bridge.running_log import Line, bouts_of
from hamstride.web.models import Activity, Runner

AT_MOST = 200
"""So many columns a chart and its table have at most."""

_OF_COLUMN = attrgetter(*Column.__dataclass_fields__)


def shown(line: Line, bouts: Iterable[Bout] = ()) -> RunShown:
    """A run as it is told, what was typed of it before what was measured."""
    run, row = line.run, line.activity
    fast = None
    if row is not None and row["fast_m"] is not None:
        fast = FastShown(row["fast_m"], row["sprint_m"], row["fast_efforts"], row["sprints"])
    return _told(run, run.measured, "" if row is None else row["file"], fast, bouts)


def shown_alone(activity: Activity) -> RunShown:
    """An activity that is no run that counts: another sport, or one without a day."""
    return _told(activity, None, activity.file, None, ())


def _told(
    of: Run | Activity,
    measured: Measured | None,
    file: str,
    fast: FastShown | None,
    bouts: Iterable[Bout],
) -> RunShown:
    measured = measured or Measured()
    load = measured.load
    return RunShown(
        file=file,
        start=of.start,
        distance_m=of.distance_m,
        duration_s=of.duration_s,
        moving_s=of.moving_s,
        ascent_m=of.ascent_m,
        longest_continuous_s=of.longest_continuous_s,
        load=None if load is None else LoadShown(**asdict(load)),
        quality=measured.quality,
        reasons=measured.doubts,
        stretches=tuple(StretchShown(each.kind, each.start_s, each.end_s) for each in bouts),
        steep_s=measured.steep_s,
        fast=fast,
    )


def top_of(runner: Runner) -> Top | None:
    """The runner's own top speed, as it is stored."""
    if runner.top_mps is None:
        return None
    low_mps = runner.top_mps if runner.top_low_mps is None else runner.top_low_mps
    return Top(runner.top_mps, low_mps, runner.top_high_mps, bool(runner.top_at_least))


def limits_of(declared: Declared) -> Limits:
    """What counts as fast and as a jump."""
    return Limits(
        fast_pct=round(declared.speed.fast_pct),
        sprint_pct=round(declared.speed.sprint_pct),
        days=round(declared.spikes.session_within_days),
        jump_pct=round(100 * declared.spikes.session_amber_ratio),
        big_pct=round(100 * declared.spikes.session_red_ratio),
        severe_pct=round(100 * declared.spikes.session_severe_ratio),
        week_pct=round(declared.spikes.week_convention_pct),
    )


def compared(jumps: Iterable[Jump]) -> tuple[JumpShown, ...]:
    """What a day is compared with, to be told."""
    return tuple(JumpShown(**asdict(jump)) for jump in jumps)


@dataclass(frozen=True, slots=True)
class Traced:
    """A run over time; `trouble` says why it cannot be shown."""

    columns: Sequence[Column] = ()
    moments: Sequence[Moment] = ()
    trouble: str = ""


def trace_of(activity: Activity, declared: Declared) -> Traced:
    """The samples of an activity in columns; what is damaged is said and not raised."""
    try:
        read = bridge.activity_of(activity, CHANNELS)
        found = traced(read, bouts_of(activity), declared, AT_MOST)
    except StoreError as error:
        return Traced(trouble=str(error))
    return Traced(tuple(Column(*_OF_COLUMN(each)) for each in found.columns), found.moments)
