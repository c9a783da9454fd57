"""What the models alone cannot see: whether every name leads somewhere and every number fits."""

import re
from collections.abc import Iterator, Mapping
from typing import get_args

from hamstride.protocols.library import Library
from hamstride.protocols.model import (
    LISTS,
    Advice,
    Comparison,
    Criterion,
    Lists,
    Phase,
    Presentations,
    Protocol,
    Sourced,
    Urgency,
)
from hamstride.protocols.nearest import known
from hamstride.protocols.shelf import Source
from hamstride.vocabulary import FactDefinition, Operator

REQUIREMENT = re.compile(r"S[0-4]-\d\d")
DECIDES = ("refer_if", "rest_if", "modify_if")
PAIN_UNIT = "nrs"
GATES = ("advance_when", "recommend", "step_back_if")


def check(library: Library) -> list[str]:
    """One line a fault; empty when everything leads somewhere."""
    faults = [*_shelf(library)]
    for name, lists in (("always.toml", library.always), ("ours.toml", library.ours)):
        faults += _lists(library, lists, name)
    faults += _presentations(library)
    for table in type(library.plan).model_fields:
        faults += sourced(library.sources, getattr(library.plan, table), f"plan.toml, {table}")
    for protocol in library.protocols.values():
        faults += check_protocol(library, protocol)
    return faults


def check_protocol(library: Library, protocol: Protocol) -> Iterator[str]:
    """The faults of one protocol, whose names lead into the library."""
    name = f"{protocol.id}/protocol.toml"
    yield from _lists(library, protocol, name)
    yield from sourced(library.sources, protocol, name)
    if not protocol.phases:
        yield f"{name}: the protocol has no phase. Add a file 1_name.toml beside it."
    yield from _twice(name, "phase", [phase.id for phase in protocol.phases])
    yield from _twice(name, "step", [step.id for step in protocol.steps()])
    yield from _advice(library, protocol.advice, name)
    for row, table in (
        (protocol.ladder, "ladder"),
        (protocol.adaptation, "adaptation"),
        (protocol.week, "week"),
    ):
        if row is not None:
            yield from sourced(library.sources, row, f"{name}, {table}")
    steps = {step.id for step in protocol.steps()}
    if protocol.ladder:
        for key, step in (
            ("start_at", protocol.ladder.start_at),
            ("restart_at", protocol.ladder.restart_at),
        ):
            if step not in steps:
                yield f"{name}, ladder {key}: there is no step {step!r}. {known(step, steps)}"
    for place, phase in enumerate(protocol.phases, start=1):
        name = f"{protocol.id}/{place}_{phase.id}.toml"
        yield from _phase(library, phase, name)
        yield from _ending(phase, name, place=place, of=len(protocol.phases))
    yield from _circle(library, protocol)


def _ending(phase: Phase, name: str, *, place: int, of: int) -> Iterator[str]:
    """The last phase says how it ends, and no other does."""
    if place < of and (phase.last or phase.leads_to is not None):
        said = "last = true" if phase.last else "leads_to"
        yield f"{name}: {said} stands in phase {place} of {of}; only the last phase says so."
    if place == of and not (phase.last or phase.leads_to or phase.exit == "manual"):
        yield (
            f"{name}: this is the last phase, and it does not say how it ends: last = true, "
            "leads_to or exit = 'manual'."
        )


def _circle(library: Library, protocol: Protocol) -> Iterator[str]:
    """Every way ends in a last phase; one that comes back to its own protocol never does."""
    way = [protocol.id]
    while (each := library.protocols.get(way[-1])) is not None and each.phases:
        goes_to = each.phases[-1].leads_to
        if goes_to is None or goes_to in way[1:]:
            return
        way.append(goes_to)
        if goes_to == protocol.id:
            yield f"{protocol.id}/protocol.toml: leads_to goes in a circle: {' to '.join(way)}."
            return


