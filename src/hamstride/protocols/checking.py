"""What the models alone cannot see: whether every name leads somewhere and every number fits."""

import difflib
import re
from collections.abc import Iterator

from hamstride.protocols.library import Library
from hamstride.protocols.model import Comparison, Criterion, Lists, Phase, Protocol, Sourced
from hamstride.vocabulary import FactDefinition

REQUIREMENT = re.compile(r"S[0-4]-\d\d")
ACTIONS = ("refer_if", "rest_if", "modify_if", "mention_if")
GATES = ("advance_when", "recommend", "step_back_if")


def check(library: Library) -> list[str]:
    """One line a fault; empty when everything leads somewhere."""
    faults = [*_shelf(library)]
    for name, lists in (("always.toml", library.always), ("ours.toml", library.ours)):
        faults += _lists(library, lists, name)
    faults += _presentations(library)
    for protocol in library.protocols.values():
        faults += _protocol(library, protocol)
    return faults


def _protocol(library: Library, protocol: Protocol) -> Iterator[str]:
    name = f"{protocol.id}/protocol.toml"
    yield from _lists(library, protocol, name)
    yield from _sourced(library, protocol, name)
    if not protocol.phases:
        yield f"{name}: the protocol has no phase. Add a file 1_name.toml beside it."
    yield from _twice(name, "phase", [phase.id for phase in protocol.phases])
    yield from _twice(name, "step", [step.id for step in protocol.steps()])
    for row in (*protocol.advice, protocol.ladder, protocol.adaptation, protocol.week):
        if row is not None:
            yield from _sourced(library, row, name)
    steps = {step.id for step in protocol.steps()}
    if protocol.ladder:
        for step in (protocol.ladder.start_at, protocol.ladder.restart_at):
            if step not in steps:
                yield f"{name}, ladder: there is no step {step!r}. {_known(step, steps)}"
    for place, phase in enumerate(protocol.phases, start=1):
        yield from _phase(library, phase, f"{protocol.id}/{place}_{phase.id}.toml")
        last = place == len(protocol.phases)
        if last != phase.last and not (last and phase.leads_to) and phase.exit != "manual":
            yield (
                f"{protocol.id}/{place}_{phase.id}.toml: the last phase, and only that one, says "
                "last = true, leads_to or exit = 'manual'."
            )


def _phase(library: Library, phase: Phase, name: str) -> Iterator[str]:
    yield from _lists(library, phase, name)
    yield from _sourced(library, phase, name)
    for gate in GATES:
        yield from _criteria(library, getattr(phase, gate), name, gate)
    if not phase.advance_when and not phase.last and phase.exit != "manual":
        yield (
            f"{name}: advance_when is empty, which would let everyone on. Add a criterion, or say "
            "exit = 'manual' or last = true."
        )
    if phase.leads_to is not None and phase.leads_to not in library.protocols:
        yield f"{name}: leads_to names the protocol {phase.leads_to!r}, and there is none."
    for dose in phase.doses:
        yield from _sourced(library, dose, name)
        if dose.exercise not in library.exercises:
            yield (
                f"{name}, doses: there is no exercise {dose.exercise!r}. "
                f"{_known(dose.exercise, library.exercises)}"
            )
    yield from _twice(name, "exercise", [dose.exercise for dose in phase.doses])
    for row in (*phase.steps, *phase.advice, phase.week, phase.grace):
        if row is not None:
            yield from _sourced(library, row, name)


def _lists(library: Library, lists: Lists, name: str) -> Iterator[str]:
    for action in ACTIONS:
        yield from _criteria(library, getattr(lists, action), name, action)


def _criteria(
    library: Library, criteria: tuple[Criterion, ...], name: str, where: str
) -> Iterator[str]:
    yield from _twice(f"{name}, {where}", "criterion", [each.id for each in criteria])
    for each in criteria:
        place = f"{name}, {where} {each.id!r}"
        yield from _sourced(library, each, place)
        for comparison in each.all:
            yield from _comparison(library, comparison, place)
        if where == "refer_if" and each.urgency is None:
            yield f"{place}: a row that refers says how soon: urgency is missing."


