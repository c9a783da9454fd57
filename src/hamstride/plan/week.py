"""Seven days from today: runs with their gaps, hamstring days, lighter days and rest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hamstride.decisions.judge import Action
from hamstride.plan.amounts import allowed, item
from hamstride.plan.ladder import next_run, number
from hamstride.plan.model import Basis, Item, PlannedDay, RunPlan, Session, SessionKind
from hamstride.protocols.model import Dose, SessionTimes, Week
from hamstride.protocols.shelf import Exercise
from hamstride.vocabulary import ExerciseDone

DAYS = 7
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@dataclass(slots=True)
class _Laid:
    """Days already given to something, in the past and in the plan so far."""

    speed: list[date]
    strength: list[date]
    mobility: list[date]
    items: dict[str, list[date]] = field(default_factory=dict)


def week(basis: Basis) -> tuple[PlannedDay, ...]:
    """The plan of seven days; the first is today's session.

    Runs are laid first: what may be trained on a day depends on the speed sessions after it.
    """
    done = basis.done
    days = [basis.as_of + timedelta(days=ahead) for ahead in range(DAYS)]
    runs = _runs(basis, days)
    fast = [on for on, run in runs.items() if run.effort_pct is not None]
    laid = _Laid(
        [*done.speed_days, *fast],
        list(done.strength_days),
        list(done.mobility_days),
        _by_exercise(done.exercises),
    )
    return tuple(PlannedDay(on, _session(basis, laid, on, runs.get(on))) for on in days)


def _by_exercise(done: Iterable[ExerciseDone]) -> dict[str, list[date]]:
    found: dict[str, list[date]] = {}
    for each in done:
        found.setdefault(each.exercise, []).append(each.on)
    return found


def _runs(basis: Basis, days: list[date]) -> dict[date, RunPlan]:
    """The runs of the week, with the days that the phase keeps between them."""
    terms = basis.standing.phase.week or basis.library.plan.week
    given, fast = list(basis.done.run_days), list(basis.done.speed_days)
    found: dict[date, RunPlan] = {}
    for on in days:
        if not (_open(basis, on) and _may_run(basis, terms, on)):
            continue
        if not _due(given, on, terms.runs, terms.run_gap_days):
            continue
        run = next_run(replace(basis, done=replace(basis.done, speed_days=tuple(fast))), on)
        if run is None:
            continue
        found[on] = run
        given.append(on)
        if run.effort_pct is not None:
            fast.append(on)
    return found


def _may_run(basis: Basis, terms: Week, on: date) -> bool:
    if on == basis.as_of and basis.day.action is Action.REST:
        return False
    return not basis.day.rests_for_pain or (on - basis.as_of).days >= terms.run_gap_days


def _session(basis: Basis, laid: _Laid, on: date, run: RunPlan | None) -> Session:
    terms = basis.standing.phase.week or basis.library.plan.week
    if not _open(basis, on):
        return Session("rest", (), None, 0)
    items: list[Item] = []
    kind: SessionKind = "run" if run else "rest"
    due = _due(laid.strength, on, terms.hamstring_days, terms.hamstring_gap_days)
    if run:
        items = _chosen(basis, laid, on, ("warm_up",), 1 if due else terms.most_exercises)
    strength = _strength(basis, laid, on, terms.most_exercises - len(items)) if due else []
    if strength:
        laid.strength.append(on)
        items, kind = items + strength, kind if run else "strength"
    elif not run and _due(laid.mobility, on, terms.mobility_days, 1):
        items = _chosen(basis, laid, on, ("mobility", "conditioning"), terms.most_exercises)
        if items:
            laid.mobility.append(on)
            kind = "mobility"
    minutes = estimated_min(items, run, basis.library.plan.session)
    return Session(kind, tuple(items), run, minutes, _may_add(basis))


def _open(basis: Basis, on: date) -> bool:
    """Whether a day holds anything: not when locked, and today not after pain or while it asks.

    While the red-flag questions are open nothing is planned for any day.
    """
    day = basis.day
    unasked = any(reason.met and reason.criterion.ask for reason in day.deciding)
    if day.action is Action.REFER or unasked or not _free(basis, on):
        return False
    return on != basis.as_of or not (day.rests_for_pain or day.asks_first)


def _free(basis: Basis, on: date) -> bool:
    return basis.free_days is None or WEEKDAYS[on.weekday()] in basis.free_days


def _due(given: list[date], on: date, per_week: int, gap_days: int) -> bool:
    """Whether a day may have one more: few enough in 7 days, and far enough from the last."""
    if per_week == 0 or any(0 <= (on - day).days < gap_days for day in given):
        return False
    return sum(0 <= (on - day).days < DAYS for day in set(given)) < per_week


def _strength(basis: Basis, laid: _Laid, on: date, most: int) -> list[Item]:
    """Hamstring work first, hops where the phase has them, one exercise for the trunk."""
    hamstring = _chosen(basis, laid, on, ("hamstring",), max(1, most - 2))
    hops = _chosen(basis, laid, on, ("hops",), 1)
    trunk = _chosen(basis, laid, on, ("trunk",), most - len(hamstring) - len(hops))
    return (hamstring + hops + trunk)[:most]


def _chosen(basis: Basis, laid: _Laid, on: date, groups: tuple[str, ...], most: int) -> list[Item]:
    """The exercises of some groups that are due, those not done for longest first."""
    due = [dose for dose in basis.standing.phase.doses if dose.group in groups]
    due = [dose for dose in due if _fits(basis, laid, dose, on)]
    order = {dose.exercise: place for place, dose in enumerate(due)}
    due.sort(key=lambda dose: (_last_done(laid, dose), order[dose.exercise]))
    chosen = sorted(due[: max(0, most)], key=lambda dose: order[dose.exercise])
    for dose in chosen:
        laid.items.setdefault(dose.exercise, []).append(on)
    return [item(basis, dose) for dose in chosen]


def _last_done(laid: _Laid, dose: Dose) -> date:
    return max(laid.items.get(dose.exercise, ()), default=date.min)


def _fits(basis: Basis, laid: _Laid, dose: Dose, on: date) -> bool:
    exercise = basis.library.exercises[dose.exercise]
    if on < _earliest(basis, dose) or not allowed(basis, exercise):
        return False
    given = laid.items.get(dose.exercise, [])
    if sum(0 <= (on - day).days < DAYS for day in set(given)) >= dose.days_per_week:
        return False
    terms = basis.standing.phase.week or basis.library.plan.week
    gap = _gap_before_speed(terms, exercise)
    return not any(0 < (speed - on).days <= gap for speed in _speed_days(basis, laid, terms))


def _gap_before_speed(terms: Week, exercise: Exercise) -> int:
    """Days before a speed session in which an exercise is not offered."""
    if exercise.before_speed_days is not None:
        return exercise.before_speed_days
    return terms.eccentric_gap_days if "eccentric" in exercise.work else 0


def _speed_days(basis: Basis, laid: _Laid, terms: Week) -> list[date]:
    """The speed sessions known, and the first that may follow them after this week."""
    if basis.standing.phase.running != "speed" or not laid.speed:
        return laid.speed
    return [*laid.speed, max(laid.speed) + timedelta(days=terms.speed_gap_days)]


def _earliest(basis: Basis, dose: Dose) -> date:
    """The first day on which a dose is offered, counted from the onset."""
    since_onset = number(basis, "days_since_onset") or 0
    return basis.as_of + timedelta(days=dose.from_day - since_onset)


def estimated_min(items: Sequence[Item], run: RunPlan | None, times: SessionTimes) -> int:
    """About how long it takes: sets with their rests, and the run with its walk around it."""
    whole = sum((_length(each, times) for each in items), timedelta())
    if run is not None:
        run_min = run.minutes or times.speed_step_min
        whole += timedelta(minutes=run_min + times.run_around_min)
    return round(whole / timedelta(minutes=1))


def _length(each: Item, times: SessionTimes) -> timedelta:
    """The minutes of an exercise that is told by them, else its sets with the rests after them."""
    if each.minutes:
        return timedelta(minutes=each.minutes)
    work_s = each.hold_s or (each.reps or 0) * times.rep_s or times.set_s
    rest_s = times.rest_s if each.dose.rest_s is None else each.dose.rest_s
    return (each.sets or 1) * timedelta(seconds=work_s + rest_s)


def _may_add(basis: Basis) -> bool | None:
    """Where three silent windows decide: during, right after, next morning; unknown is no."""
    if not basis.standing.protocol.silent_windows:
        return None
    return basis.facts[("last_run_not_silent", None)].value is False
