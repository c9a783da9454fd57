"""A walk-run step, or an easy run, beside what was run: interval by interval."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hamstride.facts.step_parts import Followed, Part, PartKind, fits, judged
from hamstride.records import Bout, Measured
from hamstride.vocabulary import FollowingTerms, Harder, StepTerms


@dataclass(frozen=True, slots=True)
class _Repeat:
    """One run between two walks, short pauses taken in."""

    bouts: tuple[Bout, ...]

    @property
    def run_s(self) -> float:
        return sum(bout.duration_s for bout in self.bouts)

    @property
    def mean_mps(self) -> float | None:
        metres = [bout.distance_m for bout in self.bouts]
        known = [each for each in metres if each is not None]
        return sum(known) / self.run_s if len(known) == len(metres) else None


def walk_run_done(
    made: Measured, step: StepTerms, top_mps: float | None, terms: FollowingTerms
) -> Followed:
    """How far a run was a walk-run step, an easy run without walks, or a walk."""
    repeats, walks_s = _repeats(made.bouts, step, terms)
    runs_s = [each.run_s for each in repeats]
    running = _running(made.bouts, step, terms)
    hills = _hills(made, running.done or 0.0, terms)
    speed = _easy_speed(repeats, made, top_mps, terms)
    is_more = _is_more(running.done or 0.0, step, terms)
    harder: set[Harder] = set() if fits(hills) else {"hills"}
    if not step.running_s:
        walking = _walking(made.bouts, step, terms)
        share = min(1.0, (walking.done or 0.0) / step.total_s)
        harder |= {"longer"} if is_more else set()
        return judged(share, (walking, running, hills), harder, terms)
    times = _times(runs_s, step, is_more, terms)
    if not fits(speed):
        harder.add("faster")
    if _short_walks(walks_s, step, terms):
        harder.add("shorter_walks")
    if is_more and (times.done or 0) > step.repeats > 1:
        harder.add("more_repeats")
    if max(runs_s, default=0.0) > _longest_s(step, terms) or (
        is_more and "more_repeats" not in harder
    ):
        harder.add("longer")
    best_s = sorted(runs_s, reverse=True)[: step.repeats]
    share = sum(min(each, step.run_s) for each in best_s) / step.running_s
    intervals = [*_intervals(runs_s, walks_s, step, terms)]
    if step.repeats > 1:
        intervals.append(times)
    return judged(share, [*intervals, running, speed, hills], harder, terms)


def _running(bouts: Sequence[Bout], step: StepTerms, terms: FollowingTerms) -> Part:
    ran_s = sum(bout.duration_s for bout in bouts if bout.kind == "run")
    is_enough = ran_s >= step.running_s * terms.done_from_pct / 100
    fits_in = is_enough and not _is_more(ran_s, step, terms)
    return Part("running", step.running_s, ran_s, "s", fits_in)


def _is_more(ran_s: float, step: StepTerms, terms: FollowingTerms) -> bool:
    """Whether it is more running than prescribed; a few steps across a street are no more."""
    return ran_s > max(step.running_s * terms.running_over_pct / 100, terms.pause_within_s)


def _walking(bouts: Sequence[Bout], step: StepTerms, terms: FollowingTerms) -> Part:
    walked_s = sum(bout.duration_s for bout in bouts if bout.kind == "walk")
    least_s = step.total_s * terms.done_from_pct / 100
    return Part("walking", step.total_s, walked_s, "s", walked_s >= least_s)


def _times(runs_s: Sequence[float], step: StepTerms, is_more: bool, terms: FollowingTerms) -> Part:
    """How often it was run; more often fits where it is no more running in all."""
    least_s = step.run_s * terms.repeat_from_pct / 100
    times = sum(each >= least_s for each in runs_s)
    more_fits = times > step.repeats and not is_more
    return Part("repeats", step.repeats, times, "times", times == step.repeats or more_fits)


def _longest_s(step: StepTerms, terms: FollowingTerms) -> float:
    """The longest run that still is one repeat as prescribed."""
    return max(step.run_s * terms.repeat_over_pct / 100, step.run_s + terms.repeat_over_s)


def _repeats(
    bouts: Sequence[Bout], step: StepTerms, terms: FollowingTerms
) -> tuple[list[_Repeat], list[float]]:
    """The runs of a session, and the seconds between each and the next.

    A few running steps between two walks are neither a repeat nor the end of a walk.
    """
    light_s = min(terms.light_within_s, step.walk_s / 2) if step.walk_s else terms.light_within_s
    at = [
        place
        for place, bout in enumerate(bouts)
        if bout.kind == "run" and bout.duration_s >= terms.pause_within_s
    ]
    groups: list[list[Bout]] = [[bouts[place]] for place in at[:1]]
    walks_s: list[float] = []
    for before, after in pairwise(at):
        between = bouts[before + 1 : after]
        rest_s = sum(bout.duration_s for bout in between)
        stood = all(bout.kind == "stand" for bout in between)
        if rest_s < (max(light_s, terms.pause_within_s) if stood else terms.pause_within_s):
            groups[-1].append(bouts[after])
        else:
            groups.append([bouts[after]])
            walks_s.append(rest_s)
    return [_Repeat(tuple(group)) for group in groups], walks_s


def _intervals(
    runs_s: Sequence[float], walks_s: Sequence[float], step: StepTerms, terms: FollowingTerms
) -> Iterator[Part]:
    """Each run and the walk before it; the walk before the first one is part of the warm-up."""
    most_s, least_s = _longest_s(step, terms), step.run_s * terms.done_from_pct / 100
    least_walk_s = step.walk_s * terms.walk_from_pct / 100
    for nth in range(1, max(len(runs_s), step.repeats) + 1):
        is_extra = nth > step.repeats
        if 1 < nth <= len(runs_s):
            walk_s = walks_s[nth - 2]
            is_long = is_extra or walk_s >= least_walk_s
            yield Part("walk", None if is_extra else step.walk_s, walk_s, "s", is_long, nth)
        run_s = runs_s[nth - 1] if nth <= len(runs_s) else None
        is_whole = not is_extra and run_s is not None and least_s <= run_s <= most_s
        yield Part("run", None if is_extra else step.run_s, run_s, "s", is_whole, nth)


def _short_walks(walks_s: Sequence[float], step: StepTerms, terms: FollowingTerms) -> bool:
    """Whether the longest of the walks between the repeats were too short on average."""
    longest_s = sorted(walks_s, reverse=True)[: step.repeats - 1]
    least_s = step.walk_s * terms.walk_from_pct / 100
    return bool(longest_s) and sum(longest_s) / len(longest_s) < least_s


def _easy_speed(
    repeats: Sequence[_Repeat], made: Measured, top_mps: float | None, terms: FollowingTerms
) -> Part | PartKind:
    """The fastest repeat, or a burst that is faster than a burst may be."""
    if top_mps is None:
        return "speed"
    most_mps = top_mps * terms.easy_up_to_pct / 100
    burst_mps = top_mps * (terms.easy_up_to_pct + terms.effort_over_pct) / 100
    means = [each.mean_mps for each in repeats]
    bests = [bout.best_3s_mps or 0.0 for bout in made.bursts]
    fast = [best for best in bests if best > burst_mps]
    done_mps = max([*(mean for mean in means if mean is not None), *fast], default=0.0)
    return Part("speed", most_mps, done_mps, "mps", done_mps <= most_mps)


def _hills(made: Measured, running_s: float, terms: FollowingTerms) -> Part | PartKind:
    if made.steep_s is None:
        return "hills"
    most_s = max(terms.hills_from_s, running_s * terms.hills_from_pct / 100)
    return Part("hills", most_s, made.steep_s, "s", made.steep_s <= most_s)
