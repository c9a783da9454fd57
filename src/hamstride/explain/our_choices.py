"""Every row that no source stands behind but this project: the first ones to doubt."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from hamstride.explain.amounts import amount_words
from hamstride.protocols.as_written import facts_file, figures_file
from hamstride.protocols.library import Library
from hamstride.protocols.model import Model, Phase, Sourced
from hamstride.protocols.shelf import Exercise, Term

OUR_CHOICE = "our_choice"
_CAPITAL = re.compile("[A-Z]")
_NAMES = ("id", "key", "exercise")
_UNITS = {"nrs": "", "pct": " %", "min": " min", "s": " s", "m": " m", "days": " days"}
_WORDS = ("say", "title", "meaning", "name", "ask")


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of our own: what it is, what it says or sets, and why.

    `id` is empty where a row has none, and `kind` then tells what it is; `phase` is the phase it
    stands in. A row without words of its own has `settings`.
    """

    phase: str
    id: str
    kind: str
    says: str
    settings: tuple[tuple[str, str], ...]
    why: str

    @property
    def told(self) -> str:
        """What it says or sets, in words alone."""
        if self.says:
            return self.says
        called = (self.id or self.kind).replace("_", " ").capitalize()
        settings = ", ".join(_setting(*each) for each in self.settings)
        return f"{called}: {settings}" if settings else called


@dataclass(frozen=True, slots=True)
class Shelf:
    """The choices of one part of the library; `protocol` is its id where it is a plan."""

    title: str
    choices: tuple[Choice, ...]
    protocol: str = ""


def our_choices(library: Library) -> tuple[Shelf, ...]:
    """Our own choices, shelf by shelf; what holds in every plan first, then plan by plan."""
    shared: dict[str, object] = {
        "In every plan": (library.always, library.ours, library.plan),
        "What the answers look like": (library.presentations, library.causes),
        "Exercises and tests": tuple(
            {**library.exercises, **library.avoid_codes, **library.tests}.values()
        ),
        "Red-flag questions": tuple(library.questions.values()),
        "Facts": facts_file(),
        "Cleaning what a watch wrote": figures_file("signals.toml"),
        "Hamstring load": figures_file("load.toml"),
        "Top speed and what is fast": figures_file("speed.toml"),
        "Jumps in training": figures_file("spikes.toml"),
        "A run beside its step": figures_file("following.toml"),
    }
    shelves = [Shelf(title, _choices(rows)) for title, rows in shared.items()]
    shelves += [Shelf(p.title, _choices(p), p.id) for p in library.protocols.values()]
    return tuple(shelf for shelf in shelves if shelf.choices)


def _setting(key: str, value: str) -> str:
    """A setting in words: `run_gap_days` and 2 as run gap 2 days."""
    name, _, unit = key.rpartition("_")
    if unit not in _UNITS:
        return f"{'effort' if key == 'rpe' else key.replace('_', ' ')} {value}"
    return f"{name.replace('_', ' ')} {value}{_UNITS[unit]}"


def _choices(rows: object) -> tuple[Choice, ...]:
    return tuple(dict.fromkeys(_ours(rows)))


def _ours(node: object, phase: str = "") -> Iterator[Choice]:
    """The rows of our own choice below a value, the outermost first."""
    if isinstance(node, Model):
        if getattr(node, "source", None) == OUR_CHOICE:
            yield _choice(node, phase)
        inner = node.id if isinstance(node, Phase) else phase
        for key in type(node).model_fields:
            yield from _ours(getattr(node, key), inner)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _ours(each, phase)


def _choice(node: Model, phase: str) -> Choice:
    names = (getattr(node, key) for key in _NAMES if hasattr(node, key))
    says = _says(node)
    return Choice(
        phase=phase,
        id=next(names, ""),
        kind=_CAPITAL.sub(r" \g<0>", type(node).__name__).strip().lower(),
        says=says,
        settings=() if says else tuple(_settings(node)),
        why=getattr(node, "where", ""),
    )


def _says(node: Model) -> str:
    if isinstance(node, Term):
        return f"{node.meaning}: {node.value} {node.unit}"
    if isinstance(node, Exercise):
        return f"{node.name}: {amount_words(node.amount)}"
    return next((str(getattr(node, key)) for key in _WORDS if getattr(node, key, "")), "")


def _settings(node: Model) -> Iterator[tuple[str, str]]:
    own = node.model_dump(exclude_defaults=True, exclude=set(Sourced.model_fields))
    for key, value in own.items():
        if key not in ("id", "exercise", "group") and isinstance(value, str | int | float):
            yield key, str(value)
