"""Facts of tests: the injured side, the other, the worse of both, side against side, and pain."""

from collections.abc import Callable
from datetime import date, timedelta

from hamstride.facts.log import LONGEST_LOOK_DAYS, Log, days_before
from hamstride.facts.symptoms import Function
from hamstride.records import Side, TestResult
from hamstride.vocabulary import Fact, TestTerms, bounded

MOST_PAIN_NRS = 10
HIGHEST_PCT = 1000


def counts(log: Log, result: TestResult, terms: TestTerms) -> bool:
    """Whether a result counts: not from the first days after a sudden onset, for hard tests."""
    episode = log.case.episode
    if episode.onset == "gradual":
        return True
    return result.on >= episode.started_on + timedelta(days=terms.not_before_day)


def _worse(one: float | None, other: float | None, terms: TestTerms) -> float | None:
    known = [value for value in (one, other) if value is not None]
    if not known:
        return None
    return min(known) if terms.better == "more" else max(known)


def of_each_day(log: Log, terms: TestTerms) -> list[TestResult]:
    """The results that count, oldest first; of two on one day the worse of each value."""
    days: dict[date, TestResult] = {}
    for result in log.tests.get(terms.id, ()):
        if counts(log, result, terms):
            one = days.get(result.on)
            days[result.on] = result if one is None else _merged(one, result, terms)
    return list(days.values())


def latest(log: Log, terms: TestTerms, day: date, within: int | None) -> TestResult | None:
    """The latest result within a window."""
    first = days_before(day, LONGEST_LOOK_DAYS if within is None else within)
    found = [result for result in of_each_day(log, terms) if first <= result.on <= day]
    return found[-1] if found else None


def _merged(one: TestResult, other: TestResult, terms: TestTerms) -> TestResult:
    def pain(a: int | None, b: int | None) -> int | None:
        return max((p for p in (a, b) if p is not None), default=None)

    steady = [value for value in (one.steady, other.steady) if value is not None]
    return TestResult(
        on=one.on,
        test=one.test,
        left=_worse(one.left, other.left, terms),
        right=_worse(one.right, other.right, terms),
        pain_left=pain(one.pain_left, other.pain_left),
        pain_right=pain(one.pain_right, other.pain_right),
        steady=all(steady) if steady else None,
    )


def injured_value(result: TestResult, side: Side, terms: TestTerms) -> float | None:
    """The injured side's value; with both sides injured the worse, and both must be known."""
    if not terms.sided:
        return result.left if result.left is not None else result.right
    if side == "both":
        both = result.left is not None and result.right is not None
        return _worse(result.left, result.right, terms) if both else None
    return result.left if side == "left" else result.right


def other_value(result: TestResult, side: Side) -> float | None:
    """The other side's value; unknown when both sides are injured."""
    if side == "both":
        return None
    return result.right if side == "left" else result.left


def worst_pain(result: TestResult, sided: bool) -> tuple[float | None, float | None]:
    """The least and most that the worst pain of both sides can be; None, None when unknown."""
    pains = [result.pain_left, result.pain_right] if sided else _one_pain(result)
    known = [pain for pain in pains if pain is not None]
    if not known:
        return None, None
    return max(known), MOST_PAIN_NRS if None in pains else max(known)


def _one_pain(result: TestResult) -> list[int | None]:
    known: list[int | None] = [p for p in (result.pain_left, result.pain_right) if p is not None]
    return [max(p for p in known if p is not None)] if known else [None]


def injured_pain(result: TestResult, side: Side) -> tuple[float | None, float | None]:
    """The least and most that the injured side's pain can be."""
    if side == "both":
        return worst_pain(result, sided=True)
    pain = result.pain_left if side == "left" else result.pain_right
    return (pain, pain)


def symmetry_pct(injured: float, other: float, terms: TestTerms) -> int | None:
    """The injured side in percent of the other, rounded down; None where that is nothing.

    Notes
    -----
    Our own definition. Where less is better the other side stands above the line.
    """
    above, below = (injured, other) if terms.better == "more" else (other, injured)
    return None if below == 0 else min(HIGHEST_PCT, int(above * 100 / below + 1e-9))


