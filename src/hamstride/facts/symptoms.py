"""Facts of the morning's answers: today's, the usual, the trend, and mornings after runs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from statistics import median

from hamstride.facts.log import LONGEST_LOOK_DAYS, Log, days_before, run_day
from hamstride.vocabulary import Fact, Verdict, bounded

Function = Callable[[Log, date, int | None], Fact]


def _answer(fact_id: str, name: str) -> Function:
    """The latest answer to one question, no more than so many days old.

    A window of 0 days is today; where an older check-in will do for the day, it reaches as far.
    """

    def fact(log: Log, day: date, within: int | None) -> Fact:
        reach = LONGEST_LOOK_DAYS if within is None else within
        if reach == 0 and log.place is not None:
            reach = log.place.check_in_reach
        for back in range(reach + 1):
            on = days_before(day, back)
            check_in = log.morning(on)
            if check_in is not None and (value := getattr(check_in, name)) is not None:
                return Fact(fact_id, value, on, (f"check_ins {on}",))
        return Fact(fact_id, None)

    return fact


def _over_usual(log: Log, day: date, within: int | None) -> Fact:
    latest = _answer("pain_morning_over_usual_nrs", "pain_morning")(log, day, within)
    if latest.as_of is None or latest.value is None:
        return latest
    above = float(latest.value) - log.usual(latest.as_of)
    return Fact(latest.id, above, latest.as_of, latest.basis)


def _known_mornings(log: Log, last: date, days: int) -> list[int]:
    return [
        pain
        for back in range(days)
        if (pain := log.pain_morning(days_before(last, back))) is not None
    ]


def _week_change(log: Log, day: date, _: int | None) -> Fact:
    terms = log.declared.symptoms
    now = _known_mornings(log, day, terms.trend_of_days)
    before = _known_mornings(log, days_before(day, terms.trend_of_days), terms.trend_of_days)
    if min(len(now), len(before)) < terms.trend_needs:
        return Fact("pain_morning_week_change_nrs", None)
    return Fact("pain_morning_week_change_nrs", float(median(now) - median(before)), day)


def _week(log: Log, day: date, _: int | None) -> Fact:
    now = _known_mornings(log, day, log.declared.symptoms.trend_of_days)
    return Fact("pain_morning_week_nrs", float(median(now)) if now else None, day if now else None)


def _without_limp(log: Log, day: date, _: int | None) -> Fact:
    """Counted back from today; an unanswered morning ends what is certain, not what may be."""
    certain, possible, sure = 0, 0, True
    on = day
    while on >= log.case.episode.started_on and possible < LONGEST_LOOK_DAYS:
        check_in = log.morning(on)
        limp = None if check_in is None else check_in.limp
        if limp:
            break
        sure = sure and limp is False
        certain += sure
        possible += 1
        on = days_before(on, 1)
    return bounded("mornings_without_limp_in_a_row", certain, possible, as_of=day)


def pain_free_day(log: Log, day: date) -> bool:
    """Whether a day is known to be free of pain: in the morning, walking, and in every run."""
    check_in = log.morning(day)
    if check_in is None:
        return False
    quiet = check_in.pain_morning == 0 and check_in.pain_walking == 0 and not check_in.pain_rest
    return quiet and all(run.pain_during == 0 for run in log.runs_of(day))


def _without_pain(log: Log, day: date, _: int | None) -> Fact:
    days = 0
    while days < LONGEST_LOOK_DAYS and pain_free_day(log, days_before(day, days)):
        days += 1
    return Fact("days_without_pain_in_a_row", days, day)


def _rest_for_pain_days(log: Log, day: date, within: int | None) -> Fact:
    first = days_before(day, LONGEST_LOOK_DAYS if within is None else within)
    verdicts = [verdict for on, verdict in log.rested.items() if first <= on <= day]
    certain = verdicts.count(Verdict.MET)
    return bounded(
        "rest_for_pain_days", certain, certain + verdicts.count(Verdict.UNKNOWN), as_of=day
    )


def _morning_after_run(log: Log, day: date, within: int | None) -> Fact:
    reach = LONGEST_LOOK_DAYS if within is None else within
    mornings = [
        on for back in range(reach + 1) if log.runs_of(days_before(on := days_before(day, back), 1))
    ]
    pains = [log.pain_morning(on) for on in mornings]
    known = max((pain for pain in pains if pain is not None), default=0)
    return bounded(
        "pain_morning_after_run_nrs",
        known,
        10 if None in pains else known,
        as_of=day,
        basis=tuple(f"check_ins {on}" for on in mornings),
    )


def _morning_after_last_run(log: Log, day: date, within: int | None) -> Fact:
    ran_on = log.last_run_day(days_before(day, 1), within)
    if ran_on is None:
        return Fact("morning_after_last_run_over_usual_nrs", 0.0, day)
    above = log.over_usual(days_before(ran_on, -1))
    return Fact("morning_after_last_run_over_usual_nrs", above, ran_on)


@dataclass(slots=True)
class _Unsettled:
    """Whether mornings after a run are still above the usual, as days go by."""

    held: bool | None = False
    quiet: int = 0
    raised: int = 0
    run_on: date | None = None


def _unsettled(log: Log, day: date, _: int | None) -> Fact:
    """Held by a high morning after a run, or a second raised one; ended by quiet mornings.

    A morning after a run that nobody answered for may have been a high one, so it holds as
    "unknown" until it is ended in the same way.
    """
    state = _Unsettled()
    on = max(days_before(day, LONGEST_LOOK_DAYS), run_day(log.runs[0]) if log.runs else day)
    while on <= day:
        _one_more_morning(log, state, on)
        on = days_before(on, -1)
    runs = log.runs_of(state.run_on) if state.held is not False and state.run_on else ()
    marks = tuple(f"runs {run.start.isoformat()}" for run in runs)
    return Fact("unsettled_after_run", state.held, day, marks)


def _one_more_morning(log: Log, state: _Unsettled, on: date) -> None:
    terms = log.declared.symptoms
    above = log.over_usual(on)
    yesterday = days_before(on, 1)
    after_run = bool(log.runs_of(yesterday))
    if after_run:
        state.raised = 0
        if not state.held:
            state.run_on = yesterday
    if above is None:
        if after_run:
            state.held, state.quiet = state.held or None, 0
    elif above <= 0:
        state.quiet += 1
        if state.quiet >= terms.settled_mornings:
            state.held, state.raised = False, 0
    else:
        state.quiet = 0
        state.raised += after_run or state.raised > 0
        high = after_run and above >= terms.unsettled_from_nrs
        again = state.raised > 1 and above >= terms.unsettled_twice_from_nrs
        state.held = True if high or again else state.held


SYMPTOMS: Mapping[str, Function] = {
    **{
        fact_id: _answer(fact_id, name)
        for fact_id, name in {
            "limp": "limp",
            "bears_weight": "bears_weight",
            "pain_morning_nrs": "pain_morning",
            "pain_walking_nrs": "pain_walking",
            "pain_rest_nrs": "pain_rest",
            "new_bruise": "new_bruise",
            "new_symptoms": "new_symptoms",
            "readiness": "readiness",
            "fatigue": "fatigue",
            "sleep_h": "sleep_h",
        }.items()
    },
    "pain_morning_over_usual_nrs": _over_usual,
    "pain_morning_week_change_nrs": _week_change,
    "pain_morning_week_nrs": _week,
    "mornings_without_limp_in_a_row": _without_limp,
    "days_without_pain_in_a_row": _without_pain,
    "rest_for_pain_days": _rest_for_pain_days,
    "pain_morning_after_run_nrs": _morning_after_run,
    "morning_after_last_run_over_usual_nrs": _morning_after_last_run,
    "unsettled_after_run": _unsettled,
}
