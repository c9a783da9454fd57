"""The parts of an answer, each from the matter of the day."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date, timedelta

from hamstride.advise.matter import Matter
from hamstride.decisions.assess import PossibleCause, causes
from hamstride.decisions.gate import Gate, Judged, Standing, Word, gate
from hamstride.decisions.judge import Action, judge, judge_all, keys
from hamstride.decisions.today import Decision, today
from hamstride.facts import compute
from hamstride.facts.done import done
from hamstride.facts.phases import counts_back_from, fresh_from
from hamstride.facts.rested import PainRow, rested_days, runs_rested_for
from hamstride.plan.model import Basis, PlannedDay
from hamstride.plan.week import week
from hamstride.protocols.library import Rules
from hamstride.protocols.model import Criterion
from hamstride.records import Case
from hamstride.vocabulary import Facts, Key, Place

PLAN_FACTS: tuple[Key, ...] = (
    ("longest_run_min", None),
    ("longest_run_m", None),
    ("days_since_last_run", None),
    ("days_since_previous_strain", None),
    ("days_since_onset", None),
    ("last_run_not_silent", None),
    ("last_run_jumped", None),
    ("days_in_phase", None),
    ("week_distance_m", None),
    ("previous_week_distance_m", None),
)
"""What the plan is made from, beside the facts that rules name."""

TOLD_FACTS: tuple[Key, ...] = (
    *PLAN_FACTS,
    ("pain_free_runs_in_a_row", None),
    ("last_run_longest_min", None),
    ("last_run_walk_breaks", None),
    ("last_run_ascent_m", None),
    ("last_run_cadence_spm", None),
    ("best_speed_mps", None),
    ("days_since_onset", None),
)
"""What an answer tells of running, whether a rule names it or not."""

LOOK_BACK_DAYS = 21
"""Longer than any window in which days that rested for pain are counted."""


def today_of(matter: Matter) -> tuple[Matter, Facts, Decision]:
    """Today's decision, with the earlier days that rested for pain judged before it."""
    rules = matter.library.rules(matter.protocol, matter.phase)
    matter = _with_rested(matter, rules)
    facts = matter.facts([*keys(rules.all), *TOLD_FACTS])
    return matter, facts, today(rules, facts)


def _with_rested(matter: Matter, rules: Rules) -> Matter:
    """Each earlier day is judged as of itself, and without gates."""
    log, as_of = matter.log, matter.as_of
    judge_day = _pain_judge(matter, [row for row in (*rules.refer, *rules.rest) if row.pain])
    first = max(log.case.episode.started_on, as_of - timedelta(days=LOOK_BACK_DAYS))
    days = [first + timedelta(days=ahead) for ahead in range((as_of - first).days + 1)]
    rested = rested_days(days, judge_day)
    log = replace(log, rested=rested, rested_runs=runs_rested_for(log, as_of, judge_day))
    return replace(matter, log=log)


def _pain_judge(matter: Matter, rows: list[Criterion]) -> Callable[[date], Iterable[PainRow]]:
    names = keys(rows)

    def judged(day: date) -> Iterable[PainRow]:
        # Severity and phase are those of the day that is asked about: only that is looked at.
        found = compute(matter.log, day, names, matter.library.definitions)
        facts = found.with_(*matter.told)
        for row in rows:
            marks = tuple(mark for each in row.all for mark in facts.of(each.key).basis)
            yield PainRow(judge(row, facts).verdict, marks)

    return judged


def gate_of(matter: Matter, decision: Decision) -> Gate:
    """Where the gate leads; it stays, or refers, where no protocol fits."""
    protocol, phase, where = matter.protocol, matter.phase, matter.log.place
    if protocol is None or phase is None or where is None:
        locked = decision.action is Action.REFER
        return Gate("refer" if locked else "stay", None, decision.deciding, ())
    fresh = fresh_from(where)
    back = matter.log.since(counts_back_from(where))
    forth = matter.log if fresh is None else matter.log.only_done_since(fresh)
    judged = Judged(
        back=judge_all(phase.step_back_if, matter.facts(keys(phase.step_back_if), of=back)),
        advance=judge_all(phase.advance_when, matter.facts(keys(phase.advance_when), of=forth)),
        recommend=judge_all(phase.recommend, matter.facts(keys(phase.recommend), of=forth)),
    )
    standing = Standing(protocol, phase, matter.picture.severity)
    return gate(standing, judged, decision, _word(matter.log.case, where, matter.as_of))


def _word(case: Case, where: Place, as_of: date) -> Word:
    """What clinicians said that bears on the gate: since the phase was entered, and not over."""
    first = counts_back_from(where)
    advances = [row.advance_to for row in case.overrides if row.on >= first]
    said = [each for each in advances if each]
    held = any(row.hold_until is not None and as_of <= row.hold_until for row in case.overrides)
    return Word(said[-1] if said else None, held, let_run=where.by_clinician)


def possible_causes(matter: Matter) -> tuple[PossibleCause, ...]:
    """Every cause that something speaks for."""
    criteria = [
        criterion
        for cause in matter.library.causes
        for criterion in (*cause.speaks_for, *cause.speaks_against)
    ]
    return causes(matter.library.causes, matter.facts(keys(criteria)))


def week_of(matter: Matter, decision: Decision) -> tuple[PlannedDay, ...]:
    """The plan of seven days; empty where no protocol fits."""
    if matter.protocol is None or matter.phase is None:
        return ()
    avoid = [
        row.key
        for code in matter.library.avoid_codes.values()
        for together in code.any
        for row in together.all
    ]
    runner = matter.log.case.runner
    return week(
        Basis(
            library=matter.library,
            standing=Standing(matter.protocol, matter.phase, matter.picture.severity),
            day=decision,
            facts=matter.facts([*PLAN_FACTS, *avoid]),
            done=done(matter.log, matter.as_of),
            as_of=matter.as_of,
            free_days=runner.free_days,
            kit=runner.kit,
        )
    )
