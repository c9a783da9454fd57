"""How steadily one trains: the share of planned days that were done, rest days among them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

DONE_BY: Mapping[str, frozenset[str]] = {
    "run": frozenset({"run"}),
    "strength": frozenset({"strength"}),
    "mobility": frozenset({"mobility", "strength"}),
}
"""What does a planned day, by its kind. Strength is more than what a lighter day asks for."""

NO_REST = frozenset({"run", "strength"})
"""What a rest day is without; a walk to loosen up or a swim takes nothing from it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer planned for its day, and when it was given.

    `kind` is None for an answer that only asked: nothing was planned by it.
    """

    on: date
    at: datetime
    kind: str | None


@dataclass(frozen=True, slots=True)
class Doing:
    """Something that was done on a day, and when that was written down."""

    on: date
    at: datetime
    kind: str


@dataclass(frozen=True, slots=True)
class Steadiness:
    """Of the planned days how many were done, and how many of those by resting."""

    planned: int
    done: int
    rested: int

    @property
    def share_pct(self) -> int | None:
        """The share of planned days that were done, rounded down; None without a planned day."""
        return None if self.planned == 0 else 100 * self.done // self.planned


def steadiness(told: Iterable[Told], doings: Iterable[Doing]) -> Steadiness:
    """How many planned days were done; a rest day that was rested is done as any other.

    Notes
    -----
    Our own definition. The plan of a day is the last that was given before anything of that day
    was written down: what is done is planned no more. A day without such a plan counts neither
    way, so that nobody is told of a plan that was never seen.
    """
    done: dict[date, list[Doing]] = {}
    for each in doings:
        done.setdefault(each.on, []).append(each)
    plans = {on: kind for on, kind in _plans(told, done).items() if kind is not None}
    kept = [on for on, kind in plans.items() if _is_done(kind, done.get(on, []))]
    return Steadiness(len(plans), len(kept), sum(plans[on] == "rest" for on in kept))


def _plans(told: Iterable[Told], done: Mapping[date, Sequence[Doing]]) -> dict[date, str | None]:
    plans: dict[date, str | None] = {}
    for each in sorted(told, key=lambda row: row.at):
        before = all(each.at < doing.at for doing in done.get(each.on, ()))
        if before and each.kind is not None:
            plans[each.on] = each.kind
    return plans


def _is_done(kind: str, doings: Sequence[Doing]) -> bool:
    kinds = {each.kind for each in doings}
    return not kinds & NO_REST if kind == "rest" else bool(kinds & DONE_BY[kind])
