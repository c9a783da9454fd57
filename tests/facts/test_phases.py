"""Where the runner stands: the phase of a day, since when, and what counts from then on."""

from datetime import date, timedelta
from typing import Any

import pytest

from hamstride.facts import place
from hamstride.facts.phases import counts_back_from, fresh_from
from hamstride.records import Case, Episode, PhaseEntry
from hamstride.vocabulary import Place
from made_up_logs import ON, ONSET, days_ago

ORDER = ("calm", "strength", "return_to_running")


def _place(*entries: tuple[int, str] | tuple[int, str, Any], on: date = ON) -> Place:
    """Where entries of so many days ago lead to."""
    rows = tuple(
        PhaseEntry(on=days_ago(ago), id=phase, by=by[0] if by else None)
        for ago, phase, *by in entries
    )
    return place(Case(episode=Episode(started_on=ONSET, side="left"), phases=rows), ORDER, on)


def test_without_an_entry_the_first_phase_holds_since_the_onset() -> None:
    assert _place() == Place("calm", ONSET)
    # A day before the onset has no phase that began after it.
    assert _place(on=ONSET - timedelta(days=3)).entered_on == ONSET - timedelta(days=3)


def test_the_latest_entry_holds_in_whatever_order_they_stand() -> None:
    assert _place((5, "return_to_running"), (9, "strength")) == Place(
        "return_to_running", days_ago(5)
    )


def test_entries_after_the_day_and_those_of_another_plan_are_left_out() -> None:
    found = _place((9, "strength"), (5, "energy_storage"), (-1, "return_to_running"))

    assert found == Place("strength", days_ago(9))


@pytest.mark.parametrize(
    "entries",
    [
        ((5, "strength"), (5, "return_to_running")),
        ((5, "return_to_running"), (5, "strength")),
    ],
)
def test_of_two_entries_on_one_day_the_earlier_phase_holds(
    entries: tuple[tuple[int, str], ...],
) -> None:
    assert _place(*entries).phase == "strength"


def test_a_phase_that_is_written_twice_was_entered_the_first_time() -> None:
    found = _place((9, "strength", "rule"), (5, "strength", "clinician"))

    assert found == Place("strength", days_ago(9), by_clinician=True)


def test_a_clinicians_word_for_one_phase_is_not_one_for_the_next() -> None:
    assert not _place((9, "strength", "clinician"), (5, "return_to_running")).by_clinician


def test_a_step_back_is_remembered_when_the_phase_is_entered_again() -> None:
    back = _place((9, "return_to_running"), (5, "strength"))
    again = _place((9, "return_to_running"), (5, "strength"), (2, "return_to_running"))

    assert back == Place("strength", days_ago(5), back_on=days_ago(5))
    assert again == Place("return_to_running", days_ago(2), back_on=days_ago(5))


def test_one_flare_does_not_step_back_twice() -> None:
    forth, back = Place("strength", days_ago(9)), Place("strength", days_ago(5), days_ago(5))
    again = Place("return_to_running", days_ago(2), days_ago(5))

    assert counts_back_from(forth) == days_ago(9)
    assert counts_back_from(back) == days_ago(4)
    assert counts_back_from(again) == days_ago(2)


def test_after_a_step_back_only_what_came_later_opens_a_gate() -> None:
    assert fresh_from(Place("strength", days_ago(9))) is None
    assert fresh_from(Place("strength", days_ago(5), days_ago(5))) == days_ago(4)
