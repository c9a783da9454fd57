"""Which earlier days rested for pain, and which runs led to it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from hamstride.facts.done import clean
from hamstride.facts.log import Log, days_before
from hamstride.vocabulary import Verdict


@dataclass(frozen=True, slots=True)
class PainRow:
    """A row about pain, a limp or a form, as judged on one day, with the records it stands on."""

    verdict: Verdict
    basis: tuple[str, ...]


Judge = Callable[[date], Iterable[PainRow]]


def rested_days(days: Iterable[date], judge: Judge) -> dict[date, Verdict]:
    """For each day whether it rested for pain; one bad run counts once, on its first day.

    Parameters
    ----------
    judge : callable
        Gives the rows about pain of a day, judged as of that day and without gates.
    """
    blamed: set[str] = set()
    doubted: set[str] = set()
    found: dict[date, Verdict] = {}
    for day in sorted(days):
        verdict = Verdict.UNMET
        for row in judge(day):
            runs = {mark for mark in row.basis if mark.startswith("runs ")}
            if row.verdict is Verdict.UNMET or (runs and runs <= blamed):
                continue
            if row.verdict is Verdict.MET:
                blamed |= runs
                verdict = Verdict.MET
            elif not (runs and runs <= doubted):
                doubted |= runs
                verdict = Verdict.UNKNOWN if verdict is Verdict.UNMET else verdict
        found[day] = verdict
    return found


def runs_rested_for(log: Log, as_of: date, judge: Judge) -> frozenset[datetime]:
    """The starts of the runs after which the next day rested for pain.

    Notes
    -----
    The day after is judged: its morning belongs to the run as much as what was felt during it.
    """
    starts = set()
    for on, runs in log.by_day.items():
        # A clean run leads to no rest; most runs are clean, and judging a day costs.
        if all(clean(log, run) is Verdict.MET for run in runs):
            continue
        next_day = min(days_before(on, -1), as_of)
        if any(row.verdict is Verdict.MET for row in judge(next_day)):
            starts |= {run.start for run in runs}
    return frozenset(starts)
