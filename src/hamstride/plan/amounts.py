"""How much of an exercise today, from what was logged; and which exercises may be done at all."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import NamedTuple

from hamstride.plan.model import AmountChange, Basis, Item
from hamstride.protocols.model import Adaptation, Comparison, Dose
from hamstride.protocols.shelf import Exercise
from hamstride.vocabulary import ExerciseDone, Verdict, all_of, compare

SETTLED_NRS = 0.0
_LEVERS = ("load_kg", "hold_s", "reps", "minutes", "sets")
"""One lever at a time, the first that an exercise has. Minutes and sets never grow."""


@dataclass(frozen=True, slots=True)
class _Amount:
    sets: float | None
    reps: float | None
    hold_s: float | None
    load_kg: float | None
    minutes: float | None


class _Shown(NamedTuple):
    """An amount as it is read: whole numbers, and half kilograms."""

    sets: int | None
    reps: int | None
    hold_s: int | None
    load_kg: float | None
    minutes: int | None


def item(basis: Basis, dose: Dose) -> Item:
    """One exercise with its amount: up after enough quiet sessions, down after a sore one."""
    exercise = basis.library.exercises[dose.exercise]
    terms = basis.standing.protocol.adaptation or basis.library.plan.adaptation
    logged = [done for done in basis.done.exercises if done.exercise == dose.exercise]
    amount, change = _adapted(dose, terms, logged)
    instead_of = None
    if change == "easier":
        easier = next((e for e in exercise.easier if allowed(basis, _exercise(basis, e))), None)
        if easier is None:
            change = _change(_prescribed(dose), amount, "down")
        else:
            instead_of, exercise = exercise.name, _exercise(basis, easier)
            amount = replace(_prescribed(dose), load_kg=None)
    shown = _shown(amount)
    return Item(
        exercise=exercise,
        dose=dose,
        sets=shown.sets,
        reps=shown.reps,
        hold_s=shown.hold_s,
        minutes=shown.minutes,
        load_kg=shown.load_kg,
        change=change,
        instead_of=instead_of,
    )


def _exercise(basis: Basis, exercise_id: str) -> Exercise:
    return basis.library.exercises[exercise_id]


def _shown(amount: _Amount) -> _Shown:
    return _Shown(
        sets=_whole(amount.sets),
        reps=_whole(amount.reps),
        hold_s=_whole(amount.hold_s),
        load_kg=None if amount.load_kg is None else round(amount.load_kg * 2) / 2,
        minutes=_whole(amount.minutes),
    )


def _whole(number: float | None) -> int | None:
    return None if number is None else max(1, int(number))


def _change(before: _Amount, after: _Amount, change: AmountChange) -> AmountChange:
    """What changed, or that nothing did: nobody reads of a change too small to be shown."""
    return "same" if _shown(before) == _shown(after) else change


def _prescribed(dose: Dose) -> _Amount:
    return _Amount(dose.sets, dose.reps, dose.hold_s, dose.load_kg, dose.minutes)


def _adapted(
    dose: Dose, terms: Adaptation, logged: Iterable[ExerciseDone]
) -> tuple[_Amount, AmountChange]:
    """Fold the logged sessions, oldest first: one lever at a time."""
    amount = _prescribed(dose)
    change: AmountChange = "first"
    quiet = sore = 0
    for done in logged:
        if done.pain_nrs is None:
            change, quiet = "same", 0
        elif done.pain_nrs > dose.pain_limit_nrs:
            quiet, sore, less = 0, sore + 1, _less(amount, terms)
            change = "easier" if sore > 1 else _change(amount, less, "down")
            amount = less
        elif done.pain_nrs == dose.pain_limit_nrs > 0:
            quiet, sore, change = 0, 0, "at_limit"
        else:
            settled = done.morning_over_usual_nrs is not None and (
                done.morning_over_usual_nrs <= SETTLED_NRS
            )
            sore, quiet, change = 0, quiet + 1 if settled else 0, "same"
            if quiet >= terms.sessions_to_progress:
                more, quiet = _more(amount, terms), 0
                change, amount = _change(amount, more, "up"), more
    return amount, change


def _more(amount: _Amount, terms: Adaptation) -> _Amount:
    if amount.load_kg:
        return replace(amount, load_kg=amount.load_kg * (1 + terms.load_up_pct / 100))
    if amount.hold_s:
        return replace(amount, hold_s=amount.hold_s + terms.hold_up_s)
    return replace(amount, reps=amount.reps + terms.reps_up) if amount.reps else amount


def _less(amount: _Amount, terms: Adaptation) -> _Amount:
    share = 1 - terms.down_pct / 100
    for lever in _LEVERS:
        if now := getattr(amount, lever):
            return replace(amount, **{lever: now * share})
    return amount


def allowed(basis: Basis, exercise: Exercise) -> bool:
    """Whether nothing speaks against an exercise today; what is not known is a reason not to."""
    if basis.kit is not None and not set(exercise.kit) & {"none", *basis.kit}:
        return False
    return not any(_speaks_against(basis, code) for code in exercise.avoid)


def _speaks_against(basis: Basis, code: str) -> bool:
    return any(
        all_of([_compared(basis, each) for each in together.all]) is not Verdict.UNMET
        for together in basis.library.avoid_codes[code].any
    )


def _compared(basis: Basis, each: Comparison) -> Verdict:
    return compare(basis.facts.of(each.key), each.operator, each.constant)
