"""The records of one case, laid out by day, as far as they count on a day.

Two check-ins on one day are one here, and so are two runs of one start: the worse answer of each
question.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import TYPE_CHECKING, Any

from hamstride.records import Case, CheckIn, Run, Session, TestResult
from hamstride.vocabulary import Declared, Place, Verdict

if TYPE_CHECKING:
    from hamstride.facts.top_speed import TopSpeed

LONGEST_LOOK_DAYS = 400
"""No fact looks further back, apart from the latches of red flags."""

Worse = Callable[[Any], Any]

_WORSE_MORNING: Mapping[str, Worse] = {
    "pain_morning": max,
    "pain_rest": max,
    "pain_walking": max,
    "limp": max,
    "bears_weight": min,
    "stiff_min": max,
    "new_bruise": max,
    "new_symptoms": max,
    "sleep_h": min,
    "fatigue": max,
    "readiness": min,
    "protein": min,
    "hydrated": min,
}
_TRENDS = ("eased", "steady", "worse")
_WORSE_RUN: Mapping[str, Worse] = {
    "duration_s": max,
    "distance_m": max,
    "ascent_m": max,
    "longest_continuous_s": min,
    "top_speed_pct": min,
    "rpe": max,
    "pain_before": min,
    "pain_during": max,
    "pain_after": max,
    "pain_trend": lambda trends: max(trends, key=_TRENDS.index),
    "limped": max,
    "form_changed": max,
    "stopped_early": max,
    "hesitated": max,
    "sharp": max,
}


def days_before(day: date, days: int) -> date:
    """The date so many days before."""
    return day - timedelta(days=days)


def run_day(run: Run) -> date:
    """The local day of a run: the date of its start as written, with its own offset."""
    return run.start.date()


@dataclass(frozen=True, slots=True, eq=False)
class Log:
    """Records by day, with the terms that facts are computed by.

    `rested` holds, for earlier days, whether each rested for pain, and `rested_runs` the starts
    of the runs that led to it; both are judged before and handed in. `clean_runs` remembers which
    runs were clean, and `top_speeds` the runner's own top speed, once that was judged.
    """

    case: Case
    declared: Declared
    check_ins: Mapping[date, CheckIn]
    runs: tuple[Run, ...]
    by_day: Mapping[date, tuple[Run, ...]]
    tests: Mapping[str, tuple[TestResult, ...]]
    sessions: tuple[Session, ...]
    place: Place | None = None
    rested: Mapping[date, Verdict] = field(default_factory=dict)
    rested_runs: frozenset[datetime] = frozenset()
    clean_runs: dict[datetime, Verdict] = field(default_factory=dict, repr=False)
    top_speeds: "dict[str, TopSpeed | None]" = field(default_factory=dict, repr=False)
    _usual: dict[date, float] = field(default_factory=dict, repr=False)

    def morning(self, day: date) -> CheckIn | None:
        """The check-in of a day."""
        return self.check_ins.get(day)

    def pain_morning(self, day: date) -> int | None:
        """Morning pain of a day, 0-10."""
        check_in = self.check_ins.get(day)
        return None if check_in is None else check_in.pain_morning

    def usual(self, day: date) -> float:
        """The runner's usual morning pain on a day.

        Notes
        -----
        The median of the days before; with too few of them it is 0, which is the stricter.
        """
        if day not in self._usual:
            self._usual[day] = self._median_before(day)
        return self._usual[day]

    def _median_before(self, day: date) -> float:
        terms = self.declared.symptoms
        known = [
            pain
            for back in range(1, terms.usual_of_days + 1)
            if (pain := self.pain_morning(days_before(day, back))) is not None
        ]
        return float(median(known)) if len(known) >= terms.usual_needs else 0.0

    def over_usual(self, day: date) -> float | None:
        """Morning pain of a day above the usual."""
        pain = self.pain_morning(day)
        return None if pain is None else pain - self.usual(day)

    def runs_of(self, day: date) -> tuple[Run, ...]:
        """The runs of one local day."""
        return self.by_day.get(day, ())

    def runs_in(self, first: date, last: date) -> tuple[Run, ...]:
        """The runs of a span of days, both ends counted."""
        return tuple(run for on in self.run_days(first, last) for run in self.by_day[on])

    def run_days(self, first: date, last: date) -> list[date]:
        """The days with a run in a span, oldest first."""
        return [on for on in self.by_day if first <= on <= last]

    def last_run_day(self, day: date, within: int | None) -> date | None:
        """The latest day with a run, no more than so many days before."""
        first = days_before(day, LONGEST_LOOK_DAYS if within is None else within)
        if within is not None and within < len(self.by_day):
            return next(
                (d for b in range(within + 1) if (d := days_before(day, b)) in self.by_day), None
            )
        return max(self.run_days(first, day), default=None)

    def since(self, day: date) -> "Log":
        """Only what happened from a day on: for what steps back."""
        return replace(
            self.only_done_since(day),
            check_ins={on: row for on, row in self.check_ins.items() if on >= day},
            clean_runs={},
            _usual={},
            rested={on: verdict for on, verdict in self.rested.items() if on >= day},
        )

    def only_done_since(self, day: date) -> "Log":
        """Only runs, tests and sessions from a day on: a fresh pass after a step back."""
        runs = tuple(run for run in self.runs if run_day(run) >= day)
        return replace(
            self,
            runs=runs,
            by_day=_runs_by_day(runs),
            tests={
                test: tuple(result for result in results if result.on >= day)
                for test, results in self.tests.items()
            },
            sessions=tuple(session for session in self.sessions if session.on >= day),
        )


def log_of(case: Case, as_of: date, declared: Declared, *, known_at: datetime | None = None) -> Log:
    """What counts on a day: records dated after it are left out.

    Parameters
    ----------
    known_at : datetime, optional
        Leave out what was recorded later than this, too.
    """
    if known_at is not None:
        case = _known_at(case, known_at)
    case = replace(
        case,
        screenings=tuple(row for row in case.screenings if row.on <= as_of),
        check_ins=tuple(row for row in case.check_ins if row.on <= as_of),
        runs=_once_each(row for row in case.runs if run_day(row) <= as_of),
        tests=tuple(row for row in case.tests if row.on <= as_of),
        sessions=tuple(row for row in case.sessions if row.on <= as_of),
        phases=tuple(row for row in case.phases if row.on <= as_of),
        overrides=tuple(row for row in case.overrides if row.on <= as_of),
    )
    tests: dict[str, list[TestResult]] = {}
    for result in sorted(case.tests, key=lambda row: row.on):
        tests.setdefault(result.test, []).append(result)
    return Log(
        case=case,
        declared=declared,
        check_ins=_by_day(case.check_ins),
        runs=case.runs,
        by_day=_runs_by_day(case.runs),
        tests={test: tuple(results) for test, results in tests.items()},
        sessions=tuple(sorted(case.sessions, key=lambda row: row.on)),
    )


def _known_at(case: Case, instant: datetime) -> Case:
    def known(rows: Sequence[Any]) -> tuple[Any, ...]:
        return tuple(r for r in rows if r.recorded_at is None or r.recorded_at <= instant)

    return replace(
        case,
        screenings=known(case.screenings),
        check_ins=known(case.check_ins),
        runs=known(case.runs),
        tests=known(case.tests),
        sessions=known(case.sessions),
        phases=known(case.phases),
        overrides=known(case.overrides),
    )


def _runs_by_day(runs: Iterable[Run]) -> dict[date, tuple[Run, ...]]:
    found: dict[date, list[Run]] = {}
    for run in runs:
        found.setdefault(run_day(run), []).append(run)
    # Runs are sorted by instant; their own offsets may put local days in another order.
    return {on: tuple(found[on]) for on in sorted(found)}


def _by_day(rows: Iterable[CheckIn]) -> dict[date, CheckIn]:
    found: dict[date, CheckIn] = {}
    for row in rows:
        found[row.on] = _worse(found[row.on], row) if row.on in found else row
    return found


def _worse(one: CheckIn, other: CheckIn) -> CheckIn:
    """The worse answer of each; an answer beats none."""
    return replace(one, **_worse_answers(_WORSE_MORNING, one, other))


def _worse_run(one: Run, other: Run) -> Run:
    """A run written down twice: the worse answer of each, the first word for the rest."""
    first = {
        each.name: getattr(other, each.name)
        for each in fields(Run)
        if getattr(one, each.name) is None
    }
    return replace(one, **(first | _worse_answers(_WORSE_RUN, one, other)))


def _worse_answers(worse: Mapping[str, Worse], one: object, other: object) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for name, of in worse.items():
        answers = [a for a in (getattr(one, name), getattr(other, name)) if a is not None]
        changes[name] = of(answers) if answers else None
    return changes


def _once_each(runs: Iterable[Run]) -> tuple[Run, ...]:
    """Runs by their start; two that started at one instant are one."""
    found: dict[datetime, Run] = {}
    for run in runs:
        at = run.start.astimezone(UTC)
        found[at] = _worse_run(found[at], run) if at in found else run
    return tuple(found[at] for at in sorted(found))
