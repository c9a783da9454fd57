"""What was done, for the plan: ladder steps with how they went, and exercises as logged."""

from collections.abc import Iterable
from datetime import date

from hamstride.facts.counted import holds
from hamstride.facts.following import followed_in
from hamstride.facts.log import Log, days_before, run_day
from hamstride.facts.running import is_speed
from hamstride.records import Run
from hamstride.units import s_minutes
from hamstride.vocabulary import Done, ExerciseDone, StepDone, Verdict


def clean(log: Log, run: Run) -> Verdict:
    """Whether a run was clean; by the stricter rule where it may have been a speed session."""
    if run.start not in log.clean_runs:
        easy = is_speed(log, run) is False
        conditions = log.declared.runs.clean_easy if easy else log.declared.runs.clean_speed
        log.clean_runs[run.start] = holds(log, "runs", run, conditions)
    return log.clean_runs[run.start]


def steps_done(log: Log, day: date) -> tuple[StepDone, ...]:
    """The steps run in this episode, and runs that led to a rest for pain, oldest first."""
    return tuple(
        _step_done(log, run)
        for run in log.runs
        if (run.step or run.start in log.rested_runs)
        and log.case.episode.started_on <= run_day(run) <= day
    )


def _step_done(log: Log, run: Run) -> StepDone:
    rested = run.start in log.rested_runs
    found = followed_in(log, run)
    if found is None:
        return StepDone(run.step, run_day(run), clean(log, run), rested)
    return StepDone(run.step, run_day(run), clean(log, run), rested, found.verdict, found.harder)


def exercises_done(log: Log, day: date) -> tuple[ExerciseDone, ...]:
    """The exercises logged in this episode, oldest first; skipped ones left out."""
    return tuple(
        ExerciseDone(
            exercise=item.exercise,
            on=session.on,
            sets=item.sets,
            reps=item.reps,
            hold_s=item.hold_s,
            load_kg=item.load_kg,
            pain_nrs=item.pain,
            rpe=item.rpe,
            morning_over_usual_nrs=log.over_usual(days_before(session.on, -1)),
        )
        for session in log.sessions
        if log.case.episode.started_on <= session.on <= day
        for item in session.items
        if not item.skipped
    )


def done(log: Log, day: date) -> Done:
    """What was done up to a day."""
    runs = [run for run in log.runs if run_day(run) <= day]
    sessions = [session for session in log.sessions if session.on <= day]
    return Done(
        steps=steps_done(log, day),
        exercises=exercises_done(log, day),
        strength_days=_days(s.on for s in sessions if s.kind == "strength"),
        mobility_days=_days(s.on for s in sessions if s.kind == "mobility"),
        run_days=_days(run_day(run) for run in runs),
        speed_days=_days(run_day(run) for run in runs if is_speed(log, run)),
        easy_clean_min=_last_clean_easy_min(log, runs),
    )


def _days(days: Iterable[date]) -> tuple[date, ...]:
    return tuple(sorted(set(days)))


def _last_clean_easy_min(log: Log, runs: list[Run]) -> float | None:
    """Minutes of the last easy run that was clean; None when there was none."""
    for run in reversed(runs):
        if run.duration_s and not is_speed(log, run) and clean(log, run) is Verdict.MET:
            return s_minutes(run.duration_s)
    return None
