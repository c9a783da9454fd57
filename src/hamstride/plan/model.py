"""What a plan is made of."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from hamstride.decisions.gate import Standing
from hamstride.decisions.today import Decision
from hamstride.protocols.library import Library
from hamstride.protocols.model import Dose, Sourced
from hamstride.protocols.shelf import Exercise
from hamstride.vocabulary import Done, Facts, Harder, ShareDone

SessionKind = Literal["run", "strength", "mobility", "rest"]
StepChange = Literal[
    "first",
    "climb",
    "repeat",
    "partly",
    "harder",
    "too_much",
    "waits",
    "down",
    "restart",
    "last_clean",
    "easy",
    "after_speed",
    "after_jump",
]
AmountChange = Literal["first", "same", "up", "at_limit", "down", "easier"]


@dataclass(frozen=True, slots=True)
class RunPlan:
    """A run: a step of a ladder, or so many easy minutes; and why this one.

    `last_followed` says how much of the last step was done, and `last_harder` in what ways it
    was harder than planned; None and empty where no file tells it.
    """

    step: str | None
    title: str
    minutes: float
    change: StepChange
    source: Sourced
    repeats: int = 1
    walk_min: float = 0
    run_min: float = 0
    run_m: int | None = None
    run_s: int | None = None
    effort_pct: int | None = None
    uphill: bool = False
    flat: bool = False
    last_followed: ShareDone | None = None
    last_harder: tuple[Harder, ...] = ()


@dataclass(frozen=True, slots=True)
class Item:
    """One exercise with its amount for today, and what changed since last time."""

    exercise: Exercise
    dose: Dose
    sets: int | None
    reps: int | None
    hold_s: int | None
    minutes: int | None
    load_kg: float | None
    change: AmountChange
    instead_of: str | None = None


@dataclass(frozen=True, slots=True)
class Session:
    """What to do on one day.

    `may_add_distance` says, where a protocol decides it by three silent windows, whether the
    run may be longer than the last.
    """

    kind: SessionKind
    items: tuple[Item, ...]
    run: RunPlan | None
    minutes: int
    may_add_distance: bool | None = None


@dataclass(frozen=True, slots=True)
class PlannedDay:
    """One day of the week to come."""

    on: date
    session: Session


@dataclass(frozen=True, slots=True)
class Basis:
    """What a plan stands on."""

    library: Library
    standing: Standing
    day: Decision
    facts: Facts
    done: Done
    as_of: date
    free_days: tuple[str, ...] | None = None
    kit: tuple[str, ...] | None = None
