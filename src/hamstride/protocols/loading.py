"""From TOML files to a checked `Library`, or to one line for each fault."""

import difflib
import tomllib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from hamstride.errors import ProtocolError
from hamstride.protocols.checking import check
from hamstride.protocols.declaring import declared, definitions
from hamstride.protocols.library import Library
from hamstride.protocols.model import (
    Cause,
    Lists,
    Model,
    Phase,
    PlanDefaults,
    Presentations,
    Protocol,
)
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
LARGEST_FILE_BYTES = 1_000_000


class FactsFile(Model):
    """facts.toml."""

    counts: list[CountTerms]
    terms: list[Term]
    clean_easy: Clean
    clean_speed: Clean


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


@lru_cache(maxsize=8)
def load(extra: Path | None = None) -> Library:
    """The library that ships, with the protocols of one more folder where one is named.

    Raises
    ------
    ProtocolError
        With one line a fault: the file, the row, what was found and what is allowed.
    """
    folder = files("hamstride.protocols") / "library"
    faults: list[str] = []
    library = _assemble(folder, extra, faults)
    if library is not None and not faults:
        faults += check(library)
    if faults or library is None:
        raise ProtocolError(tuple(faults))
    return library


def _assemble(folder: Traversable, extra: Path | None, faults: list[str]) -> Library | None:
    facts = _file(folder / "facts.toml", FactsFile, faults)
    sources = _file(folder / "sources.toml", SourcesFile, faults)
    exercises = _file(folder / "exercises.toml", ExercisesFile, faults)
    tests = _file(folder / "tests.toml", TestsFile, faults)
    screening = _file(folder / "screening.toml", ScreeningFile, faults)
    always = _file(folder / "always.toml", Lists, faults)
    ours = _file(folder / "ours.toml", Lists, faults)
    presentations = _file(folder / "presentations.toml", Presentations, faults)
    causes = _file(folder / "causes.toml", CausesFile, faults)
    plan = _file(folder / "plan.toml", PlanDefaults, faults)
    protocols = _protocols(folder, faults)
    if extra is not None:
        protocols = _with_extra(protocols, extra, faults)
    if not (facts and sources and exercises and tests and screening):
        return None
    if not (always and ours and presentations and causes and plan):
        return None
    return Library(
        sources=_by_id("sources.toml", sources.sources, faults),
        exercises=_by_id("exercises.toml", exercises.exercises, faults),
        avoid_codes=_by_id("exercises.toml", exercises.avoid_codes, faults),
        tests=_by_id("tests.toml", tests.tests, faults),
        questions={question.key: question for question in screening.questions},
        always=always,
        ours=ours,
        presentations=presentations,
        causes=tuple(causes.causes),
        plan=plan,
        protocols=protocols,
        definitions=definitions(facts.counts, tests.tests, screening.questions),
        declared=declared(
            facts.counts,
            tests.tests,
            screening.questions,
            {"clean_easy": facts.clean_easy, "clean_speed": facts.clean_speed},
            _by_id("facts.toml", facts.terms, faults),
        ),
    )


