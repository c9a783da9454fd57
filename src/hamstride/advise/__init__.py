"""The front door: `advise(case, as_of)` tells what a day may hold, and why.

A pure function of the records, the protocols and the day. Nothing here computes or compares;
it hands each room what the next one needs.
"""

from datetime import date, datetime

from hamstride.advise.answer import Advice
from hamstride.advise.matter import Matter, standing_of
from hamstride.advise.names import check_names
from hamstride.advise.parts import gate_of, possible_causes, today_of, week_of
from hamstride.facts.log import log_of
from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.records import Case

__all__ = ["Advice", "advise", "check_names"]


def advise(
    case: Case,
    as_of: date,
    library: Library | None = None,
    *,
    known_at: datetime | None = None,
) -> Advice:
    """What the runner may do on a day, the reasons, the gate, the assessment and the plan.

    Parameters
    ----------
    case : Case
        One injury of one runner; records dated after `as_of` are left out.
    known_at : datetime, optional
        Leave out what was recorded later than this: what would have been said then.

    Raises
    ------
    CaseFileError
        The case names a protocol, phase, test or exercise that is in no library.
    """
    library = library or load()
    check_names(case, library)
    log = log_of(case, as_of, library.declared, known_at=known_at)
    matter = standing_of(Matter(log, as_of, library))
    matter, facts, decision = today_of(matter)
    return Advice(
        as_of=as_of,
        library=library,
        suggested=matter.suggested,
        protocol=matter.protocol,
        phase=matter.phase,
        place=matter.log.place,
        picture=matter.picture,
        causes=possible_causes(matter),
        today=decision,
        gate=gate_of(matter, decision),
        week=week_of(matter, decision),
        facts=facts,
    )
