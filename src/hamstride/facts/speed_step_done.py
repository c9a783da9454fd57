"""A step of the speed ladder beside the bursts of a run: strides, sprints and hill efforts."""

from collections.abc import Iterator, Sequence
from math import inf

from hamstride.facts.step_parts import Followed, Part, PartKind, Unit, fits, judged
from hamstride.records import Bout, Measured
from hamstride.vocabulary import FollowingTerms, Harder, StepTerms


def speed_step_done(
    made: Measured, step: StepTerms, top_mps: float | None, terms: FollowingTerms
) -> Followed:
    """How far a run was a speed step: its strides, sprints or hill efforts, one by one."""
    repeats = _alike(made.bursts, step, terms)
    whole = [_share(each, step, top_mps, terms) for each in repeats]
    share = sum(sorted(whole, reverse=True)[: step.repeats]) / step.repeats
    times = Part("repeats", step.repeats, len(repeats), "times", len(repeats) == step.repeats)
    speed, hills = _fastest(repeats, step, top_mps, terms), _slopes(repeats, step, terms)
    harder: set[Harder] = set()
    if len(repeats) > step.repeats:
        harder.add("more_repeats")
    if any((_length(each, step) or 0.0) > _longest(step, terms) for each in repeats):
        harder.add("longer")
    if not fits(speed):
        harder.add("faster")
    if not fits(hills) and not step.is_hill:
        harder.add("hills")
    parts = [*_each(repeats, whole, step, terms), times, speed, hills]
    return judged(share, parts if repeats else parts[:-2], harder, terms)


def _each(
    repeats: Sequence[Bout], whole: Sequence[float], step: StepTerms, terms: FollowingTerms
) -> Iterator[Part]:
    unit: Unit = "s" if step.run_m is None else "m"
    for nth in range(1, max(len(repeats), step.repeats) + 1):
        planned = _planned(step) if nth <= step.repeats else None
        if nth > len(repeats):
            yield Part("repeat", planned, None, unit, fits=False, nth=nth)
            continue
        length = _length(repeats[nth - 1], step)
        is_whole = whole[nth - 1] * 100 >= terms.done_from_pct
        is_long = (length or 0.0) > _longest(step, terms)
        yield Part(
            "repeat", planned, length, unit, nth <= step.repeats and is_whole and not is_long, nth
        )


def _share(burst: Bout, step: StepTerms, top_mps: float | None, terms: FollowingTerms) -> float:
    """How much of a repeat a burst is: by its length and its speed, and uphill where it should."""
    if step.is_hill and _climbs(burst, terms) is False:
        return 0.0
    return min(_of_length(burst, step, terms), _of_effort(burst, step, top_mps, terms))


def _alike(bursts: Sequence[Bout], step: StepTerms, terms: FollowingTerms) -> list[Bout]:
    """The bursts that are repeats: those about as fast as the fastest ones."""
    known = [(bout, bout.best_3s_mps or 0.0) for bout in bursts]
    if step.is_hill:
        # Hills are slow; among strides of the warm-up they are told by their climb.
        climbing = [each for each in known if _climbs(each[0], terms)]
        known = climbing or known
    fastest = sorted((best for _, best in known), reverse=True)[: step.repeats]
    if not fastest:
        return []
    middle = fastest[len(fastest) // 2]
    return [bout for bout, best in known if best >= middle * terms.alike_from_pct / 100]


def _climbs(burst: Bout, terms: FollowingTerms) -> bool | None:
    """Whether a burst goes uphill; None where its height or its way is not known."""
    if burst.climb_m is None or not burst.distance_m:
        return None
    return burst.climb_m / burst.distance_m >= terms.burst_hill_grade


def _planned(step: StepTerms) -> float | None:
    """The metres, or else the seconds, of one repeat; None where a step names neither."""
    return step.run_m if step.run_m is not None else step.run_s or None


def _length(burst: Bout, step: StepTerms) -> float | None:
    """What a repeat is measured by: metres where they are prescribed, else seconds."""
    return burst.duration_s if step.run_m is None else burst.distance_m


def _longest(step: StepTerms, terms: FollowingTerms) -> float:
    """The longest that still fits, with what a run-up adds."""
    planned = _planned(step)
    if planned is None:
        return inf
    over = terms.length_over_s if step.run_m is None else terms.length_over_m
    run_up_m = terms.run_up_m if _flies(step, terms) and step.run_m is not None else 0.0
    return max(planned * terms.length_over_pct / 100, planned + over) + run_up_m


def _flies(step: StepTerms, terms: FollowingTerms) -> bool:
    """Whether a step is so fast that it needs a run-up."""
    return (step.effort_pct or 0) >= terms.flying_from_pct


def _of_length(burst: Bout, step: StepTerms, terms: FollowingTerms) -> float:
    """The share of the length of a repeat; one that is nearly as long counts whole."""
    planned, length = _planned(step), _length(burst, step)
    if planned is None or length is None:
        return 1.0
    return min(1.0, length / (planned * terms.length_under_pct / 100))


def _of_effort(burst: Bout, step: StepTerms, top_mps: float | None, terms: FollowingTerms) -> float:
    """The share of the speed of a repeat; one that is nearly as fast counts whole.

    Uphill the same effort is a slower run, so that hills are not measured by their speed.
    """
    effort_pct, best_mps = step.effort_pct, burst.best_3s_mps
    if top_mps is None or effort_pct is None or best_mps is None or step.is_hill:
        return 1.0
    under_pct = terms.flying_under_pct if _flies(step, terms) else terms.effort_under_pct
    return min(1.0, 100 * best_mps / top_mps / (effort_pct - under_pct))


def _fastest(
    repeats: Sequence[Bout], step: StepTerms, top_mps: float | None, terms: FollowingTerms
) -> Part | PartKind:
    """The fastest repeat against the most that fits; nobody is faster than top speed allows."""
    if top_mps is None or step.effort_pct is None:
        return "speed"
    best_mps = max((bout.best_3s_mps or 0.0 for bout in repeats), default=0.0)
    if _flies(step, terms):
        return Part("speed", top_mps, best_mps, "mps", fits=True)
    most_mps = top_mps * (step.effort_pct + terms.effort_over_pct) / 100
    return Part("speed", most_mps, best_mps, "mps", best_mps <= most_mps)


def _slopes(repeats: Sequence[Bout], step: StepTerms, terms: FollowingTerms) -> Part | PartKind:
    """How many repeats went uphill: all of a hill step, and no more than half of a flat one."""
    climbs = [_climbs(each, terms) for each in repeats]
    if None in climbs:
        return "hills"
    uphill = climbs.count(True)
    if step.is_hill:
        return Part(
            "hills", step.repeats, uphill, "times", uphill >= min(step.repeats, len(climbs))
        )
    return Part("hills", 0, uphill, "times", uphill * 2 <= len(climbs))
