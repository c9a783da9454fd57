"""The answer as JSON: fixed names, and every reason with the facts it stands on."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from hamstride.decisions.assess import PossibleCause
from hamstride.decisions.gate import Gate
from hamstride.decisions.judge import FactUsed, Reason
from hamstride.decisions.today import Decision
from hamstride.explain.day import Day
from hamstride.explain.sessions import days_of, session_of, session_title
from hamstride.plan.model import Item, PlannedDay, RunPlan, Session
from hamstride.vocabulary import Facts

Json = dict[str, Any]


def answer(day: Day) -> Json:
    """One day's advice as `hamstride advise --json` and the API write it."""
    protocol, phase = day.protocol, day.phase
    session = session_of(day)
    return {
        "as_of": day.as_of.isoformat(),
        "protocol": None if protocol is None else protocol.id,
        "protocol_version": None if protocol is None else protocol.version,
        "phase": None if phase is None else phase.id,
        "today": _today(day.today),
        "gate": _gate(day.gate),
        "assessment": {
            "pattern": day.picture.pattern,
            "severity": day.picture.severity,
            "protocol": day.suggested.protocol or None,
            "causes": [_cause(cause) for cause in day.causes],
        },
        "session": None if session is None else _session(session),
        "week": [_planned(planned) for planned in days_of(day)],
        "facts": _facts(day),
    }


def _today(decision: Decision) -> Json:
    return {
        "action": decision.action.word,
        "urgency": decision.urgency,
        "answer_first": list(decision.answer_first),
        "reasons": _reasons(decision.deciding, [*decision.mentions, *decision.examined]),
    }


def _gate(gate: Gate) -> Json:
    return {
        "action": gate.action,
        "to": gate.to,
        "held_by": gate.held_by or None,
        "reasons": _reasons(gate.deciding, gate.examined),
        "recommended": _reasons((), gate.recommended),
    }


def _cause(found: PossibleCause) -> Json:
    return {
        "id": found.cause.id,
        "title": found.cause.title,
        "for": _reasons(found.speaks_for, ()),
        "against": _reasons(found.speaks_against, ()),
        "test": found.cause.test,
        "change": found.cause.change,
    }


# Reasons


def _reasons(deciding: Sequence[Reason], examined: Iterable[Reason]) -> list[Json]:
    """Those that decided first, then the others, each once."""
    decided = {id(reason) for reason in deciding}
    others = [reason for reason in examined if id(reason) not in decided]
    return [_reason(reason) for reason in (*deciding, *others)]


def _reason(reason: Reason) -> Json:
    criterion = reason.criterion
    return {
        "criterion": criterion.id,
        "verdict": reason.verdict.value,
        "say": criterion.say,
        "source": criterion.source,
        "where": criterion.where,
        "asks": list(criterion.asks),
        "facts": [_used(used) for used in reason.facts],
    }


def _used(used: FactUsed) -> Json:
    return {
        "fact": used.fact,
        "value": used.value,
        "as_of": None if used.as_of is None else used.as_of.isoformat(),
        "comparison": used.comparison,
        "constant": used.constant,
        "within_days": used.within_days,
    }


# The plan


def _session(session: Session) -> Json:
    return {
        "kind": session.kind,
        "title": session_title(session),
        "minutes": session.minutes,
        "items": [_item(item) for item in session.items],
        "run": None if session.run is None else _run(session.run),
        "may_add_distance": session.may_add_distance,
    }


def _planned(planned: PlannedDay) -> Json:
    session = planned.session
    return {
        "on": planned.on.isoformat(),
        "kind": session.kind,
        "title": session_title(session),
        "minutes": session.minutes,
        "items": [_item(item) for item in session.items],
        "run": None if session.run is None else _run(session.run),
    }


def _item(item: Item) -> Json:
    exercise, dose = item.exercise, item.dose
    return {
        "exercise": exercise.id,
        "name": exercise.name,
        "group": dose.group,
        "sets": item.sets,
        "reps": item.reps,
        "hold_s": item.hold_s,
        "minutes": item.minutes,
        "distance_m": dose.distance_m,
        "load_kg": item.load_kg,
        "per_side": exercise.amount.per_side,
        "tempo": dose.tempo or None,
        "rest_s": dose.rest_s,
        "times_per_day": dose.times_per_day,
        "pain_limit_nrs": dose.pain_limit_nrs,
        "change": item.change,
        "instead_of": item.instead_of,
        "cue": exercise.cue,
        "source": dose.source,
        "where": dose.where,
    }


def _run(run: RunPlan) -> Json:
    return {
        "step": run.step,
        "title": run.title,
        "minutes": run.minutes,
        "repeats": run.repeats,
        "walk_min": run.walk_min,
        "run_min": run.run_min,
        "run_m": run.run_m,
        "run_s": run.run_s,
        "effort_pct": run.effort_pct,
        "uphill": run.uphill,
        "flat": run.flat,
        "change": run.change,
        "last_followed": run.last_followed,
        "last_harder": list(run.last_harder),
        "source": run.source.source,
        "where": run.source.where,
    }


# Facts


def _facts(day: Day) -> Json:
    """What is known, by id; by id and window where a fact was looked at over several."""
    facts: Facts = day.facts
    known = [key for key in facts if facts[key].known]
    windows = Counter(name for name, _ in facts)
    found: Json = {}
    for name, within_days in sorted(known, key=lambda key: (key[0], key[1] or -1)):
        fact = facts[(name, within_days)]
        alone = within_days is None or windows[name] == 1
        definition = day.library.definitions.get(name)
        found[name if alone else f"{name}.within_{within_days}_days"] = {
            "value": fact.value,
            "unit": (definition.unit if definition else "") or None,
            "as_of": None if fact.as_of is None else fact.as_of.isoformat(),
        }
    return found
