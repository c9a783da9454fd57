"""What `advise` answers."""

from dataclasses import dataclass
from datetime import date

from hamstride.decisions.assess import Picture, PossibleCause
from hamstride.decisions.gate import Gate
from hamstride.decisions.today import Decision
from hamstride.plan.model import PlannedDay
from hamstride.protocols.library import Library
from hamstride.protocols.model import Phase, Protocol, Suggestion
from hamstride.vocabulary import Facts, Place


@dataclass(frozen=True, slots=True)
class Advice:
    """Everything that is said of one day: the decision, the gate, the assessment, the plan.

    `protocol`, `phase` and `place` are None, and `week` is empty, where no protocol fits.
    """

    as_of: date
    library: Library
    suggested: Suggestion
    protocol: Protocol | None
    phase: Phase | None
    place: Place | None
    picture: Picture
    causes: tuple[PossibleCause, ...]
    today: Decision
    gate: Gate
    week: tuple[PlannedDay, ...]
    facts: Facts