def _comparison(library: Library, comparison: Comparison, place: str) -> Iterator[str]:
    fact = library.definitions.get(comparison.fact)
    if fact is None:
        yield (
            f"{place}: there is no fact called {comparison.fact!r}. "
            f"{_known(comparison.fact, library.definitions)}"
        )
        return
    yield from _constant(comparison, fact, place)


def _constant(comparison: Comparison, fact: FactDefinition, place: str) -> Iterator[str]:
    constant = comparison.constant
    said = f"{place}: {fact.id} {comparison.operator} {constant!r}"
    if fact.kind == "true_false":
        if not isinstance(constant, bool) or comparison.operator != "equals":
            yield f"{said}: this fact is true or false; only equals = true or false fits."
    elif fact.kind == "choice":
        if constant not in fact.choices or comparison.operator != "equals":
            yield f"{said}: only equals with one of {', '.join(fact.choices)} fits."
    elif isinstance(constant, (bool, str)):
        yield f"{said}: this fact is a number."
    elif not fact.lowest <= constant <= fact.highest:
        yield f"{said}: the fact lies between {fact.lowest:g} and {fact.highest:g} {fact.unit}."
    elif (constant - fact.lowest) % fact.step:
        yield f"{said}: the fact moves in steps of {fact.step:g} {fact.unit}."


def _sourced(library: Library, row: Sourced | Protocol | Phase, place: str) -> Iterator[str]:
    if row.source not in library.sources:
        yield (f"{place}: there is no source {row.source!r}. {_known(row.source, library.sources)}")
    for asked in row.asks:
        if not REQUIREMENT.fullmatch(asked):
            yield f"{place}: asks names {asked!r}; requirements look like S4-12."


def _shelf(library: Library) -> Iterator[str]:
    for name, shelf in (
        ("exercises.toml", library.exercises),
        ("exercises.toml", library.avoid_codes),
        ("tests.toml", library.tests),
        ("screening.toml", library.questions),
    ):
        for key, row in shelf.items():
            yield from _sourced(library, row, f"{name}, {key!r}")
    for code in library.avoid_codes.values():
        for comparison in (each for together in code.any for each in together.all):
            yield from _comparison(library, comparison, f"exercises.toml, {code.id!r}")
    for exercise in library.exercises.values():
        for other in (*exercise.easier, *exercise.harder, *exercise.swaps):
            if other not in library.exercises:
                yield (
                    f"exercises.toml, {exercise.id!r}: there is no exercise {other!r}. "
                    f"{_known(other, library.exercises)}"
                )


def _presentations(library: Library) -> Iterator[str]:
    found = library.presentations
    for where in ("severe_if", "moderate_if"):
        yield from _criteria(library, getattr(found, where), "presentations.toml", where)
    for pattern in found.patterns:
        place = f"presentations.toml, {pattern.id!r}"
        yield from _sourced(library, pattern, place)
        for feature in pattern.features:
            for comparison in feature.all:
                yield from _comparison(library, comparison, place)
    for suggestion in found.suggest:
        place = f"presentations.toml, suggest {suggestion.id!r}"
        yield from _sourced(library, suggestion, place)
        for comparison in suggestion.all:
            yield from _comparison(library, comparison, place)
        if suggestion.protocol and suggestion.protocol not in library.protocols:
            yield f"{place}: there is no protocol {suggestion.protocol!r}."
    for cause in library.causes:
        place = f"causes.toml, {cause.id!r}"
        yield from _sourced(library, cause, place)
        yield from _criteria(library, cause.speaks_for, place, "speaks_for")
        yield from _criteria(library, cause.speaks_against, place, "speaks_against")


def _twice(place: str, what: str, names: list[str]) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{place}: the {what} {name!r} stands there twice. Give each its own id."


def _known(name: str, known: object) -> str:
    names = sorted(known) if isinstance(known, (set, dict)) else list(known)  # type: ignore[call-overload]
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"Did you mean {near[0]!r}?"
    return f"Known: {', '.join(names[:8])}{', ...' if len(names) > 8 else ''}."
