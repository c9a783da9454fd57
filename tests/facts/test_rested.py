"""Which earlier days rested for pain: one bad run counts once."""

from collections.abc import Iterable
from datetime import UTC, date, datetime

import pytest

from hamstride.facts.rested import PainRow, rested_days, runs_rested_for
from hamstride.vocabulary import Verdict
from made_up_logs import days_ago, log, run

MET, UNMET, UNKNOWN = Verdict.MET, Verdict.UNMET, Verdict.UNKNOWN
A, B, MORNING = "runs a", "runs b", "check_ins today"


def _rested(*days: list[tuple[Verdict, tuple[str, ...]]]) -> list[Verdict]:
    """The verdicts of neighbouring days, from the rows that each of them has."""
    dates = [days_ago(len(days) - place) for place in range(len(days))]
    rows = dict(zip(dates, days, strict=True))

    def judge(day: date) -> Iterable[PainRow]:
        return [PainRow(*row) for row in rows[day]]

    return list(rested_days(reversed(dates), judge).values())


@pytest.mark.parametrize(
    ("days", "verdicts"),
    [
        ([[]], [UNMET]),
        ([[(UNMET, (A,)), (MET, (MORNING,))]], [MET]),
        # A row stays met for two days after a run; it rested once.
        ([[(MET, (A,))], [(MET, (A,))]], [MET, UNMET]),
        ([[(MET, (A,))], [(MET, (B,))]], [MET, MET]),
        # A morning is of one day, and counts on each.
        ([[(MET, (MORNING,))], [(MET, (MORNING,))]], [MET, MET]),
        ([[(MET, (A,))], [(MET, (A, MORNING))]], [MET, UNMET]),
        ([[(UNKNOWN, (A,))], [(UNKNOWN, (A,))]], [UNKNOWN, UNMET]),
        # An answer that comes in may still settle what was in doubt.
        ([[(UNKNOWN, (A,))], [(MET, (A,))]], [UNKNOWN, MET]),
        ([[(MET, (A,)), (UNKNOWN, (MORNING,))]], [MET]),
        ([[(UNKNOWN, (MORNING,)), (MET, (A,))]], [MET]),
    ],
)
def test_a_day_rested_for_pain_once_for_each_run(
    days: list[list[tuple[Verdict, tuple[str, ...]]]], verdicts: list[Verdict]
) -> None:
    assert _rested(*days) == verdicts


def test_a_run_led_to_a_rest_when_the_day_after_it_rests() -> None:
    of = log(
        run(9, step="R1", pain_during=5),
        run(6, step="R1", pain_during=5),
        run(3, pain_during=5),  # of one's own, without a step
        protocol="strain",
    )

    def judge(day: date) -> Iterable[PainRow]:
        # The days after the first and the third run rest.
        return [PainRow(MET if day in (days_ago(8), days_ago(2)) else UNMET, ())]

    assert runs_rested_for(of, days_ago(0), judge) == {
        datetime(2026, 11, 16, 18, 0, tzinfo=UTC),
        datetime(2026, 11, 22, 18, 0, tzinfo=UTC),
    }


def test_the_run_of_today_is_judged_today() -> None:
    of = log(run(0, step="R1", pain_during=5), protocol="strain")
    asked: list[date] = []

    def judge(day: date) -> Iterable[PainRow]:
        asked.append(day)
        return [PainRow(MET, ())]

    assert len(runs_rested_for(of, days_ago(0), judge)) == 1
    assert asked == [days_ago(0)]
