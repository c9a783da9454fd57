"""How much of an exercise today, from what was logged; and which exercises may be done at all."""

from collections.abc import Iterable
from dataclasses import dataclass

from hamstride.plan.model import AmountChange, Basis, Item
from hamstride.protocols.model import Adaptation, Dose
from hamstride.protocols.shelf import Exercise
from hamstride.vocabulary import ExerciseDone, Verdict, all_of, compare

SETTLED_NRS = 0.0


@dataclass(frozen=True, slots=True)
class _Amount:
    reps: float | None
    hold_s: float | None
    load_kg: float | None


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
            change = "down"
        else:
            instead_of, exercise = exercise.name, _exercise(basis, easier)
            amount = _Amount(dose.reps, dose.hold_s, None)
    return Item(
        exercise=exercise,
        dose=dose,
        sets=dose.sets,
        reps=None if amount.reps is None else max(1, int(amount.reps)),
        hold_s=None if amount.hold_s is None else max(1, int(amount.hold_s)),
        load_kg=None if amount.load_kg is None else round(amount.load_kg * 2) / 2,
        change=change,
        instead_of=instead_of,
    )


def _exercise(basis: Basis, exercise_id: str) -> Exercise:
    return basis.library.exercises[exercise_id]


def _adapted(
    dose: Dose, terms: Adaptation, logged: Iterable[ExerciseDone]
) -> tuple[_Amount, AmountChange]:
    """Fold the logged sessions, oldest first: one lever at a time."""
    amount = _Amount(dose.reps, dose.hold_s, dose.load_kg)
    change: AmountChange = "first"
    quiet = sore = 0
    for done in logged:
        if done.pain_nrs is None:
            change, quiet = "same", 0
        elif done.pain_nrs > dose.pain_limit_nrs:
            quiet, sore = 0, sore + 1
            change = "easier" if sore > 1 else "down"
            amount = _scaled(amount, -terms.down_pct)
        elif done.pain_nrs == dose.pain_limit_nrs > 0:
            quiet, sore, change = 0, 0, "at_limit"
        else:
            settled = done.morning_over_usual_nrs is not None and (
                done.morning_over_usual_nrs <= SETTLED_NRS
            )
            sore, quiet, change = 0, quiet + 1 if settled else 0, "same"
            if quiet >= terms.sessions_to_progress:
                amount, change, quiet = _up(amount, terms), "up", 0
    return amount, change


def _up(amount: _Amount, terms: Adaptation) -> _Amount:
    if amount.load_kg:
        return _Amount(amount.reps, amount.hold_s, amount.load_kg * (1 + terms.load_up_pct / 100))
    if amount.hold_s:
        return _Amount(amount.reps, amount.hold_s + terms.hold_up_s, amount.load_kg)
    reps = None if amount.reps is None else amount.reps + terms.reps_up
    return _Amount(reps, amount.hold_s, amount.load_kg)


def _scaled(amount: _Amount, pct: int) -> _Amount:
    share = 1 + pct / 100
    if amount.load_kg:
        return _Amount(amount.reps, amount.hold_s, amount.load_kg * share)
    if amount.hold_s:
        return _Amount(amount.reps, amount.hold_s * share, amount.load_kg)
    return _Amount(None if amount.reps is None else amount.reps * share, None, amount.load_kg)


def allowed(basis: Basis, exercise: Exercise) -> bool:
    """Whether nothing speaks against an exercise today; what is not known is a reason not to."""
    if basis.kit is not None and not set(exercise.kit) & {"none", *basis.kit}:
        return False
    return not any(_speaks_against(basis, code) for code in exercise.avoid)


def _speaks_against(basis: Basis, code: str) -> bool:
    row = basis.library.avoid_codes.get(code)
    if row is None:
        return False
    for together in row.any:
        verdicts = []
        for each in together.all:
            key = each.key if each.key in basis.facts else (each.fact, None)
            verdicts.append(compare(basis.facts[key], each.operator, each.constant))
        if all_of(verdicts) is not Verdict.UNMET:
            return True
    return False
