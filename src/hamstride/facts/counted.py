"""Counted facts: how many records satisfy conditions that the library declares.

An answer that is missing leaves a record in doubt. So a count has two ends: the records that
certainly satisfy the conditions, and those that may.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from hamstride.facts.log import LONGEST_LOOK_DAYS, Log, days_before, run_day
from hamstride.facts.own_speed import measured_pct
from hamstride.facts.running import (
    basis,
    got_worse,
    is_hill,
    is_speed,
    rise_nrs,
    was_sharp,
)
from hamstride.facts.strength import injured_pain, injured_value, of_each_day, worst_pain
from hamstride.facts.symptoms import Function
from hamstride.records import Run, Session, SessionItem, TestResult
from hamstride.units import S_PER_MIN
from hamstride.vocabulary import Condition, Count, Fact, Verdict, all_of, bounded, compare

Ends = tuple[Any, Any]
"""The least and most a field can be; equal when it is known."""

UNKNOWN_NRS: Ends = (0, 10)


def _known(value: Any) -> Ends:
    return (value, value)


def _pain(value: float | None) -> Ends:
    return UNKNOWN_NRS if value is None else (value, value)


def _minutes(seconds: float | None) -> Ends:
    return (None, None) if seconds is None else _known(seconds / S_PER_MIN)


def _continuous_min(_: Log, run: Run) -> Ends:
    """Without a measured stretch it is no longer than the run."""
    if run.longest_continuous_s is not None:
        return _minutes(run.longest_continuous_s)
    return (None, None) if run.duration_s is None else (0, run.duration_s / S_PER_MIN)


def _top_speed_pct(log: Log, run: Run) -> Ends:
    """As typed, else as measured: from the least to the most that the run can have reached.

    A file alone makes no speed session: three seconds may be a fault of the watch. And an easy
    run is not at top speed by its kind, unless its file surely says otherwise.
    """
    if run.top_speed_pct is not None:
        return _known(run.top_speed_pct)
    fast, found = is_speed(log, run), measured_pct(log, run)
    if found is None:
        return _known(0) if fast is False else (None, None)
    least, most = found
    if fast is None:
        return 0, most
    return (least, most) if fast else (0, least)


def _fast_or_hilly(log: Log, run: Run) -> Ends:
    either = (is_speed(log, run), is_hill(log, run))
    return _known(True if True in either else None if None in either else False)


def _morning_after(log: Log, on: date) -> Ends:
    return _pain(log.pain_morning(days_before(on, -1)))


def _morning_over(log: Log, on: date) -> Ends:
    above = log.over_usual(days_before(on, -1))
    return (None, None) if above is None else _known(above)


RUN_FIELDS: Mapping[str, Callable[[Log, Run], Ends]] = {
    "longest_continuous_min": _continuous_min,
    "minutes": lambda _, run: _minutes(run.duration_s),
    "distance_m": lambda _, run: _known(run.distance_m),
    "pain_during_nrs": lambda _, run: _pain(run.pain_during),
    "pain_after_nrs": lambda _, run: _pain(run.pain_after),
    "rise_after_nrs": lambda _, run: _known(rise_nrs(run)),
    "morning_after_nrs": lambda log, run: _morning_after(log, run_day(run)),
    "morning_after_over_usual_nrs": lambda log, run: _morning_over(log, run_day(run)),
    "limped": lambda _, run: _known(run.limped),
    "form_changed": lambda _, run: _known(run.form_changed),
    "hesitated": lambda _, run: _known(run.hesitated),
    "got_worse": lambda log, run: _known(got_worse(log, run)),
    "sharp": lambda log, run: _known(was_sharp(log, run)),
    # Nobody says of a run that it was not stopped early: only a yes counts.
    "stopped_early": lambda _, run: _known(bool(run.stopped_early)),
    "kind": lambda _, run: _known(run.kind),
    "step": lambda _, run: _known(run.step),
    "treadmill": lambda _, run: _known(run.treadmill),
    "top_speed_pct": _top_speed_pct,
    "is_speed": lambda log, run: _known(is_speed(log, run)),
    "is_hill": lambda log, run: _known(is_hill(log, run)),
    "is_fast_or_hilly": _fast_or_hilly,
}
"""What a condition on runs may name."""


def _test_worst(log: Log, result: TestResult) -> Ends:
    low, high = worst_pain(result, log.declared.tests[result.test].sided)
    return UNKNOWN_NRS if low is None else (low, high)


def _test_injured_pain(log: Log, result: TestResult) -> Ends:
    low, high = injured_pain(result, log.case.episode.side)
    return UNKNOWN_NRS if low is None else (low, high)


TEST_FIELDS: Mapping[str, Callable[[Log, TestResult], Ends]] = {
    "value": lambda log, r: _known(
        injured_value(r, log.case.episode.side, log.declared.tests[r.test])
    ),
    "pain_injured_nrs": _test_injured_pain,
    "pain_worst_nrs": _test_worst,
    "morning_after_over_usual_nrs": lambda log, r: _morning_over(log, r.on),
    "steady": lambda _, r: _known(r.steady),
}
"""What a condition on tests may name."""


def _session_pain(_: Log, session: Session) -> Ends:
    pains = [item.pain for item in session.items if not item.skipped]
    known = max((pain for pain in pains if pain is not None), default=0)
    return (known, 10 if None in pains or not pains else known)


SESSION_FIELDS: Mapping[str, Callable[[Log, Session], Ends]] = {
    "kind": lambda _, session: _known(session.kind),
    "pain_worst_nrs": _session_pain,
    "morning_after_over_usual_nrs": lambda log, session: _morning_over(log, session.on),
}
"""What a condition on sessions may name."""

Item = tuple[date, SessionItem]
ITEM_FIELDS: Mapping[str, Callable[[Log, Item], Ends]] = {
    "exercise": lambda _, item: _known(item[1].exercise),
    "pain_nrs": lambda _, item: _pain(item[1].pain),
    "sets": lambda _, item: _known(item[1].sets),
    "reps": lambda _, item: _known(item[1].reps),
    "load_kg": lambda _, item: _known(item[1].load_kg),
    "minutes": lambda _, item: _known(item[1].minutes),
}
"""What a condition on the items of sessions may name."""

FIELDS: Mapping[str, Mapping[str, Any]] = {
    "runs": RUN_FIELDS,
    "tests": TEST_FIELDS,
    "sessions": SESSION_FIELDS,
    "items": ITEM_FIELDS,
}


def holds(log: Log, table: str, record: Any, conditions: Iterable[Condition]) -> Verdict:
    """Whether a record satisfies every condition; unknown while an answer that matters is."""
    verdicts = []
    for condition in conditions:
        low, high = FIELDS[table][condition.field](log, record)
        one = low if low == high else None
        ends = (None, None) if low is None or high is None or one is not None else (low, high)
        fact = Fact(condition.field, one, low=ends[0], high=ends[1])
        verdicts.append(compare(fact, condition.operator, condition.constant))
    return all_of(verdicts)


def _records(log: Log, count: Count, first: date, day: date) -> list[tuple[date, Any]]:
    """The records of a table in a span, oldest first, each with its day."""
    if count.table == "runs":
        rows: list[tuple[date, Any]] = [(run_day(run), run) for run in log.runs]
    elif count.table == "tests":
        test = count.test or ""
        terms = log.declared.tests[test]
        rows = [(r.on, r) for r in of_each_day(log, terms)]
    elif count.table == "sessions":
        rows = [(session.on, session) for session in log.sessions]
    else:
        rows = [
            (session.on, (session.on, item))
            for session in log.sessions
            for item in session.items
            if not item.skipped
        ]
    rows = [row for row in rows if first <= row[0] <= day]
    if count.only:
        rows = [
            row for row in rows if holds(log, count.table, row[1], count.only) is not Verdict.UNMET
        ]
    return rows[-count.last :] if count.last else rows


def counted(count: Count) -> Function:
    """The function that counts."""

    def fact(log: Log, day: date, within: int | None) -> Fact:
        first = days_before(day, LONGEST_LOOK_DAYS if within is None else within)
        if count.in_phase and log.place is not None:
            first = max(first, log.place.entered_on)
        rows = _records(log, count, first, day)
        judged = [(on, row, holds(log, count.table, row, count.conditions)) for on, row in rows]
        if count.in_a_row:
            certain, possible = _in_a_row([verdict for *_, verdict in judged])
        else:
            met = [on for on, _, verdict in judged if verdict is Verdict.MET]
            maybe = [on for on, _, verdict in judged if verdict is not Verdict.UNMET]
            certain, possible = (
                (len(set(met)), len(set(maybe))) if count.distinct_days else (len(met), len(maybe))
            )
        used = [row for _, row, verdict in judged if verdict is not Verdict.UNMET]
        marks = (
            basis(used)
            if count.table == "runs"
            else tuple(f"{count.table} {on}" for on, *_ in judged)
        )
        return bounded(count.id, certain, possible, as_of=day, basis=marks)

    return fact


def _in_a_row(verdicts: list[Verdict]) -> tuple[int, int]:
    """Counted back from the latest: the certain row and the possible one."""
    certain = possible = 0
    sure = True
    for verdict in reversed(verdicts):
        if verdict is Verdict.UNMET:
            break
        sure = sure and verdict is Verdict.MET
        certain += sure
        possible += 1
    return certain, possible
