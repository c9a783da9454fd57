"""From a pointer of the ledger to what it points at.

A pointer is `kind:address`. What it leads to may say which requirements it answers (`asks`);
a page, a command or a function says nothing of the kind, and then nothing is compared.
"""

import importlib
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Protocol as Shape

from hamstride.cli import COMMANDS
from hamstride.protocols.library import Library
from hamstride.protocols.loading import FactsFile, load
from hamstride.protocols.model import Advice, Criterion, Dose, Lists, Phase, Protocol
from hamstride.web.learn import cards

ROOT = Path(__file__).parents[2]


class Asking(Shape):
    """Anything that names the requirements it answers."""

    @property
    def asks(self) -> tuple[str, ...]: ...


@dataclass(frozen=True, slots=True)
class Target:
    """What a pointer leads to. `asks` is None where the thing names no requirements."""

    asks: frozenset[str] | None = None


class DeadPointerError(LookupError):
    """A pointer leads nowhere; the message is the pointer and what is missing."""


def resolve(pointer: str) -> Target:
    """What a pointer leads to.

    Raises
    ------
    DeadPointerError
        The kind is unknown, or nothing of that address exists.
    """
    kind, _, address = pointer.partition(":")
    if kind in FREE:
        FREE[kind](pointer, address)
        return Target()
    found = targets().get(pointer)
    if found is not None:
        return found
    if not any(each.startswith(f"{kind}:") for each in targets()):
        raise DeadPointerError(f"{pointer}: there is no kind of pointer called {kind!r}")
    raise DeadPointerError(f"{pointer}: the library has no such row")


def answers(pointer: str, requirement: str) -> bool:
    """Whether what a pointer leads to claims a requirement, or can claim none."""
    asks = resolve(pointer).asks
    return asks is None or requirement in asks


@cache
def targets() -> Mapping[str, Target]:
    """Every row of the library that a pointer may name."""
    library = load()
    rows = [
        *_shared(library),
        *_facts(library),
        *(row for protocol in library.protocols.values() for row in _of_protocol(protocol)),
        *_cards(),
    ]
    found: dict[str, Target] = {}
    for pointer, target in rows:
        if pointer in found:
            raise DeadPointerError(f"{pointer}: two rows of the library go by this name")
        found[pointer] = target
    return found


Rows = Iterator[tuple[str, Target]]


def _row(pointer: str, *rows: Asking) -> tuple[str, Target]:
    return pointer, Target(frozenset(asked for row in rows for asked in row.asks))


def _cards() -> Rows:
    """The cards of the app: `card:SLUG`."""
    for slug, card in cards().items():
        yield _row(f"card:{slug}", *(said for piece in card.pieces for said in piece.says))


def _shared(library: Library) -> Rows:
    """What stands beside the protocols."""
    yield from _criteria("always", _of_lists(library.always))
    yield from _criteria("ours", _of_lists(library.ours))
    seen = library.presentations
    yield from _criteria("presentations", (*seen.severe_if, *seen.moderate_if))
    yield from (_row(f"pattern:{each.id}", each) for each in seen.patterns)
    yield from (_row(f"suggest:{each.id}", each) for each in seen.suggest)
    for cause in library.causes:
        yield _row(f"cause:{cause.id}", cause, *cause.speaks_for, *cause.speaks_against)
    yield from (_row(f"exercise:{each.id}", each) for each in library.exercises.values())
    yield from (_row(f"avoid:{each.id}", each) for each in library.avoid_codes.values())
    yield from (_row(f"test:{each.id}", each) for each in library.tests.values())
    yield from (_row(f"question:{each.key}", each) for each in library.questions.values())
    yield _row("plan:easy_run", library.plan.easy_run)
    yield _row("plan:adaptation", library.plan.adaptation)
    yield _row("plan:week", library.plan.week)


