"""Records of a made-up runner, for the tests of facts: a few lines each, and what is said of them.

Ana hurt her left hamstring on 1 November 2026, suddenly; every test asks about 25 November.
`ago` counts the days before that. The figures behind the facts are those of the library that
ships, so that a test reads like its rows: a usual of 7 days, a baseline of 30.
"""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from hamstride.facts import Log, compute
from hamstride.facts.log import log_of
from hamstride.protocols.loading import load
from hamstride.records import (
    Bout,
    Case,
    CheckIn,
    Episode,
    Override,
    Run,
    Runner,
    Screening,
    Session,
    SessionItem,
    TestResult,
)
from hamstride.records.measured import Gait
from hamstride.vocabulary import Fact, Place, Verdict

ON = date(2026, 11, 25)
ONSET = date(2026, 11, 1)
MOST = 400
"""What stands for "never": no fact looks further back."""

Record = CheckIn | Run | TestResult | Session | Screening | Override


def days_ago(days: int) -> date:
    """The date so many days before the day that is asked about."""
    return ON - timedelta(days=days)


def morning(ago: int, **answers: Any) -> CheckIn:
    """A check-in."""
    return CheckIn(on=days_ago(ago), **answers)


def mornings(pains: str, *, last: int = 0) -> tuple[CheckIn, ...]:
    """Check-ins with morning pain, the latest `last` days ago; "-" is a day without one."""
    return tuple(
        morning(last + back, pain_morning=int(pain))
        for back, pain in enumerate(reversed(pains.split()))
        if pain != "-"
    )


def run(ago: int, **answers: Any) -> Run:
    """A run in the evening."""
    return Run(start=datetime.combine(days_ago(ago), time(18), UTC), **answers)


def bouts(*gaits: tuple[str, float], run_mps: float | None = 2.0) -> tuple[Bout, ...]:
    """Bouts one after the other, as "run", "walk" or "stand" and seconds; walks at 1.5 m/s."""
    found, at_s = [], 0.0
    for named, seconds in gaits:
        kind: Gait = "run" if named == "run" else "walk" if named == "walk" else "stand"
        metres = None if run_mps is None else seconds * (run_mps if kind == "run" else 1.5)
        found.append(Bout(kind, at_s, at_s + seconds, metres))
        at_s += seconds
    return tuple(found)


def result(ago: int, test: str, **values: Any) -> TestResult:
    """A test."""
    return TestResult(on=days_ago(ago), test=test, **values)


def session(ago: int, *items: SessionItem, kind: Any = "strength") -> Session:
    """A session."""
    return Session(on=days_ago(ago), kind=kind, items=items)


def item(exercise: str, **values: Any) -> SessionItem:
    """An exercise of a session."""
    return SessionItem(exercise=exercise, **values)


def asked(ago: int, *, all_clear: bool | None = None, **answers: bool) -> Screening:
    """The red-flag questions."""
    return Screening(on=days_ago(ago), all_clear=all_clear, answers=answers)


def cleared(ago: int, **word: Any) -> Override:
    """A clinician's word that ends red flags, or another one."""
    word = word or {"clear_red_flags": True}
    return Override(on=days_ago(ago), by="Ben", reason="Seen in the practice.", **word)


def log(
    *records: Record,
    protocol: str | None = None,
    place: Place | None = None,
    born: int | None = 1991,
    **episode: Any,
) -> Log:
    """The log of some records; `episode` is laid over Ana's."""
    whole = Episode(**{"started_on": ONSET, "side": "left", "onset": "sudden", **episode})

    def kind(of: type) -> Any:
        return tuple(each for each in records if isinstance(each, of))

    case = Case(
        runner=Runner(born=born),
        episode=whole,
        screenings=kind(Screening),
        check_ins=kind(CheckIn),
        runs=_one_after_the_other(kind(Run)),
        tests=kind(TestResult),
        sessions=kind(Session),
        overrides=kind(Override),
    )
    library = load()
    declared = library.declared_for(library.protocols[protocol] if protocol else None)
    return replace(log_of(case, ON, declared), place=place)


def _one_after_the_other(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """Runs of one evening start an hour apart: with one start they would be one run."""
    apart: dict[datetime, Run] = {}
    for each in runs:
        start = each.start
        while start in apart:
            start += timedelta(hours=1)
        apart[start] = replace(each, start=start)
    return tuple(apart.values())


def rested(of: Log, days: dict[int, Verdict]) -> Log:
    """The log with days that were judged before to have rested for pain, by days ago."""
    return replace(of, rested={days_ago(ago): verdict for ago, verdict in days.items()})


def fact(fact_id: str, of: Log, *, within: int | None = None, on: date = ON) -> Fact:
    """A fact of a log, as the rules get it."""
    return compute(of, on, [(fact_id, within)], load().definitions)[(fact_id, within)]


def ends(of: Fact) -> tuple[float | None, float | None]:
    """The least and most that a fact can be."""
    return of.low, of.high
