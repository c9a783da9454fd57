"""The library as one value: what `loading` read and checked."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache

from hamstride.protocols.declaring import step_terms
from hamstride.protocols.model import (
    Cause,
    Criterion,
    Lists,
    Phase,
    PlanDefaults,
    Presentations,
    Protocol,
)
from hamstride.protocols.shelf import AvoidCode, Exercise, Question, Source, Test
from hamstride.vocabulary import Declared, FactDefinition


@dataclass(frozen=True, slots=True)
class Rules:
    """Every row that may decide a day in one phase of one protocol, strictest list first."""

    refer: tuple[Criterion, ...]
    rest: tuple[Criterion, ...]
    modify: tuple[Criterion, ...]
    mention: tuple[Criterion, ...]

    @property
    def all(self) -> tuple[Criterion, ...]:
        """The rows of the four lists."""
        return self.refer + self.rest + self.modify + self.mention


@dataclass(frozen=True, eq=False)
class Library:
    """Sources, exercises, tests, questions, rules and protocols, all checked."""

    sources: Mapping[str, Source]
    exercises: Mapping[str, Exercise]
    avoid_codes: Mapping[str, AvoidCode]
    tests: Mapping[str, Test]
    questions: Mapping[str, Question]
    always: Lists
    ours: Lists
    presentations: Presentations
    causes: tuple[Cause, ...]
    plan: PlanDefaults
    protocols: Mapping[str, Protocol]
    definitions: Mapping[str, FactDefinition]
    declared: Declared
    _declared_for: dict[str, Declared] = field(default_factory=dict, init=False, repr=False)

    def declared_for(self, protocol: Protocol | None) -> Declared:
        """What facts are computed by, with the rungs of a protocol's ladder."""
        if protocol is None:
            return self.declared
        if protocol.id not in self._declared_for:
            steps = step_terms(protocol)
            self._declared_for[protocol.id] = replace(self.declared, steps=steps)
        return self._declared_for[protocol.id]

    def rules(self, protocol: Protocol | None, phase: Phase | None) -> Rules:
        """What holds always, in our own protocols, in this protocol and in this phase."""
        lists: list[Lists] = [self.always]
        if protocol is not None:
            lists += [self.ours, protocol] if protocol.ours else [protocol]
        if phase is not None:
            lists.append(phase)
        flags = _flag_rows(tuple(self.questions.values()))
        return Rules(
            refer=flags.refer_if + tuple(c for each in lists for c in each.refer_if),
            rest=tuple(c for each in lists for c in each.rest_if),
            modify=flags.modify_if + tuple(c for each in lists for c in each.modify_if),
            mention=tuple(c for each in lists for c in each.mention_if),
        )


@cache
def _flag_rows(questions: tuple[Question, ...]) -> Lists:
    """A row for each red-flag question; a routine one never refers."""
    refer: list[Criterion] = []
    modify: list[Criterion] = []
    for question in questions:
        row = Criterion.model_validate(
            {
                "id": question.key,
                "say": question.say,
                "all": [{"fact": f"red_flag_{question.key}", "equals": True}],
                "urgency": question.urgency,
                "source": question.source,
                "where": question.where,
                "asks": question.asks,
            }
        )
        (modify if question.urgency == "routine" else refer).append(row)
    return Lists(refer_if=tuple(refer), modify_if=tuple(modify))