def behind(injured: float, other: float, terms: TestTerms) -> float:
    """How far the injured side is behind the other, in the test's unit; 0 when it is ahead."""
    gap = other - injured if terms.better == "more" else injured - other
    return max(0.0, gap)


def _of_result(
    fact_id: str, terms: TestTerms, value: Callable[[Log, TestResult], float | bool | None]
) -> Function:
    def fact(log: Log, day: date, within: int | None) -> Fact:
        result = latest(log, terms, day, within)
        if result is None:
            return Fact(fact_id, None)
        return Fact(fact_id, value(log, result), result.on, (f"tests {terms.id} {result.on}",))

    return fact


def _of_pain(
    fact_id: str,
    terms: TestTerms,
    ends: Callable[[Log, TestResult], tuple[float | None, float | None]],
) -> Function:
    def fact(log: Log, day: date, within: int | None) -> Fact:
        result = latest(log, terms, day, within)
        if result is None:
            return Fact(fact_id, None)
        low, high = ends(log, result)
        basis = (f"tests {terms.id} {result.on}",)
        if low is None or high is None:
            return Fact(fact_id, None, result.on, basis)
        return bounded(fact_id, low, high, as_of=result.on, basis=basis)

    return fact


def _both_values(
    log: Log, result: TestResult, terms: TestTerms
) -> tuple[float, float] | tuple[None, None]:
    side = log.case.episode.side
    one, other = injured_value(result, side, terms), other_value(result, side)
    return (None, None) if one is None or other is None else (one, other)


def test_facts(terms: TestTerms) -> dict[str, Function]:
    """The facts that one test gives, by id."""
    name = terms.id
    found: dict[str, Function] = {
        f"{name}_steady": _of_result(f"{name}_steady", terms, lambda _, result: result.steady)
    }
    if not terms.sided:
        fact_id = f"{name}_{terms.suffix}"
        found[fact_id] = _of_result(
            fact_id, terms, lambda log, r: injured_value(r, log.case.episode.side, terms)
        )
        fact_id = f"{name}_pain_nrs"
        found[fact_id] = _of_pain(fact_id, terms, lambda _, r: worst_pain(r, sided=False))
        return found
    found |= _sided_pains(terms)
    return found | _sided_values(terms) if terms.suffix else found


def _sided_pains(terms: TestTerms) -> dict[str, Function]:
    injured, worst = f"{terms.id}_pain_injured_nrs", f"{terms.id}_pain_worst_nrs"
    return {
        injured: _of_pain(
            injured, terms, lambda log, r: injured_pain(r, log.case.episode.side)
        ),
        worst: _of_pain(worst, terms, lambda _, r: worst_pain(r, sided=True)),
    }  # fmt: skip


def _sided_values(terms: TestTerms) -> dict[str, Function]:
    def one(log: Log, result: TestResult) -> float | None:
        return injured_value(result, log.case.episode.side, terms)

    def other(log: Log, result: TestResult) -> float | None:
        return other_value(result, log.case.episode.side)

    def worse_side(_: Log, result: TestResult) -> float | None:
        return injured_value(result, "both", terms)

    def even(log: Log, result: TestResult) -> float | None:
        injured, uninjured = _both_values(log, result, terms)
        if injured is None or uninjured is None:
            return None
        return symmetry_pct(injured, uninjured, terms)

    def gap(log: Log, result: TestResult) -> float | None:
        injured, uninjured = _both_values(log, result, terms)
        return None if injured is None or uninjured is None else behind(injured, uninjured, terms)

    names = {
        f"{terms.id}_injured_{terms.suffix}": one,
        f"{terms.id}_other_{terms.suffix}": other,
        f"{terms.id}_worse_side_{terms.suffix}": worse_side,
        f"{terms.id}_symmetry_pct": even,
        f"{terms.id}_behind_{terms.suffix}": gap,
    }
    return {fact_id: _of_result(fact_id, terms, value) for fact_id, value in names.items()}
