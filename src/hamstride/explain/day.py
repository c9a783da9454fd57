"""What there is to explain: one day's advice, whoever built it."""

from datetime import date
from typing import Protocol as Shape

from hamstride.decisions.assess import Picture, PossibleCause
from hamstride.decisions.gate import Gate
from hamstride.decisions.today import Decision
from hamstride.plan.model import PlannedDay
from hamstride.protocols.library import Library
from hamstride.protocols.model import Phase, Protocol, Suggestion
from hamstride.vocabulary import Facts


class Day(Shape):
    """The shape of `advise.Advice`, which stands above this room and hands itself down."""

    @property
    def as_of(self) -> date:
        """The day that is spoken of."""
        ...

    @property
    def library(self) -> Library:
        """Sources, exercises, tests and questions."""
        ...

    @property
    def suggested(self) -> Suggestion:
        """What the assessment suggests."""
        ...

    @property
    def protocol(self) -> Protocol | None:
        """The protocol, where one fits."""
        ...

    @property
    def phase(self) -> Phase | None:
        """The phase, where a protocol fits."""
        ...

    @property
    def picture(self) -> Picture:
        """How severe the answers look, and what they look like."""
        ...

    @property
    def causes(self) -> tuple[PossibleCause, ...]:
        """What may have led to it."""
        ...

    @property
    def today(self) -> Decision:
        """The decision."""
        ...

    @property
    def gate(self) -> Gate:
        """Where the gate leads."""
        ...

    @property
    def week(self) -> tuple[PlannedDay, ...]:
        """Seven days; empty where no protocol fits."""
        ...

    @property
    def facts(self) -> Facts:
        """The facts the day stands on."""
        ...
