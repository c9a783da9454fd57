"""Tests as they are looked back on: both sides, day by day, and one in percent of the other."""

from dataclasses import dataclass
from datetime import date

from hamstride.facts.log import Log
from hamstride.facts.strength import injured_value, of_each_day, other_value, symmetry_pct
from hamstride.vocabulary import TestTerms


@dataclass(frozen=True, slots=True)
class Sides:
    """One test on one day; None for what was not tested.

    `left` holds the one value of a test without sides. `symmetry_pct` is the injured side in
    percent of the other, as the facts of tests have it.
    """

    on: date
    left: float | None
    right: float | None
    symmetry_pct: int | None
    pain_left: int | None
    pain_right: int | None


def side_by_side(log: Log, terms: TestTerms) -> tuple[Sides, ...]:
    """Every result of a test that counts, oldest first; of two on one day the worse."""
    side = log.case.episode.side
    found = []
    for result in of_each_day(log, terms):
        symmetry = None
        if terms.sided:
            injured, other = injured_value(result, side, terms), other_value(result, side)
            if injured is not None and other is not None:
                symmetry = symmetry_pct(injured, other, terms)
        pains = (result.pain_left, result.pain_right)
        found.append(Sides(result.on, result.left, result.right, symmetry, *pains))
    return tuple(found)