def _advice(library: Library, rows: tuple[Advice, ...], name: str) -> Iterator[str]:
    yield from _twice(f"{name}, advice", "row", [row.id for row in rows])
    for row in rows:
        yield from sourced(library.sources, row, f"{name}, advice {row.id!r}")


def _phase(library: Library, phase: Phase, name: str) -> Iterator[str]:
    yield from _lists(library, phase, name)
    yield from sourced(library.sources, phase, name)
    for gate in GATES:
        yield from _criteria(library, getattr(phase, gate), name, gate)
    if not phase.advance_when and not phase.last and phase.exit != "manual":
        yield (
            f"{name}: advance_when is empty, which would let everyone on. Add a criterion, or say "
            "exit = 'manual' or last = true."
        )
    if phase.leads_to is not None and phase.leads_to not in library.protocols:
        yield (
            f"{name}, leads_to: there is no protocol {phase.leads_to!r}. "
            f"{known(phase.leads_to, library.protocols)}"
        )
    for dose in phase.doses:
        yield from sourced(library.sources, dose, f"{name}, doses {dose.exercise!r}")
        if dose.exercise not in library.exercises:
            yield (
                f"{name}, doses: there is no exercise {dose.exercise!r}. "
                f"{known(dose.exercise, library.exercises)}"
            )
    exercises = [dose.exercise for dose in phase.doses]
    yield from _twice(f"{name}, doses", "exercise", exercises, "Keep one of the two.")
    for step in phase.steps:
        yield from sourced(library.sources, step, f"{name}, steps {step.id!r}")
    yield from _advice(library, phase.advice, name)
    for row, table in ((phase.week, "week"), (phase.grace, "grace")):
        if row is not None:
            yield from sourced(library.sources, row, f"{name}, {table}")


def _lists(library: Library, lists: Lists, name: str) -> Iterator[str]:
    for action in LISTS:
        yield from _criteria(library, getattr(lists, action), name, action)


def _criteria(
    library: Library, criteria: tuple[Criterion, ...], name: str, where: str
) -> Iterator[str]:
    yield from _twice(f"{name}, {where}", "criterion", [each.id for each in criteria])
    for each in criteria:
        place = f"{name}, {where} {each.id!r}"
        yield from sourced(library.sources, each, place)
        for comparison in each.all:
            yield from _comparison(library, comparison, place, where)
        if where == "refer_if" and each.urgency is None:
            yield (
                f"{place}: a row that refers says how soon, and 'urgency' is missing. "
                f"It is one of {', '.join(get_args(Urgency))}."
            )


def _comparison(
    library: Library, comparison: Comparison, place: str, where: str = ""
) -> Iterator[str]:
    fact = library.definitions.get(comparison.fact)
    if fact is None:
        yield (
            f"{place}: there is no fact called {comparison.fact!r}. "
            f"{known(comparison.fact, library.definitions)}"
        )
        return
    found = [*_constant(comparison, fact, place)]
    if where in DECIDES and not found:
        found += _pain_upwards(comparison, fact, place)
    yield from found


def _constant(comparison: Comparison, fact: FactDefinition, place: str) -> Iterator[str]:
    constant = comparison.constant
    said = f"{place}: {_written(comparison)}"
    if fact.kind == "true_false":
        if not isinstance(constant, bool) or comparison.operator != "equals":
            yield f"{said}: this fact is true or false; equals = true or equals = false fits."
    elif fact.kind == "choice":
        if constant not in fact.choices or comparison.operator != "equals":
            yield f"{said}: what fits is equals with one of {', '.join(fact.choices)}."
    elif isinstance(constant, (bool, str)):
        yield f"{said}: this fact is a number from {fact.lowest:g} to {fact.highest:g}."
    else:
        yield from _number(comparison.operator, constant, fact, said)


