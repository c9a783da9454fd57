"""Seven days from today: runs with their gaps, hamstring days, lighter days and rest."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hamstride.decisions.judge import Action
from hamstride.plan.amounts import allowed, item
from hamstride.plan.ladder import next_run
from hamstride.plan.model import Basis, Item, PlannedDay, RunPlan, Session, SessionKind
from hamstride.protocols.model import Dose, Week

DAYS = 7
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAILY_FROM = 4
"""From so many hamstring days a week on, they are gentle ones that may follow each other."""
SET_SECONDS = 45
RUN_AROUND_MIN = 10


@dataclass(slots=True)
class _Laid:
    """Days already given to something, in the past and in the plan so far."""

    runs: list[date]
    speed: list[date]
    strength: list[date]
    mobility: list[date]
    items: dict[str, date] = field(default_factory=dict)


def week(basis: Basis) -> tuple[PlannedDay, ...]:
    """The plan of seven days; the first is today's session."""
    done = basis.done
    laid = _Laid(
        list(done.run_days), list(done.speed_days), list(done.strength_days),
        list(done.mobility_days), {each.exercise: each.on for each in done.exercises},
    )  # fmt: skip
    return tuple(_lay(basis, laid, basis.as_of + timedelta(days=ahead)) for ahead in range(DAYS))


def _lay(basis: Basis, laid: _Laid, on: date) -> PlannedDay:
    terms = basis.standing.phase.week or basis.library.plan.week
    if not _open(basis, on):
        return PlannedDay(on, Session("rest", (), None, 0))
    run = _run(basis, laid, terms, on)
    strength = _due(laid.strength, on, terms.hamstring_days, _strength_gap(terms))
    items: list[Item] = []
    kind: SessionKind = "run" if run else "rest"
    if run:
        items += _chosen(basis, laid, on, ("warm_up",), 1)
        laid.runs.append(on)
        if run.effort_pct is not None:
            laid.speed.append(on)
    if strength:
        found = _strength(basis, laid, terms, on)
        if found:
            items, kind = items + found, kind if run else "strength"
            laid.strength.append(on)
    if not run and not strength and _due(laid.mobility, on, terms.mobility_days, 1):
        found = _chosen(basis, laid, on, ("mobility", "conditioning"), terms.most_exercises)
        if found:
            items, kind = found, "mobility"
            laid.mobility.append(on)
    return PlannedDay(on, Session(kind, tuple(items), run, _minutes(items, run), _may_add(basis)))


def _open(basis: Basis, on: date) -> bool:
    """Whether a day holds anything: not when locked, and not right after pain."""
    if basis.day.action is Action.REFER:
        return False
    pain = basis.day.rests_for_pain and on == basis.as_of
    waits = basis.day.asks_first and on == basis.as_of
    return not (pain or waits) and _free(basis, on)


def _free(basis: Basis, on: date) -> bool:
    return basis.free_days is None or WEEKDAYS[on.weekday()] in basis.free_days


def _run(basis: Basis, laid: _Laid, terms: Week, on: date) -> RunPlan | None:
    if on == basis.as_of and basis.day.action is Action.REST:
        return None
    if basis.day.rests_for_pain and (on - basis.as_of).days < terms.run_gap_days:
        return None
    if not _due(laid.runs, on, terms.runs, terms.run_gap_days):
        return None
    ahead = replace(basis, done=replace(basis.done, speed_days=tuple(laid.speed)))
    return next_run(ahead, on)


def _due(given: list[date], on: date, per_week: int, gap_days: int) -> bool:
    """Whether a day may have one more: few enough in 7 days, and far enough from the last."""
    if per_week == 0 or any(0 <= (on - day).days < gap_days for day in given):
        return False
    return sum(0 <= (on - day).days < DAYS for day in set(given)) < per_week


def _strength_gap(terms: Week) -> int:
    return 1 if terms.hamstring_days >= DAILY_FROM else 2


def _strength(basis: Basis, laid: _Laid, terms: Week, on: date) -> list[Item]:
    """Hamstring work first, one exercise for the trunk, hops where the phase has them."""
    most = terms.most_exercises
    hamstring = _chosen(basis, laid, on, ("hamstring",), max(1, most - 2))
    hops = _chosen(basis, laid, on, ("hops",), 1)
    trunk = _chosen(basis, laid, on, ("trunk",), most - len(hamstring) - len(hops))
    return (hamstring + hops + trunk)[:most]


def _chosen(basis: Basis, laid: _Laid, on: date, groups: tuple[str, ...], most: int) -> list[Item]:
    """The exercises of some groups that are due, those not done for longest first."""
    due = [dose for dose in basis.standing.phase.doses if dose.group in groups]
    due = [dose for dose in due if _fits(basis, laid, dose, on)]
    order = {dose.exercise: place for place, dose in enumerate(due)}
    due.sort(key=lambda dose: (laid.items.get(dose.exercise, date.min), order[dose.exercise]))
    chosen = sorted(due[: max(0, most)], key=lambda dose: order[dose.exercise])
    for dose in chosen:
        laid.items[dose.exercise] = on
    return [item(basis, dose) for dose in chosen]


def _fits(basis: Basis, laid: _Laid, dose: Dose, on: date) -> bool:
    exercise = basis.library.exercises[dose.exercise]
    if on < _earliest(basis, dose) or not allowed(basis, exercise):
        return False
    terms = basis.standing.phase.week or basis.library.plan.week
    gap = _gap_before_speed(terms, exercise.id, exercise.work)
    speed_ahead = _speed_ahead(basis, laid, terms, on)
    return speed_ahead is None or (speed_ahead - on).days > gap or speed_ahead == on


def _gap_before_speed(terms: Week, exercise_id: str, work: tuple[str, ...]) -> int:
    if exercise_id == "nordic_full":
        return terms.nordic_gap_days - 1
    return terms.eccentric_gap_days if "eccentric" in work else -1


def _speed_ahead(basis: Basis, laid: _Laid, terms: Week, on: date) -> date | None:
    """The next day on which a speed session may fall, on or after a day."""
    if basis.standing.phase.running != "speed":
        return None
    last = max((day for day in laid.speed if day <= on), default=None)
    return None if last is None else last + timedelta(days=terms.speed_gap_days)


def _earliest(basis: Basis, dose: Dose) -> date:
    """The first day on which a dose is offered, counted from the onset."""
    key = ("days_since_onset", None)
    since = basis.facts[key].value if key in basis.facts else None
    days = int(since) if isinstance(since, (int, float)) else 0
    return basis.as_of + timedelta(days=dose.from_day - days)


def _minutes(items: list[Item], run: RunPlan | None) -> int:
    """About how long it takes: sets with their rests, and the run with its walk around it."""
    seconds = 0.0
    for each in items:
        work_s = each.hold_s or (each.reps or 0) * 4 or SET_SECONDS
        seconds += (each.sets or 1) * (work_s + (each.dose.rest_s or 30))
        seconds += (each.dose.minutes or 0) * 60
    run_min = 0.0 if run is None else (run.minutes or 20) + RUN_AROUND_MIN
    return round(seconds / 60 + run_min)


def _may_add(basis: Basis) -> bool | None:
    """Three silent windows: during, right after, next morning; unknown is no."""
    key = ("last_run_not_silent", None)
    if key not in basis.facts:
        return None
    return basis.facts[key].value is False
