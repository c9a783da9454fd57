"""One case on one day, and where the runner stands: protocol, phase, and how old answers may be."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from hamstride.decisions.assess import (
    Picture,
    picture,
    picture_facts,
    presentation_keys,
    suggestion,
)
from hamstride.facts import Log, compute, place
from hamstride.facts.done import clean
from hamstride.protocols.library import Library
from hamstride.protocols.model import Phase, Protocol, Suggestion
from hamstride.records import Case
from hamstride.vocabulary import Fact, Facts, Key, Place, Verdict

NOTHING_YET = Picture("unknown", (), "", ())
NO_SUGGESTION = Suggestion(id="none", protocol="", say="", source="our_choice")


@dataclass(frozen=True, slots=True, eq=False)
class Matter:
    """One case on one day; `told` are the facts that decisions add to what records hold."""

    log: Log
    as_of: date
    library: Library
    picture: Picture = NOTHING_YET
    suggested: Suggestion = NO_SUGGESTION
    protocol: Protocol | None = None
    phase: Phase | None = None
    told: tuple[Fact, ...] = field(default=())

    def facts(self, names: Iterable[Key], *, of: Log | None = None) -> Facts:
        """The facts of the day that some rules name, of all records or of a part of them."""
        log = self.log if of is None else of
        return compute(log, self.as_of, names, self.library.definitions).with_(*self.told)


def standing_of(matter: Matter) -> Matter:
    """The matter with its picture, its protocol and the phase the runner is in."""
    presentations = matter.library.presentations
    facts = matter.facts(presentation_keys(presentations))
    found = picture(presentations, facts)
    suggested = suggestion(presentations, facts, found)
    protocol = _protocol(matter.log.case, matter.library, suggested)
    log = matter.log
    phase = None
    if protocol is not None:
        log, phase = _in_protocol(log, matter.as_of, matter.library, protocol)
    return replace(
        matter,
        log=log,
        picture=found,
        suggested=suggested,
        protocol=protocol,
        phase=phase,
        told=(*picture_facts(found), *_of_phase(phase, matter.as_of)),
    )


def _protocol(case: Case, library: Library, suggested: Suggestion) -> Protocol | None:
    """The protocol that was chosen, else the suggested one; none where none fits."""
    if not suggested.protocol:
        return None
    return library.protocols[case.episode.protocol or suggested.protocol]


def _in_protocol(log: Log, as_of: date, library: Library, protocol: Protocol) -> tuple[Log, Phase]:
    where = place(log.case, [phase.id for phase in protocol.phases], as_of)
    phase = protocol.phase(where.phase)
    log = replace(log, declared=library.declared_for(protocol), place=where, clean_runs={})
    return replace(
        log, place=replace(where, check_in_reach=_reach(log, as_of, where, phase))
    ), phase


def _reach(log: Log, as_of: date, where: Place, phase: Phase) -> int:
    """How many days old a check-in may be and still do: late in maintenance, after clean runs."""
    grace = phase.grace
    if grace is None or (as_of - where.entered_on).days < grace.from_day:
        return 0
    lately = log.runs_in(as_of - timedelta(days=grace.within_days), as_of)
    worse = any(clean(log, run) is Verdict.UNMET for run in lately)
    return 0 if worse else grace.within_days


def _of_phase(phase: Phase | None, as_of: date) -> tuple[Fact, ...]:
    return (
        Fact("protocol_fits", phase is not None, as_of),
        Fact("phase_running", None if phase is None else phase.running, as_of),
        Fact("phase_has_running", phase is not None and phase.running != "none", as_of),
        Fact("phase_is_last", phase is not None and phase.last, as_of),
    )