def _number(
    operator: Operator, constant: int | float, fact: FactDefinition, said: str
) -> Iterator[str]:
    ends = f"from {fact.lowest:g} to {fact.highest:g} {fact.unit}"
    if not fact.lowest <= constant <= fact.highest:
        yield f"{said}: the fact goes {ends}."
    elif isinstance(constant, float) and float(fact.step).is_integer():
        yield f"{said}: the fact is a whole number {ends}, written without a point."
    elif (constant - fact.lowest) % fact.step:
        yield f"{said}: the fact goes {ends} in steps of {fact.step:g}."
    elif (operator, constant) in (("above", fact.highest), ("below", fact.lowest)):
        yield f"{said}: this never holds; the fact goes {ends}."


def _pain_upwards(comparison: Comparison, fact: FactDefinition, place: str) -> Iterator[str]:
    """More pain never makes a day greener: an action list names pain from a number upwards."""
    upwards = comparison.operator in ("at_least", "above")
    worst = comparison.operator == "equals" and comparison.constant == fact.highest
    if fact.unit == PAIN_UNIT and not (upwards or worst):
        yield (
            f"{place}: {_written(comparison)}: with more pain this row would no longer hold. "
            "In refer_if, rest_if and modify_if pain has at_least or above."
        )


def _written(comparison: Comparison) -> str:
    """A comparison as the file has it."""
    constant = comparison.constant
    shown = str(constant).lower() if isinstance(constant, bool) else repr(constant)
    return f"{comparison.fact} {comparison.operator} {shown}"


def sourced(
    sources: Mapping[str, Source], row: Sourced | Protocol | Phase | Presentations, place: str
) -> Iterator[str]:
    """Faults of what every row names: its source, and the requirements that it answers."""
    if row.source not in sources:
        yield f"{place}: there is no source {row.source!r}. {known(row.source, sources)}"
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
            yield from sourced(library.sources, row, f"{name}, {key!r}")
    for code in library.avoid_codes.values():
        for comparison in (each for together in code.any for each in together.all):
            yield from _comparison(library, comparison, f"exercises.toml, {code.id!r}")
    for exercise in library.exercises.values():
        for other in (*exercise.easier, *exercise.harder, *exercise.swaps):
            if other not in library.exercises:
                yield (
                    f"exercises.toml, {exercise.id!r}: there is no exercise {other!r}. "
                    f"{known(other, library.exercises)}"
                )


def _presentations(library: Library) -> Iterator[str]:
    found = library.presentations
    yield from sourced(library.sources, found, "presentations.toml")
    for what, names in (
        ("pattern", [each.id for each in found.patterns]),
        ("suggestion", [each.id for each in found.suggest]),
    ):
        yield from _twice("presentations.toml", what, names)
    yield from _twice("causes.toml", "cause", [each.id for each in library.causes])
    for where in ("severe_if", "moderate_if"):
        yield from _criteria(library, getattr(found, where), "presentations.toml", where)
    for pattern in found.patterns:
        place = f"presentations.toml, {pattern.id!r}"
        yield from sourced(library.sources, pattern, place)
        for feature in pattern.features:
            for comparison in feature.all:
                yield from _comparison(library, comparison, place)
    for suggestion in found.suggest:
        place = f"presentations.toml, suggest {suggestion.id!r}"
        yield from sourced(library.sources, suggestion, place)
        for comparison in suggestion.all:
            yield from _comparison(library, comparison, place)
        if suggestion.protocol and suggestion.protocol not in library.protocols:
            yield (
                f"{place}: there is no protocol {suggestion.protocol!r}. "
                f"{known(suggestion.protocol, library.protocols)}"
            )
    for cause in library.causes:
        place = f"causes.toml, {cause.id!r}"
        yield from sourced(library.sources, cause, place)
        yield from _criteria(library, cause.speaks_for, place, "speaks_for")
        yield from _criteria(library, cause.speaks_against, place, "speaks_against")


def _twice(
    place: str, what: str, names: list[str], cure: str = "Give each its own id."
) -> Iterator[str]:
    for name in sorted({name for name in names if names.count(name) > 1}):
        yield f"{place}: the {what} {name!r} stands there twice. {cure}"
