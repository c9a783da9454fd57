"""From TOML files to a checked `Library`, or to one line for each fault."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hamstride.errors import ProtocolError
from hamstride.protocols.checking import check, check_protocol, sourced
from hamstride.protocols.declaring import declared, definitions
from hamstride.protocols.faults import faults_of
from hamstride.protocols.library import Library
from hamstride.protocols.model import (
    Cause,
    Lists,
    Model,
    Phase,
    PlanDefaults,
    Presentations,
    Protocol,
    Sourced,
)
from hamstride.protocols.reading import read_table
from hamstride.protocols.shelf import (
    AvoidCode,
    Clean,
    CountTerms,
    Exercise,
    Question,
    Source,
    Term,
    Test,
)

M = TypeVar("M", bound=BaseModel)
P = TypeVar("P", bound=Traversable)
HEAD = "protocol.toml"
FIGURES = ("signals.toml", "load.toml", "speed.toml", "spikes.toml", "following.toml")
PHASE_FILE = re.compile(r"(\d+)_(\w+)\.toml", re.ASCII)


class FactsFile(Model):
    """facts.toml."""

    counts: list[CountTerms]
    terms: list[Term]
    clean_easy: Clean
    clean_speed: Clean


class Figure(Term):
    """One figure that is a number, as all are that work on samples."""

    value: float


class FiguresFile(Model):
    """A file of figures and nothing else: signals.toml, load.toml and the like."""

    terms: list[Figure]


class SourcesFile(Model):
    """sources.toml."""

    sources: list[Source]


class ExercisesFile(Model):
    """exercises.toml."""

    exercises: list[Exercise]
    avoid_codes: list[AvoidCode]


class TestsFile(Model):
    """tests.toml."""

    tests: list[Test]


class ScreeningFile(Model):
    """screening.toml."""

    questions: list[Question]


class CausesFile(Model):
    """causes.toml."""

    causes: list[Cause]


def load(extra: Path | None = None) -> Library:
    """The library that ships, with the protocols of one more folder where one is named.

    The folder holds a folder for each protocol, or is the folder of one protocol itself. It is
    read anew each time; what ships is read once.

    Raises
    ------
    ProtocolError
        With one line a fault: the file, the row, what was found and what is allowed.
    """
    return _shipped() if extra is None else _with_extra(_shipped(), extra)


@cache
def _shipped() -> Library:
    return read_library(files("hamstride.protocols") / "library")


def read_library(folder: Traversable) -> Library:
    """A whole library: sources, facts, exercises, tests, questions, and the protocols by them.

    Raises
    ------
    ProtocolError
        With one line a fault: the file, the row, what was found and what is allowed.
    """
    faults: list[str] = []
    library = _assemble(folder, faults)
    if library is not None and not faults:
        faults += check(library)
    if library is None or faults:
        raise ProtocolError(tuple(faults))
    return library


def _assemble(folder: Traversable, faults: list[str]) -> Library | None:
    facts = _file(folder, "facts.toml", FactsFile, faults)
    terms = _figures(folder, faults)
    sources = _file(folder, "sources.toml", SourcesFile, faults)
    exercises = _file(folder, "exercises.toml", ExercisesFile, faults)
    tests = _file(folder, "tests.toml", TestsFile, faults)
    screening = _file(folder, "screening.toml", ScreeningFile, faults)
    always = _file(folder, "always.toml", Lists, faults)
    ours = _file(folder, "ours.toml", Lists, faults)
    presentations = _file(folder, "presentations.toml", Presentations, faults)
    causes = _file(folder, "causes.toml", CausesFile, faults)
    plan = _file(folder, "plan.toml", PlanDefaults, faults)
    rooms = [room for room in _sorted(folder.iterdir()) if room.is_dir() and _toml_names(room)]
    protocols = _protocols(rooms, faults)
    if not (facts and sources and exercises and tests and screening):
        return None
    if not (always and ours and presentations and causes and plan and len(terms) == len(FIGURES)):
        return None
    known = _by_id("sources.toml", sources.sources, faults)
    terms["facts.toml"] = _by_id("facts.toml", facts.terms, faults)
    counts = _by_id("facts.toml", facts.counts, faults)
    clean = {"clean_easy": facts.clean_easy, "clean_speed": facts.clean_speed}
    faults += _unsourced(known, [("facts.toml", counts), ("facts.toml", clean), *terms.items()])
    return Library(
        sources=known,
        exercises=_by_id("exercises.toml", exercises.exercises, faults),
        avoid_codes=_by_id("exercises.toml", exercises.avoid_codes, faults),
        tests=_by_id("tests.toml", tests.tests, faults),
        questions=_by_id("screening.toml", screening.questions, faults, key="key"),
        always=always,
        ours=ours,
        presentations=presentations,
        causes=tuple(causes.causes),
        plan=plan,
        protocols=protocols,
        definitions=definitions(counts.values(), tests.tests, screening.questions),
        declared=declared(counts.values(), tests.tests, screening.questions, clean, terms),
    )


def _figures(folder: Traversable, faults: list[str]) -> dict[str, dict[str, Term]]:
    """The figures of the files that hold nothing else, by file and by id."""
    found: dict[str, dict[str, Term]] = {}
    for name in FIGURES:
        file = _file(folder, name, FiguresFile, faults)
        if file is not None:
            found[name] = {**_by_id(name, file.terms, faults)}
    return found


def _unsourced(
    known: Mapping[str, Source], shelves: Iterable[tuple[str, Mapping[str, Sourced]]]
) -> Iterator[str]:
    for name, shelf in shelves:
        for key, row in shelf.items():
            yield from sourced(known, row, f"{name}, {key!r}")


def _by_id(name: str, rows: Iterable[M], faults: list[str], key: str = "id") -> dict[str, M]:
    found: dict[str, M] = {}
    for row in rows:
        row_id = getattr(row, key)
        if row_id in found:
            faults.append(f"{name}: the {key} {row_id!r} is used twice. Give each its own.")
        found[row_id] = row
    return found


# Protocols


def _with_extra(library: Library, extra: Path) -> Library:
    """A library with the protocols of a folder beside its own."""
    faults: list[str] = []
    rooms = _rooms(extra, faults)
    added = _protocols(rooms, faults)
    for name in sorted(set(added) & set(library.protocols)):
        faults.append(f"{name}/{HEAD}: a protocol {name!r} ships already. Choose another id.")
    library = replace(library, protocols={**library.protocols, **added})
    for protocol in added.values():
        faults += check_protocol(library, protocol)
    if faults:
        raise ProtocolError(tuple(faults))
    return library


def _rooms(extra: Path, faults: list[str]) -> list[Path]:
    """The folders that hold TOML: the one that was named, and those in it."""
    try:
        inside = _sorted(extra.resolve().iterdir())
        rooms = [extra.resolve(), *(room for room in inside if room.is_dir())]
        rooms = [room for room in rooms if _toml_names(room)]
    except OSError:
        faults.append(
            f"{extra}: this is no folder that can be read. Name the folder that holds your "
            "protocols, a folder each."
        )
        return []
    if not rooms:
        faults.append(f"{extra}: no protocol was found. A protocol is a folder with a file {HEAD}.")
    return rooms


def _sorted(places: Iterable[P]) -> list[P]:
    return sorted(places, key=lambda place: place.name)


def _toml_names(room: Traversable) -> list[str]:
    return [place.name for place in _sorted(room.iterdir()) if place.name.endswith(".toml")]


def _protocols(rooms: Iterable[Traversable], faults: list[str]) -> dict[str, Protocol]:
    """The protocols of some folders by id, which is the name of the folder."""
    found = (_protocol(room, faults) for room in rooms)
    return {protocol.id: protocol for protocol in found if protocol is not None}


def _protocol(room: Traversable, faults: list[str]) -> Protocol | None:
    """One protocol with its phases, or None and a line for each fault."""
    before = len(faults)
    phases = [_phase(room, name, faults) for name in _phase_names(room, faults)]
    name = f"{room.name}/{HEAD}"
    table = read_table(room / HEAD, name, faults)
    if table is None:
        return None
    if "phases" in table:
        faults.append(f"{name}: phases stand here; each is a file of its own, such as 1_calm.toml.")
    table["phases"] = [phase for phase in phases if phase is not None]
    protocol = _validated(table, Protocol, name, faults)
    if protocol is not None and protocol.id != room.name:
        faults.append(
            f"{name}: the id is {protocol.id!r} and the folder is called {room.name!r}. "
            "Give both the same name."
        )
    return protocol if len(faults) == before else None


def _phase_names(room: Traversable, faults: list[str]) -> list[str]:
    """The names of the phase files, which are numbered from 1 without a gap."""
    numbered = []
    for name in _toml_names(room):
        if (found := PHASE_FILE.fullmatch(name)) is not None:
            numbered.append((int(found[1]), name))
        elif name != HEAD:
            faults.append(
                f"{room.name}/{name}: this is no file of a protocol. Beside {HEAD} stand its "
                "phases, called 1_calm.toml, 2_strength.toml and so on."
            )
    numbered.sort()
    for place, (_, name) in enumerate(numbered, start=1):
        if not name.startswith(f"{place}_"):
            faults.append(
                f"{room.name}/{name}: the phase files are numbered from 1 without a gap; "
                f"this one would begin with {place}_."
            )
    return [name for _, name in numbered]


def _phase(room: Traversable, name: str, faults: list[str]) -> Phase | None:
    phase = _file(room, name, Phase, faults, f"{room.name}/")
    called = name.partition("_")[2].removesuffix(".toml")
    if phase is not None and phase.id != called:
        faults.append(
            f"{room.name}/{name}: the id is {phase.id!r} and the file is called {called!r}. "
            "Give both the same name."
        )
    return phase


# Files


def _file(
    folder: Traversable, name: str, model: type[M], faults: list[str], before: str = ""
) -> M | None:
    table = read_table(folder / name, before + name, faults)
    return None if table is None else _validated(table, model, before + name, faults)


def _validated(table: Mapping[str, Any], model: type[M], name: str, faults: list[str]) -> M | None:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        faults += faults_of(name, table, error, model)
        return None
