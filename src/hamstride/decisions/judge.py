"""A criterion against facts: the reason that every decision is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from hamstride.protocols.model import Criterion, Urgency
from hamstride.vocabulary import Facts, Key, Operator, Value, Verdict, all_of, compare


class Action(IntEnum):
    """What a day may hold; the most restrictive that fires wins."""

    RUN, MODIFY, REST, REFER = range(4)

    @property
    def word(self) -> str:
        """The action as the runner's file and the API write it."""
        return self.name.lower()


URGENCIES: tuple[Urgency, ...] = ("routine", "urgent", "same_day", "emergency")
"""How soon, mildest first."""


def highest(urgencies: Iterable[Urgency | None]) -> Urgency | None:
    """The most urgent of some urgencies; None when there is none."""
    known = [URGENCIES.index(each) for each in urgencies if each is not None]
    return URGENCIES[max(known)] if known else None


@dataclass(frozen=True, slots=True)
class FactUsed:
    """A fact as a criterion compared it."""

    fact: str
    value: Value | None
    as_of: date | None
    comparison: Operator
    constant: Value
    within_days: int | None
    verdict: Verdict
    basis: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """A criterion, what it came to, and the facts it stands on.

    `answers` are the keys of the runner's file that would make an unknown reason known, or that
    a reason which asks first waits for.
    """

    criterion: Criterion
    verdict: Verdict
    facts: tuple[FactUsed, ...]
    answers: tuple[str, ...] = ()

    @property
    def met(self) -> bool:
        """Whether every comparison is known to hold."""
        return self.verdict is Verdict.MET

    @property
    def unknown(self) -> bool:
        """Whether an answer that matters is missing."""
        return self.verdict is Verdict.UNKNOWN


def keys(criteria: Iterable[Criterion]) -> list[Key]:
    """The facts that criteria name, each once, in order."""
    return list(dict.fromkeys(each.key for criterion in criteria for each in criterion.all))


def judge(criterion: Criterion, facts: Facts) -> Reason:
    """Compare each fact of a criterion with its constant."""
    used: list[FactUsed] = []
    answers: list[str] = []
    for comparison in criterion.all:
        fact = facts.of(comparison.key)
        verdict = compare(fact, comparison.operator, comparison.constant)
        used.append(
            FactUsed(
                comparison.fact,
                fact.value,
                fact.as_of,
                comparison.operator,
                comparison.constant,
                comparison.within_days,
                verdict,
                fact.basis,
            )
        )
        if verdict is Verdict.UNKNOWN or criterion.ask:
            answers += fact.asks
    verdict = all_of([each.verdict for each in used])
    waits = verdict is Verdict.UNKNOWN or (criterion.ask and verdict is Verdict.MET)
    return Reason(criterion, verdict, tuple(used), tuple(dict.fromkeys(answers)) if waits else ())


def judge_all(criteria: Iterable[Criterion], facts: Facts) -> list[Reason]:
    """Each criterion's reason, in order."""
    return [judge(criterion, facts) for criterion in criteria]
