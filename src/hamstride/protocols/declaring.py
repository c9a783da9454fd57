"""From the library's tables to what `facts` counts by, and to the facts that rules may name."""

from collections.abc import Iterable, Mapping
from typing import Any

from hamstride.errors import ProtocolError
from hamstride.protocols.model import Protocol, Step
from hamstride.protocols.shelf import (
    Clean,
    CountTerms,
    FieldComparison,
    Question,
    Term,
    Test,
    TestUnit,
)
from hamstride.vocabulary import (
    COMPUTED,
    Condition,
    Count,
    Declared,
    FactDefinition,
    FollowingTerms,
    LoadTerms,
    RunTerms,
    SignalTerms,
    SpeedTerms,
    SpikeTerms,
    StepTerms,
    SymptomTerms,
    TestTerms,
)

_SUFFIX: Mapping[TestUnit, str] = {
    "s": "s",
    "min": "min",
    "reps": "reps",
    "deg": "deg",
    "cm": "cm",
    "newton": "newton",
    "of 100": "of_100",
    "pain": "",
}


def declared(
    counts: Iterable[CountTerms],
    tests: Iterable[Test],
    questions: Iterable[Question],
    clean: Mapping[str, Clean],
    terms: Mapping[str, Mapping[str, Term]],
) -> Declared:
    """What the library hands to `facts`; `terms` are the figures of each file.

    Raises
    ------
    ProtocolError
        A figure that facts are computed with is missing from its file.
    """
    counted = [name for name in RunTerms.__dataclass_fields__ if not name.startswith("clean_")]
    runs = RunTerms(
        **_figures(terms, "facts.toml", counted),
        clean_easy=_conditions(clean["clean_easy"].all),
        clean_speed=_conditions(clean["clean_speed"].all),
    )
    return Declared(
        counts={each.id: _count(each) for each in counts},
        tests={each.id: _test(each) for each in tests},
        flags={each.key: each.urgency for each in questions},
        runs=runs,
        symptoms=SymptomTerms(**_figures(terms, "facts.toml", SymptomTerms.__dataclass_fields__)),
        signals=SignalTerms(**_figures(terms, "signals.toml", SignalTerms.__dataclass_fields__)),
        load=LoadTerms(**_figures(terms, "load.toml", LoadTerms.__dataclass_fields__)),
        speed=SpeedTerms(**_figures(terms, "speed.toml", SpeedTerms.__dataclass_fields__)),
        spikes=SpikeTerms(**_figures(terms, "spikes.toml", SpikeTerms.__dataclass_fields__)),
        following=FollowingTerms(
            **_figures(terms, "following.toml", FollowingTerms.__dataclass_fields__)
        ),
    )


def _figures(
    terms: Mapping[str, Mapping[str, Term]], file: str, names: Iterable[str]
) -> dict[str, Any]:
    """The figures of one file by name; a list of words as a tuple."""
    found: dict[str, Any] = {}
    for name in names:
        if name not in terms[file]:
            raise ProtocolError(
                (f"{file}: {name!r} is missing. Add it to [[terms]] with its source.",)
            )
        value = terms[file][name].value
        found[name] = tuple(value) if isinstance(value, list) else value
    return found


def _conditions(rows: Iterable[FieldComparison]) -> tuple[Condition, ...]:
    return tuple(Condition(row.field, row.operator, row.constant) for row in rows)


def _count(each: CountTerms) -> Count:
    return Count(
        id=each.id,
        table=each.table,
        conditions=_conditions(each.all),
        asks=each.asks_for,
        last=each.last,
        distinct_days=each.distinct_days,
        in_a_row=each.in_a_row,
        in_phase=each.in_phase,
        test=each.test,
        only=_conditions(each.only),
    )


def _test(each: Test) -> TestTerms:
    suffix = "" if each.measures == "pain_only" else _SUFFIX[each.unit]
    return TestTerms(each.id, each.better, each.sided, suffix, each.not_before_day)


def step_terms(protocol: Protocol) -> dict[str, StepTerms]:
    """The rungs of a protocol, in order, as far as facts need them."""
    return {step.id: _step(step) for step in protocol.steps()}


def _step(step: Step) -> StepTerms:
    return StepTerms(
        id=step.id,
        running_s=step.running_min * 60,
        total_s=step.total_min * 60,
        is_speed=step.effort_pct is not None,
        is_hill=step.uphill,
        effort_pct=step.effort_pct,
        repeats=step.repeats,
        walk_s=step.walk_min * 60,
        run_s=step.run_min * 60 if step.run_s is None else step.run_s,
        run_m=step.run_m,
    )


def definitions(
    counts: Iterable[CountTerms], tests: Iterable[Test], questions: Iterable[Question]
) -> dict[str, FactDefinition]:
    """Every fact that a rule may name."""
    found = dict(COMPUTED)
    for question in questions:
        name = f"red_flag_{question.key}"
        asks = (f"screenings.{question.key}",)
        found[name] = FactDefinition(name, "true_false", f"open: {question.ask}", asks=asks)
    for test in tests:
        found.update({each.id: each for each in _test_definitions(test)})
    for count in counts:
        found[count.id] = FactDefinition(
            count.id, "number", count.meaning, count.unit, 0, count.highest, 1, asks=count.asks_for
        )
    return found


def _test_definitions(test: Test) -> list[FactDefinition]:
    """The facts that one test gives: values and pain, side by side where it has sides."""
    asks = (f"tests.{test.id}",)
    title = test.title

    def number(name: str, meaning: str, unit: str, highest: float, step: float) -> FactDefinition:
        lowest = -highest if unit == "deg" else 0
        return FactDefinition(
            f"{test.id}_{name}", "number", f"{title}: {meaning}", unit, lowest, highest, step,
            asks=asks,
        )  # fmt: skip

    found = []
    sides = {"injured": "injured side", "other": "other side", "worse_side": "the worse side"}
    if test.measures == "value":
        suffix, unit, highest = _SUFFIX[test.unit], test.unit, test.highest
        if test.sided:
            found += [
                number(f"{side}_{suffix}", words, unit, highest, test.step)
                for side, words in sides.items()
            ]
            found.append(number("symmetry_pct", "injured side in % of the other", "%", 1000, 1))
            found.append(
                number(
                    f"behind_{suffix}", "injured side behind the other", unit, highest, test.step
                )
            )
        else:
            found.append(number(suffix, "result", unit, highest, test.step))
    if test.sided:
        found.append(number("pain_injured_nrs", "pain on the injured side", "nrs", 10, 1))
        found.append(number("pain_worst_nrs", "pain on the worse side", "nrs", 10, 1))
    else:
        found.append(number("pain_nrs", "pain", "nrs", 10, 1))
    if test.judged_steady:
        name = f"{test.id}_steady"
        found.append(FactDefinition(name, "true_false", f"{title}: looked steady", asks=asks))
    return found