def _by_id(name: str, rows: Sequence[Any], faults: list[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in rows:
        if row.id in found:
            faults.append(f"{name}: the id {row.id!r} is used twice. Give each its own.")
        found[row.id] = row
    return found


def _protocols(folder: Traversable, faults: list[str]) -> dict[str, Protocol]:
    """Every protocol of a folder, by id, in the order of their folders' names."""
    found: dict[str, Protocol] = {}
    for room in sorted((r for r in folder.iterdir() if r.is_dir()), key=lambda r: r.name):
        if not (room / "protocol.toml").is_file():
            continue
        protocol = _protocol(room, faults)
        if protocol is not None:
            found[protocol.id] = protocol
    return found


def _with_extra(
    protocols: Mapping[str, Protocol], extra: Path, faults: list[str]
) -> dict[str, Protocol]:
    if not extra.is_dir():
        faults.append(f"{extra}: there is no such folder. Name the folder that holds protocols.")
        return dict(protocols)
    added = _protocols(extra, faults)
    if (extra / "protocol.toml").is_file():
        single = _protocol(extra, faults)
        added |= {single.id: single} if single else {}
    if not added and not faults:
        faults.append(
            f"{extra}: no protocol was found. A protocol is a folder with a file protocol.toml."
        )
    for name in sorted(set(added) & set(protocols)):
        faults.append(
            f"{extra.name}: the id {name!r} belongs to a protocol that ships. Choose another."
        )
    return {**protocols, **added}


def _protocol(room: Traversable, faults: list[str]) -> Protocol | None:
    """One protocol with its phases, whose files are numbered from 1."""
    before = len(faults)
    names = sorted(
        (f.name for f in room.iterdir() if f.name.endswith(".toml") and f.name[0].isdigit()),
        key=lambda name: (int(name.split("_")[0]) if name.split("_")[0].isdigit() else 0, name),
    )
    expected = [f"{place}_" for place in range(1, len(names) + 1)]
    for name, start in zip(names, expected, strict=True):
        if not name.startswith(start):
            faults.append(
                f"{room.name}/{name}: the phase files are numbered from 1 without a gap; "
                f"this one would begin with {start}."
            )
    phases = [_file(room / name, Phase, faults, room.name) for name in names]
    table = _table(room / "protocol.toml", f"{room.name}/protocol.toml", faults)
    if table is None or len(faults) > before:
        return None
    table["phases"] = [phase for phase in phases if phase]
    return _validated(table, Protocol, f"{room.name}/protocol.toml", faults)


def _file(place: Traversable, model: type[M], faults: list[str], room: str = "") -> M | None:
    name = f"{room}/{place.name}" if room else place.name
    table = _table(place, name, faults)
    return None if table is None else _validated(table, model, name, faults)


def _table(place: Traversable, name: str, faults: list[str]) -> dict[str, Any] | None:
    try:
        data = place.read_bytes()
    except OSError:
        faults.append(f"{name}: the file is missing or cannot be read.")
        return None
    if len(data) > LARGEST_FILE_BYTES:
        faults.append(f"{name}: {len(data)} bytes; a protocol file has at most 1 MB.")
        return None
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        faults.append(f"{name}: byte {error.start} is not UTF-8. Save the file as UTF-8.")
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        faults.append(f"{name}: not TOML: {error}.")
    return None


def _validated(table: Mapping[str, Any], model: type[M], name: str, faults: list[str]) -> M | None:
    try:
        return model.model_validate(table)
    except ValidationError as error:
        faults += [_fault(name, table, each, model) for each in error.errors()]
        return None


def _fault(name: str, table: Any, error: Any, model: type[BaseModel]) -> str:
    """One line: the file, the row by its id, what was found and what is allowed."""
    place, row = [], table
    for key in error["loc"]:
        try:
            row = row[key]
        except (KeyError, IndexError, TypeError):
            row = None
        label = row.get("id") if isinstance(row, Mapping) and isinstance(key, int) else None
        place.append(f"{label!r}" if label else f"row {key + 1}" if isinstance(key, int) else key)
    where = f"{name}, {' '.join(place)}" if place else name
    kind, key = error["type"], str(error["loc"][-1]) if error["loc"] else ""
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(key, _all_keys(model), n=1)
        hint = f" Did you mean {near[0]!r}?" if near else ""
        return f"{where}: there is no key {key!r} here.{hint}"
    if kind == "missing":
        return f"{where}: {key!r} is missing."
    message = error["msg"].removeprefix("Value error, ")
    return f"{where}: {message}; found {error['input']!r:.80}."


def _all_keys(model: type[BaseModel]) -> list[str]:
    """The keys of a model and of the models inside it."""
    seen: dict[str, None] = {}
    todo, done = [model], set()
    while todo:
        each = todo.pop()
        if each in done:
            continue
        done.add(each)
        for key, field in each.model_fields.items():
            seen[key] = None
            text = str(field.annotation)
            todo += [sub for sub in _models() if sub.__name__ in text]
    return list(seen)


def _models() -> list[type[Model]]:
    todo: list[type[Model]] = list(Model.__subclasses__())
    found: list[type[Model]] = []
    while todo:
        each = todo.pop()
        found.append(each)
        todo += each.__subclasses__()
    return found
