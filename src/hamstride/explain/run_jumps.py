"""What jumped in a run, in words: what it was, and what it is held against.

A jump is told as what was unusual, never as what will happen.
"""

from collections.abc import Iterable, Iterator
from math import ceil

from hamstride.explain.run_shown import JumpShown, Limits, RunShown, Spike
from hamstride.units import M_PER_KM, clock

SHORT: dict[Spike, str] = {
    "no_baseline": "?", "none": "no", "amber": "yes", "red": "big", "severe": "double",
}  # fmt: skip
"""The jump of a run in a table."""

UNTESTED = "Beside that, told as context; none of it was tested on the return from an injury:"

_SAID: dict[Spike, str] = {
    "no_baseline": "There are no earlier runs to compare it with.",
    "none": "It is within what the {days} days before were like.",
    "amber": "It is a jump over the days before it",
    "red": "It is a big jump over the days before it",
    "severe": "It is more than {severe_pct} % of what the days before it were like",
}
_DAYS: dict[Spike | None, str] = {
    "amber": "a jump", "red": "a big jump", "severe": "a very big jump",
}  # fmt: skip
_GATE = {"distance": "distance", "time": "time", "load": "load", "fast_week": "fast metres"}
_QUIET = ("no_baseline", "none")
_MOST_NAMED = 5
_HAIR = 1e-9


def is_jump(run: RunShown) -> bool:
    """Whether a run jumped over what came before it."""
    return run.spike is not None and run.spike not in _QUIET


def told(run: RunShown, limits: Limits) -> Iterator[str]:
    """Whether a run jumped, what of it did, and what else was unusual about it."""
    if run.spike is None:
        return
    named = [f"  {text}" for text in _named(run)] if is_jump(run) else []
    said = _SAID[run.spike].format(days=limits.days, severe_pct=limits.severe_pct)
    yield f"{said}:" if named else f"{said.removesuffix('.')}."
    yield from named
    context = _beside(run, limits)
    if context:
        yield UNTESTED
        yield from (f"  {text}" for text in context)


def below_table(runs: Iterable[RunShown], limits: Limits) -> Iterator[str]:
    """What jumped on the latest days that did, each day once; and the context of the last day."""
    days = {run.start.date(): run for run in runs if run.start is not None}
    latest = [on for on in sorted(days, reverse=True) if is_jump(days[on])]
    for on in latest[:_MOST_NAMED]:
        yield f"{on} was {_DAYS[days[on].spike]}: {'; '.join(_named(days[on]))}."
    left = len(latest) - _MOST_NAMED
    if left > 0:
        yield f"So {'was 1 more day' if left == 1 else f'were {left} more days'}; --json tells why."
    last = max(days, default=None)
    context = _beside(days[last], limits) if last is not None else []
    if context:
        yield f"{last}, as context, and untested: {'; '.join(context)}."


def _named(run: RunShown) -> Iterator[str]:
    """What made the jump, the value against what came before."""
    for jump, value, against in _loud(run.jumps):
        if jump.id == "fast_week":
            yield f"{_GATE[jump.id]} {value} in 7 days, where {against} are usual"
        elif jump.id in _GATE:
            yield f"{_GATE[jump.id]} {value}, {100 + _more_pct(jump)} % of the {against} before it"


def _beside(run: RunShown, limits: Limits) -> list[str]:
    """What else was unusual, and makes no jump: hills, fast running after a while, the week."""
    return [*_context(run.jumps), *_week(run.jumps, limits)]


def _context(jumps: Iterable[JumpShown]) -> Iterator[str]:
    for jump, value, against in _loud(jumps):
        if jump.id == "ascent":
            yield f"{value} up, where the days before it held no more than {against}"
        elif jump.id == "steep":
            yield f"{value} on steep slopes, where the days before it held no more than {against}"
        elif jump.id == "fast_gap":
            yield f"the first fast running for {value}"


def _week(jumps: Iterable[JumpShown], limits: Limits) -> Iterator[str]:
    """The week against the one before, by the runners' rule of thumb."""
    for jump in jumps:
        more_pct = _more_pct(jump) if jump.id == "week_distance" else 0
        if more_pct > limits.week_pct:
            value, against = _amounts(jump)
            yield (
                f"{value} in 7 days after {against} in the 7 before, {more_pct} % more; to stay "
                f"under {limits.week_pct} % is a convention of runners, which a trial did not bear "
                "out"
            )


def _loud(jumps: Iterable[JumpShown]) -> Iterator[tuple[JumpShown, str, str]]:
    """What is over its limit, with the value and what it is held against in words."""
    for jump in jumps:
        if jump.level not in _QUIET:
            yield jump, *_amounts(jump)


def _amounts(jump: JumpShown) -> tuple[str, str]:
    return _amount(jump.value or 0.0, jump.unit), _amount(jump.against or 0.0, jump.unit)


def _more_pct(jump: JumpShown) -> int:
    """How much more it is, rounded up as its limits are; 0 with nothing to compare with."""
    if jump.value is None or not jump.against:
        return 0
    return ceil(100 * jump.value / jump.against - 100 - _HAIR)


def _amount(value: float, unit: str) -> str:
    """A value with its unit, to the precision that it deserves."""
    if unit == "s":
        return clock(value)
    if unit == "hlu":
        return f"{value:.0f} units" if value >= 10 else f"{value:.1f} units"
    if unit == "days":
        return f"{value:.0f} days"
    return f"{value / M_PER_KM:.2f} km" if value >= M_PER_KM else f"{value:.0f} m"
