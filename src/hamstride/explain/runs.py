"""What a run did to the hamstrings: rows of a table, and one run explained.

Load is told in load units with their range, and as an estimate; what it rests on is said below
every table.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC
from itertools import pairwise

from hamstride.explain.numbers import full_day, listed
from hamstride.explain.parts import Line, Part
from hamstride.explain.run_chart import Moment, km_h, mean_mps
from hamstride.explain.run_jumps import SHORT, is_jump
from hamstride.explain.run_jumps import told as jump_lines
from hamstride.explain.run_shown import (
    Grade,
    Limits,
    LoadShown,
    RunShown,
    StretchShown,
    Top,
)
from hamstride.explain.run_speeds import band_lines
from hamstride.units import M_PER_KM, clock

HEADINGS = ("start, UTC", "km", "time", "up m", "load", "range", "fast m", "jump", "data")
NUMBERS = frozenset({1, 2, 3, 4, 5, 6})
NARROW_NUMBERS = frozenset({1, 2})
NARROW = "A wider window shows time, ascent, range and fast metres as well."
DAY_LETTERS = len("2026-10-03")
ROUGH = "~"
"""Stands before a number that rests on poor data."""

UNIT = (
    "One load unit is a minute of easy running at 10 km/h on the flat. The range comes from "
    "other ways of weighing fast against slow running; the true uncertainty is wider."
)
ASSUMED = (
    "Assumed, not measured: both legs share the work alike, and it grows with speed and slope "
    "as in studies of other runners. Compare these numbers with your own runs only."
)
WALKS_ONLY = (
    "Stretches are told apart by walking and standing; "
    "faster and slower running without a walk between counts as one."
)

_MOST_EFFORTS = 12
_ALIKE_S = 10.0  # efforts whose lengths round to the same ten seconds are one kind
_SLOWEST_PACE_MPS = 0.5  # a pace of more than half an hour a kilometre tells nobody anything
_BAR = 20

NO_BASELINE = "A question mark stands where there are no earlier runs to compare it with."

_REASONS = {
    "unsure_file": "the file is broken, and its numbers may be wrong",
    "no_speed": "there is no speed",
    "speed_unknown": "the speed is missing for most of the time, so the load is too low",
    "sparse": "the samples are too rare to show short fast running",
    "no_grade": "there is no height, so it counts as flat",
    "spikes": "some speeds were plainly wrong and were left out",
    "speed_by_distance": "the speed was worked out from the distance",
    "gaps": "the recording has gaps",
    "no_cadence": "there is no cadence, so the usual one at each speed is taken",
    "cadence_unknown": "the cadence is missing for part of the time",
    "cadence_corrected": "the cadence was half or double for part of the time, and was put right",
    "load_in_seconds": "a few seconds make up much of the load, as faults of a watch do",
    "cadence_at_odds": "the cadence does not fit the speed for part of the time",
}


# Tables


def row(run: RunShown) -> tuple[str, ...]:
    """A run as a row below `HEADINGS`; what is not known stays empty."""
    return (
        "" if run.start is None else f"{run.start.astimezone(UTC):%Y-%m-%d %H:%M}",
        "" if run.distance_m is None else f"{run.distance_m / M_PER_KM:.2f}",
        "" if run.duration_s is None else clock(run.duration_s),
        "" if run.ascent_m is None else f"{run.ascent_m:.0f}",
        "" if run.load is None else _estimate(run.load, run.quality),
        "" if run.load is None else _range(run.load),
        "" if run.fast is None else f"{run.fast.fast_m:.0f}",
        SHORT[run.spike] if run.spike else "",
        run.quality or "none",
    )


def narrow(cells: Sequence[str]) -> tuple[str, ...]:
    """What of a row fits a phone: the day, the distance, the load, jumps and the quality."""
    start, km, _, _, load, _, _, jump, quality = cells
    return (start[:DAY_LETTERS], km, load, jump, quality)


def below(runs: Sequence[RunShown], top: Top | None, limits: Limits) -> tuple[str, ...]:
    """The sentences below a table: what a load unit is, what is assumed, what is rough."""
    said = [UNIT, ASSUMED, _top_speed(top, limits)]
    if any(map(is_jump, runs)):
        said.append(_about_jumps(limits))
    if any(run.spike == "no_baseline" for run in runs):
        said.append(NO_BASELINE)
    if any(run.quality == "poor" for run in runs):
        said.append(f"{ROUGH} marks a load that rests on poor data.")
    return (*said, *_limits(runs))


def _about_jumps(limits: Limits) -> str:
    return (
        f"A jump is a day over {limits.jump_pct} % of the most, in distance or load, of the "
        f"{limits.days} days before, or a week with clearly more fast metres than usual; a big "
        f"one is over {limits.big_pct} %, double over {limits.severe_pct} %. It tells what was "
        "unusual, not what will happen."
    )


def _top_speed(top: Top | None, limits: Limits) -> str:
    """What "fast" is measured by, and how sure that is."""
    if top is None:
        return (
            "No run tells your top speed, so it is not known what is fast for you. A run whose "
            "speed the watch recorded each second would tell it."
        )
    if top.high_mps is None:
        return (
            f"The fastest that was seen is {km_h(top.mps)}. What is fast for you is not known "
            "without a run of 5 km or more among them."
        )
    before = "" if top.frozen_on is None else f" up to {full_day(top.frozen_on)}"
    said = (
        f"Fast is {limits.fast_pct} % or more of your top speed{before}, taken as {km_h(top.mps)}"
    )
    if not top.at_least:
        return f"{said}, as in your fastest sprints."
    return (
        f"{said} (between {km_h(top.low_mps)} and {km_h(top.high_mps)}), an estimate from your "
        "fastest 5 km, since nothing here says that you sprinted."
    )


def left_out(runs: int, others: int) -> str:
    """How many activities are no runs; empty where all are and there is one."""
    if not others:
        return "" if runs else "No run was found."
    left = "1 activity of another sport was" if others == 1 else f"{others} of other sports were"
    return f"{'' if runs else 'No run was found; '}{left} left out."


def _limits(runs: Sequence[RunShown]) -> Iterator[str]:
    """What limits the data, and in how many runs."""
    counts: dict[str, int] = {}
    for run in runs:
        for reason in dict.fromkeys(run.reasons):
            counts[reason] = counts.get(reason, 0) + 1
    for reason, count in sorted(counts.items(), key=lambda each: -each[1]):
        yield f"{'1 run' if count == 1 else f'{count} runs'}: {_reason(reason)}."
    unknown = sum(run.load is None for run in runs)
    if unknown:
        yield f"{'1 run has' if unknown == 1 else f'{unknown} runs have'} no speed, so no load."


def _reason(code: str) -> str:
    return _REASONS.get(code, code.replace("_", " "))


def _units(hlu: float) -> str:
    """Load units to the precision that they deserve."""
    return f"{hlu:.0f}" if hlu >= 10 else f"{hlu:.1f}"


def _estimate(load: LoadShown, quality: Grade | None) -> str:
    return f"{ROUGH if quality == 'poor' else ''}{_units(load.hlu)}"


def _range(load: LoadShown) -> str:
    return f"{_units(load.low)} to {_units(load.high)}"


# One run


def title(run: RunShown) -> str:
    """The heading of one run: its day, or its file where it has none."""
    if run.start is None:
        return f"Run in {run.file}"
    start = run.start.astimezone(UTC)
    return f"Run on {full_day(start.date())}, {start:%H:%M} UTC"


def explained(
    run: RunShown, trace: Sequence[Moment], top: Top | None, limits: Limits
) -> tuple[Part, ...]:
    """One run in parts: what it was, where its load came from, its efforts, what is assumed."""
    parts = (
        Part("What it was", tuple(map(Line, _what(run)))),
        Part("What it asked of the hamstrings", tuple(map(Line, _asked(run)))),
        Part("Against your other runs", tuple(map(Line, _against(run, top, limits)))),
        Part("How fast, against your own top speed", tuple(map(Line, band_lines(run.bands)))),
        Part("Efforts", tuple(map(Line, _efforts(run.stretches, trace)))),
        Part("What this rests on", tuple(map(Line, _rests_on(run)))),
    )
    return tuple(part for part in parts if part.lines)


def _what(run: RunShown) -> Iterator[str]:
    amounts = []
    if run.distance_m is not None:
        amounts.append(f"{run.distance_m / M_PER_KM:.2f} km")
    if run.duration_s is not None:
        amounts.append(f"in {clock(run.duration_s)}")
    if amounts:
        up = "" if run.ascent_m is None else f", {run.ascent_m:.0f} m up"
        yield f"{' '.join(amounts)}{up}."
    if run.distance_m and run.moving_s:
        speed_mps = run.distance_m / run.moving_s
        yield f"On the move for {clock(run.moving_s)}{_pace(speed_mps, ' at ')} on average."
    if run.longest_continuous_s is not None:
        yield f"Longest without a walk break: {clock(run.longest_continuous_s)}."


def _asked(run: RunShown) -> Iterator[str]:
    load = run.load
    if load is None:
        yield "The file has no speed to tell it from."
        return
    estimate = _estimate(load, run.quality)
    yield f"{estimate} load units; {_range(load)} when speed is weighed otherwise. Of these:"
    shares = {
        "easy running": load.easy,
        "hills": load.hills,
        "fast running": load.fast,
        "walking": load.walking,
    }
    whole = sum(shares.values())
    for name, hlu in shares.items():
        if whole > 0 and hlu > 0:
            share = hlu / whole
            bar = "█" * max(round(_BAR * share), 1)
            yield f"{name:<12}  {_units(hlu):>5}  {_percent(share):>5}  {bar}"


def _against(run: RunShown, top: Top | None, limits: Limits) -> Iterator[str]:
    """What was fast for this runner, what was steep, and what jumped."""
    if run.load is None:
        return
    yield _top_speed(top, limits)
    if run.fast is not None:
        efforts = "1 effort" if run.fast.efforts == 1 else f"{run.fast.efforts} efforts"
        sprint = f", {run.fast.sprint_m:.0f} m of it at {limits.sprint_pct} % or more"
        fast = f"{run.fast.fast_m:.0f} m in {efforts}" if run.fast.fast_m else "none"
        fast += sprint if run.fast.sprint_m else ""
        yield f"Fast running: {fast}."
    if run.steep_s is not None:
        yield f"On steep slopes, up or down: {clock(run.steep_s)}."
    yield from jump_lines(run, limits)


def _percent(share: float) -> str:
    return "< 1 %" if 0 < share < 0.005 else f"{100 * share:.0f} %"


def _rests_on(run: RunShown) -> Iterator[str]:
    if run.quality is not None:
        limits = listed([_reason(reason) for reason in dict.fromkeys(run.reasons)])
        yield f"The data are {run.quality}{': ' + limits if limits else ''}."
    if run.load is not None:
        yield UNIT
        yield ASSUMED


def _pace(speed_mps: float | None, before: str = "") -> str:
    """A speed as minutes for a kilometre; nothing where it is unknown or a standstill."""
    if speed_mps is None or speed_mps < _SLOWEST_PACE_MPS:
        return ""
    return f"{before}{clock(M_PER_KM / speed_mps)} a km"


# Efforts


@dataclass(frozen=True, slots=True)
class _Effort:
    """A stretch of running, and the walking or standing after it."""

    run: StretchShown
    rests: tuple[StretchShown, ...]

    @property
    def rest_s(self) -> float:
        return sum(each.end_s - each.start_s for each in self.rests)

    @property
    def rest_kind(self) -> str:
        longest = max(self.rests, key=lambda each: each.end_s - each.start_s)
        return longest.kind

    def is_like(self, other: "_Effort") -> bool:
        """Whether two are of one kind; nothing follows the last one, so its rest is open."""
        alike = _tens(self.run.end_s - self.run.start_s) == _tens(
            other.run.end_s - other.run.start_s
        )
        return alike and (not other.rests or _tens(self.rest_s) == _tens(other.rest_s))


def _tens(seconds: float) -> int:
    return round(seconds / _ALIKE_S)


def _efforts(stretches: Sequence[StretchShown], trace: Sequence[Moment]) -> Iterator[str]:
    """The running between walks, like ones together."""
    groups: list[list[_Effort]] = []
    for effort in _split(stretches):
        if groups and groups[-1][0].is_like(effort):
            groups[-1].append(effort)
        else:
            groups.append([effort])
    for group in groups[:_MOST_EFFORTS]:
        yield _group(group, trace)
    if len(groups) > _MOST_EFFORTS:
        left = sum(map(len, groups[_MOST_EFFORTS:]))
        yield f"and {left} more" if left > 1 else "and one more"
    if groups:
        yield WALKS_ONLY


def _split(stretches: Sequence[StretchShown]) -> Iterator[_Effort]:
    starts = [place for place, each in enumerate(stretches) if each.kind == "run"]
    for start, end in pairwise([*starts, len(stretches)]):
        yield _Effort(stretches[start], tuple(stretches[start + 1 : end]))


def _group(group: Sequence[_Effort], trace: Sequence[Moment]) -> str:
    """One line on efforts of one kind."""
    first = group[0]
    times = "" if len(group) == 1 else f"{len(group)} times: "
    length_s = sum(each.run.end_s - each.run.start_s for each in group) / len(group)
    paces = _pace(_mean_mps([each.run for each in group], trace), " at ")
    rest = f", then {first.rest_kind} {clock(first.rest_s)}" if first.rests else ""
    return f"{times}run {clock(length_s)}{paces}{rest}"


def _mean_mps(stretches: Iterable[StretchShown], trace: Sequence[Moment]) -> float | None:
    """The mean speed of some stretches, over the time for which it is known."""
    found: list[Moment] = []
    for each in stretches:
        # Moments follow one another: a run of hours is not gone through for each of its efforts.
        first = bisect_left(trace, each.start_s, key=_at_s)
        found += trace[first : bisect_left(trace, each.end_s, lo=first, key=_at_s)]
    return mean_mps(found)


def _at_s(moment: Moment) -> float:
    return moment[0]
