"""Facts of the episode: how it began, what was recorded since, and where the runner stands now."""

from collections.abc import Mapping
from datetime import date, timedelta
from statistics import fmean

from hamstride.facts.flags import any_true
from hamstride.facts.log import LONGEST_LOOK_DAYS, Log, days_before, run_day
from hamstride.facts.symptoms import Function
from hamstride.records import Run
from hamstride.vocabulary import Fact, Value


def _said(name: str) -> Function:
    """What the episode says, as it says it."""

    def fact(log: Log, _: date, __: int | None) -> Fact:
        value: Value | None = getattr(log.case.episode, name)
        return Fact(name, value, log.case.episode.started_on, ("episode",))

    return fact


def _grade(log: Log, day: date, _: int | None) -> Fact:
    # No grade means that none was given: known.
    return Fact("clinician_grade", log.case.episode.clinician_grade or 0, day, ("episode",))


def _since_onset(log: Log, day: date, _: int | None) -> Fact:
    days = (day - log.case.episode.started_on).days
    return Fact("days_since_onset", min(max(days, 0), LONGEST_LOOK_DAYS), day, ("episode",))


def _second_morning(log: Log, day: date, _: int | None) -> Fact:
    """Answered by that morning's check-in, or by how soon walking was free of pain."""
    fact_id = "limped_second_morning"
    terms = log.declared.symptoms
    on = log.case.episode.started_on + timedelta(days=terms.second_morning_day)
    check_in = log.morning(on) if on <= day else None
    if check_in is not None and check_in.limp is not None:
        return Fact(fact_id, check_in.limp, on, (f"check_ins {on}",))
    walked_after = log.case.episode.days_to_pain_free_walk
    if walked_after is not None and walked_after <= terms.second_morning_walk_days:
        return Fact(fact_id, False, on, ("episode",))
    return Fact(fact_id, None)


def _strains(log: Log, day: date, _: int | None) -> Fact:
    episode = log.case.episode
    before = episode.previous_strains_12_months
    if before is None and episode.previous_strains == 0:
        before = 0
    return Fact("strains_12_months", None if before is None else before + 1, day, ("episode",))


def _since_previous(log: Log, _: date, __: int | None) -> Fact:
    fact_id, episode = "days_since_previous_strain", log.case.episode
    if episode.previous_strain_ended_on is not None:
        days = (episode.started_on - episode.previous_strain_ended_on).days
        return Fact(fact_id, min(max(days, 0), LONGEST_LOOK_DAYS), episode.started_on)
    none_before = episode.previous_strains == 0
    return Fact(fact_id, LONGEST_LOOK_DAYS if none_before else None, episode.started_on)


def _ever_limped(log: Log, day: date, _: int | None) -> Fact:
    answers = [row.limp for on, row in log.check_ins.items() if on <= day]
    answers += [run.limped for run in _earlier_runs(log, day)]
    if True in answers:
        return Fact("ever_limped", True, day)
    unknown = not answers or None in answers
    return Fact("ever_limped", None if unknown else False, day)


def _earlier_runs(log: Log, day: date) -> tuple[Run, ...]:
    """The runs of the episode but for the last day with one.

    What the last run felt like decides today by itself. Were it to change the picture as well,
    one bad run could turn an unclear picture, which goes easier, into a clear one.
    """
    last = log.last_run_day(day, None)
    runs = log.runs_in(log.case.episode.started_on, day)
    return tuple(run for run in runs if run_day(run) != last)


def _eased(log: Log, day: date, within: int | None) -> Fact:
    first = days_before(day, LONGEST_LOOK_DAYS if within is None else within)
    trends = [run.pain_trend for run in _earlier_runs(log, day) if run_day(run) >= first]
    eased = any_true(None if trend is None else trend == "eased" for trend in trends)
    return Fact("pain_eased_in_a_run", eased, day)


def _worst_pain(log: Log, day: date, _: int | None) -> Fact:
    answers = [
        pain
        for on, row in log.check_ins.items()
        if on <= day
        for pain in (row.pain_morning, row.pain_walking, row.pain_rest)
    ]
    answers += [run.pain_during for run in _earlier_runs(log, day)]
    known = [pain for pain in answers if pain is not None]
    return Fact("worst_pain_nrs", max(known, default=None), day)


def _sleep(log: Log, day: date, _: int | None) -> Fact:
    hours = [
        row.sleep_h
        for back in range(log.declared.symptoms.sleep_of_days)
        if (row := log.morning(days_before(day, back))) is not None and row.sleep_h is not None
    ]
    # Rounded down to quarters: the fact moves in steps of a quarter of an hour.
    return Fact("sleep_average_h", int(fmean(hours) * 4) / 4 if hours else None, day)


def _days_in_phase(log: Log, day: date, _: int | None) -> Fact:
    if log.place is None:
        return Fact("days_in_phase", None)
    days = max(0, (day - log.place.entered_on).days)
    return Fact("days_in_phase", min(days, LONGEST_LOOK_DAYS), day, ("phases",))


def _clinician_let_run(log: Log, day: date, _: int | None) -> Fact:
    """A clinician entered the phase, or said by an override to go on to it."""
    where = log.place
    said = where is not None and (
        where.by_clinician
        or any(row.advance_to == where.phase and row.on <= day for row in log.case.overrides)
    )
    return Fact("clinician_let_run", said, day)


EPISODE: Mapping[str, Function] = {
    **{
        name: _said(name)
        for name in (
            "side", "onset", "site", "mechanism", "quality", "bruise", "popped", "had_to_stop",
            "sitting_hurts", "days_to_pain_free_walk", "previous_strain_reached_speed",
        )
    },
    "clinician_grade": _grade,
    "days_since_onset": _since_onset,
    "limped_second_morning": _second_morning,
    "strains_12_months": _strains,
    "days_since_previous_strain": _since_previous,
    "ever_limped": _ever_limped,
    "worst_pain_nrs": _worst_pain,
    "pain_eased_in_a_run": _eased,
    "sleep_average_h": _sleep,
    "days_in_phase": _days_in_phase,
    "clinician_let_run": _clinician_let_run,
}  # fmt: skip