def _facts(library: Library) -> Rows:
    """Counted facts claim requirements in facts.toml; facts that code computes claim none."""
    text = (files("hamstride.protocols") / "library" / "facts.toml").read_text(encoding="utf-8")
    declared = FactsFile.model_validate(tomllib.loads(text))
    counted = {each.id: each for each in declared.counts}
    for name in library.definitions:
        yield _row(f"fact:{name}", counted[name]) if name in counted else (f"fact:{name}", Target())
    yield from (_row(f"term:{each.id}", each) for each in declared.terms)
    yield _row("clean:easy", declared.clean_easy)
    yield _row("clean:speed", declared.clean_speed)


def _of_protocol(protocol: Protocol) -> Rows:
    yield _row(f"protocol:{protocol.id}", protocol)
    if protocol.ladder is not None:
        yield _row(f"ladder:{protocol.id}", protocol.ladder)
    if protocol.week is not None:
        yield _row(f"week:{protocol.id}", protocol.week)
    if protocol.adaptation is not None:
        yield _row(f"adaptation:{protocol.id}", protocol.adaptation)
    yield from _criteria(protocol.id, _of_lists(protocol))
    yield from _advice(protocol.id, protocol.advice)
    yield from (_row(f"step:{protocol.id}/{step.id}", step) for step in protocol.steps())
    for phase in protocol.phases:
        yield from _of_phase(f"{protocol.id}/{phase.id}", phase)


def _of_phase(place: str, phase: Phase) -> Rows:
    yield _row(f"phase:{place}", phase)
    if phase.week is not None:
        yield _row(f"week:{place}", phase.week)
    gates = (*phase.advance_when, *phase.recommend, *phase.step_back_if)
    yield from _criteria(place, (*_of_lists(phase), *gates))
    yield from _advice(place, phase.advice)
    for exercise, doses in _by_exercise(phase.doses).items():
        yield _row(f"dose:{place}/{exercise}", *doses)


def _by_exercise(doses: Iterable[Dose]) -> dict[str, list[Dose]]:
    found: dict[str, list[Dose]] = {}
    for dose in doses:
        found.setdefault(dose.exercise, []).append(dose)
    return found


def _of_lists(lists: Lists) -> tuple[Criterion, ...]:
    return (*lists.refer_if, *lists.rest_if, *lists.modify_if, *lists.mention_if)


def _criteria(place: str, rows: Iterable[Criterion]) -> Rows:
    return (_row(f"criterion:{place}/{each.id}", each) for each in rows)


def _advice(place: str, rows: Iterable[Advice]) -> Rows:
    return (_row(f"advice:{place}/{each.id}", each) for each in rows)


# Pointers out of the library


def _code(pointer: str, address: str) -> None:
    """A public name of an importable module."""
    module, _, name = address.rpartition(".")
    if not address.startswith("hamstride.") or name.startswith("_"):
        raise DeadPointerError(f"{pointer}: not a public name of hamstride")
    try:
        found = hasattr(importlib.import_module(module), name)
    except ModuleNotFoundError as error:
        raise DeadPointerError(f"{pointer}: {error}") from None
    if not found:
        raise DeadPointerError(f"{pointer}: {module} has no {name}")


def _page(pointer: str, address: str) -> None:
    """A page of the documentation, and a heading in it where one is named."""
    path, _, heading = address.partition("#")
    page = ROOT / path if path == "README.md" else ROOT / "docs" / path
    if page.suffix != ".md" or not page.is_file():
        raise DeadPointerError(f"{pointer}: there is no such page")
    if heading and heading not in _headings(page):
        raise DeadPointerError(f"{pointer}: the page has no heading {heading!r}")


def _headings(page: Path) -> set[str]:
    """The anchors of a page's headings, written as on GitHub."""
    titles = re.findall(r"^#{1,6} +(.+?) *$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def _command(pointer: str, address: str) -> None:
    if address not in COMMANDS:
        raise DeadPointerError(f"{pointer}: hamstride has no such command")


FREE: Mapping[str, Callable[[str, str], None]] = {
    "code": _code,
    "page": _page,
    "command": _command,
}
