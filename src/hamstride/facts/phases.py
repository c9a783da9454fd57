"""Where the runner stands in a protocol on a day."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from hamstride.records import Case, PhaseEntry
from hamstride.vocabulary import Place


def place(case: Case, order: Sequence[str], day: date) -> Place:
    """The phase of a day, since when, and whether a step back led there.

    Parameters
    ----------
    order : sequence of str
        The ids of the protocol's phases. Entries that name another protocol's phases are left
        out; without any, the first phase holds since the episode began.

    Notes
    -----
    Of two entries on one date the earlier phase holds, in whatever order they stand.
    """
    entries = _one_a_day(case, order, day)
    found = Place(order[0], min(case.episode.started_on, day))
    entered = False
    for row in entries:
        by_clinician = row.by == "clinician"
        if entered and row.id == found.phase:
            found = replace(found, by_clinician=found.by_clinician or by_clinician)
            continue
        back = order.index(row.id) < order.index(found.phase)
        found = Place(row.id, row.on, row.on if back else found.back_on, by_clinician=by_clinician)
        entered = True
    return found


def counts_back_from(where: Place) -> date:
    """The first day whose records may lead a step back.

    Notes
    -----
    The day on which the phase was entered; after a step back the day after, so that one flare
    does not step back twice.
    """
    if where.back_on == where.entered_on:
        return where.entered_on + timedelta(days=1)
    return where.entered_on


def fresh_from(where: Place) -> date | None:
    """The first day whose tests and runs count for a gate; None when all do."""
    return None if where.back_on is None else where.back_on + timedelta(days=1)


def _one_a_day(case: Case, order: Sequence[str], day: date) -> list[PhaseEntry]:
    days: dict[date, PhaseEntry] = {}
    for row in case.phases:
        if row.id not in order or row.on > day:
            continue
        other = days.get(row.on)
        if other is None or order.index(row.id) < order.index(other.id):
            days[row.on] = row
    return [days[on] for on in sorted(days)]
