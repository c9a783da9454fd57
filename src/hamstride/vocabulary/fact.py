"""The facts a protocol may name: what each means, its unit and its range; and how one compares.

Nothing here knows how a fact is computed (that is `facts`) or what a rule says about it (that
is `protocols`). The table below holds the facts that code computes. The library adds more by
declaring them: one for each red-flag question, several for each test, and the counted facts.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from typing import Literal

Value = bool | int | float | str
Kind = Literal["number", "true_false", "choice"]
Operator = Literal["at_least", "at_most", "above", "below", "equals"]
Key = tuple[str, int | None]


class Verdict(Enum):
    """What a comparison, or a criterion, came to."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FactDefinition:
    """What a fact means.

    `asks` are the answers that make it known, as `table.key` of the runner's file. Numbers lie
    between `lowest` and `highest` in steps of `step`, so that a rule over them stays provable.
    """

    id: str
    kind: Kind
    meaning: str
    unit: str = ""
    lowest: float = 0
    highest: float = 0
    step: float = 1
    choices: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Fact:
    """One value with its day and the records it stands on.

    `value` None is unknown. A count that is known in part has its bounds instead: at least
    `low` and at most `high`, whatever the missing answers turn out to be.
    """

    id: str
    value: Value | None
    as_of: date | None = None
    basis: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    asks: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for number in (self.value, self.low, self.high):
            if isinstance(number, float) and not math.isfinite(number):
                # Every comparison with NaN is false: a NaN pain would hide a flare-up.
                raise ValueError(f"fact {self.id} is {number}; a fact is a value or unknown")

    @property
    def known(self) -> bool:
        """Whether there is one value."""
        return self.value is not None


def bounded(fact_id: str, low: float, high: float, **rest: object) -> Fact:
    """A fact that is known exactly when its bounds meet."""
    value = low if low == high else None
    return Fact(fact_id, value, low=low, high=high, **rest)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Facts:
    """Facts of one day, by id and window of days; None is the fact without a window."""

    day: date
    known: Mapping[Key, Fact] = field(default_factory=dict)

    def __getitem__(self, key: Key) -> Fact:
        return self.known[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self.known)

    def of(self, key: Key) -> Fact:
        """The fact of a window; a fact that has none, such as severity, is the same in each."""
        return self.known[key] if key in self.known else self.known[(key[0], None)]

    def with_(self, *added: Fact) -> "Facts":
        """These facts and some more, without a window."""
        return Facts(self.day, {**self.known, **{(fact.id, None): fact for fact in added}})


def compare(fact: Fact, operator: Operator, constant: Value) -> Verdict:
    """Whether a fact satisfies a comparison with a constant.

    Notes
    -----
    Bounds settle a comparison when every value between them gives the same answer.
    """
    if fact.value is not None:
        return _verdict(_holds(fact.value, operator, constant))
    if fact.low is None or fact.high is None or isinstance(constant, str):
        return Verdict.UNKNOWN
    if operator == "equals":
        outside = constant < fact.low or constant > fact.high
        return Verdict.UNMET if outside else Verdict.UNKNOWN
    ends = {_holds(fact.low, operator, constant), _holds(fact.high, operator, constant)}
    return _verdict(ends.pop()) if len(ends) == 1 else Verdict.UNKNOWN


def _verdict(holds: bool) -> Verdict:
    return Verdict.MET if holds else Verdict.UNMET


def _holds(value: Value, operator: Operator, constant: Value) -> bool:
    if operator == "equals":
        return value == constant
    if isinstance(value, str) or isinstance(constant, str):
        raise ValueError(f"{value!r} {operator} {constant!r}: only numbers have an order")
    if operator == "at_least":
        return value >= constant
    if operator == "at_most":
        return value <= constant
    if operator == "above":
        return value > constant
    return value < constant


def all_of(verdicts: list[Verdict]) -> Verdict:
    """A conjunction: one known "no" settles it, else one unknown leaves it open."""
    if Verdict.UNMET in verdicts:
        return Verdict.UNMET
    return Verdict.UNKNOWN if Verdict.UNKNOWN in verdicts else Verdict.MET
