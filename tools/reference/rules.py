"""Pages on what rules may say and do say: facts, protocols."""

import json
from collections.abc import Iterable, Iterator
from itertools import groupby

from hamstride.explain import Line, sheet
from hamstride.explain.numbers import lower_first, number
from hamstride.explain.sheet import LIST_WORDS, criteria_lines
from hamstride.protocols.as_written import facts_file
from hamstride.protocols.library import Library
from hamstride.protocols.model import LISTS, Comparison, Lists, Protocol
from hamstride.vocabulary import COMPUTED, FactDefinition
from tools.reference.markdown import code, page, table

GATES = ("advance_when", "recommend", "step_back_if")
LIST_NAMES = {name: name.replace("_", " ") for name in (*LISTS, *GATES)}
RULE_COLUMNS = ("holds in", "list", "id", "compares")
SIGNS = {"at_least": "≥", "at_most": "≤", "above": ">", "below": "<", "equals": "="}


def facts_page(library: Library) -> str:
    """Every fact that a rule may name."""
    counts = {each.id for each in facts_file().counts}
    parts: dict[str, list[FactDefinition]] = {
        "From the records": [],
        "Counted": [],
        "From the red-flag questions": [],
        "From tests": [],
    }
    for each in library.definitions.values():
        parts[_part_of(each.id, counts)].append(each)
    blocks = [f"## {title}\n\n{_facts_table(facts)}" for title, facts in parts.items()]
    return page(
        "Facts",
        "A rule compares one of these with a constant.\n"
        "A fact is unknown until the answers in the last column are there; "
        "a row without any is counted from what was recorded.\n"
        "With `within_days = N` only that day and the N days before it count.",
        *blocks,
    )


def _part_of(fact_id: str, counts: set[str]) -> str:
    if fact_id in COMPUTED:
        return "From the records"
    if fact_id in counts:
        return "Counted"
    is_flag = fact_id.startswith("red_flag_")
    return "From the red-flag questions" if is_flag else "From tests"


def _facts_table(facts: Iterable[FactDefinition]) -> str:
    return table(
        ("fact", "meaning", "unit", "range", "made known by"),
        ((f"`{f.id}`", f.meaning, f.unit, _range(f), code(f.asks)) for f in facts),
    )


def _range(fact: FactDefinition) -> str:
    if fact.kind == "true_false":
        return "true or false"
    if fact.kind == "choice":
        return code(fact.choices)
    step = "" if fact.step == 1 else f" by {number(fact.step)}"
    return f"{number(fact.lowest)} to {number(fact.highest)}{step}"


def protocols_page(library: Library) -> str:
    """The protocols, a row each."""
    return page(
        "Protocols",
        "The plans that ship, each as a sheet, and [what holds in every plan](every-plan.md).",
        table(
            ("protocol", "title", "phases", "for whom"),
            (
                (f"[{p.id}]({p.id}.md)", p.title, len(p.phases), p.for_whom)
                for p in library.protocols.values()
            ),
        ),
    )


def every_plan_page(library: Library) -> str:
    """The rules that no plan can leave out, and those that our own plans share."""
    blocks = []
    for title, lists in (("In every plan", library.always), ("In all our own plans", library.ours)):
        for name, words in LIST_WORDS.items():
            lines = [_line(line) for line in criteria_lines(getattr(lists, name), library)]
            if lines:
                blocks += [f"## {title}: {lower_first(words)}", "\n".join(lines)]
    rows = [*_rules("every plan", library.always), *_rules("our own plans", library.ours)]
    return page(
        "What holds in every plan",
        "These rules stand beside those of a plan, and no plan can leave them out.\n"
        "The [red-flag questions](../red-flags.md) come before all of them.",
        *blocks,
        "## As they are compared",
        table(RULE_COLUMNS, rows),
    )


def protocol_page(protocol: Protocol, library: Library) -> str:
    """A protocol as its sheet, and every rule as it is compared."""
    head, *parts = sheet(protocol, library)
    blocks = [_lines(head.lines)]
    for part in parts:
        blocks += [f"## {part.heading}", _lines(part.lines)]
    rows = [*_rules("every day", protocol)]
    for phase in protocol.phases:
        rows += _rules(phase.title, phase)
    if rows:
        blocks += [
            "## The rules of this plan, as they are compared",
            "All comparisons of a row have to hold.",
            table(RULE_COLUMNS, rows),
        ]
    return page(head.heading, *blocks)


def _lines(lines: Iterable[Line]) -> str:
    """Lines, a paragraph and a list apart."""
    parts = groupby(lines, key=lambda line: line.mark == "point")
    return "\n\n".join("\n".join(map(_line, part)) for _, part in parts)


def _line(line: Line) -> str:
    mark = "- " if line.mark == "point" else ""
    return f"{mark}{line.text}" + (f" _{line.source}_" if line.source else "")


def _rules(where: str, lists: Lists) -> Iterator[tuple[str, str, str, str]]:
    for name, title in LIST_NAMES.items():
        for row in getattr(lists, name, ()):
            yield where, title, f"`{row.id}`", _compared(row.all)


def _compared(comparisons: Iterable[Comparison]) -> str:
    return "; ".join(
        f"`{each.fact}` {SIGNS[each.operator]} {_constant(each.constant)}{_window(each)}"
        for each in comparisons
    )


def _constant(value: object) -> str:
    return json.dumps(value) if isinstance(value, bool) else str(value)


def _window(comparison: Comparison) -> str:
    days = comparison.within_days
    if days is None:
        return ""
    return ", today" if days == 0 else f", within {days} {'day' if days == 1 else 'days'}"
