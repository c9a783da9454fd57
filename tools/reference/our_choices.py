"""The page of every row that no source stands behind but this project."""

import re
from collections.abc import Iterator

from pydantic import BaseModel

from hamstride.protocols.library import Library
from hamstride.protocols.model import Phase, Sourced
from hamstride.protocols.shelf import Exercise, Term
from tools.reference.markdown import page, table
from tools.reference.rules import facts_file, figures_file
from tools.reference.shelf import amount_words

OURS = "our_choice"
CAPITAL = re.compile("[A-Z]")


def our_choices_page(library: Library) -> str:
    """Every row that no source stands behind but this project."""
    shelves: dict[str, object] = {
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
    shelves |= {f"{p.title} (`{p.id}`)": p for p in library.protocols.values()}
    blocks, count = [], 0
    for title, shelf in shelves.items():
        rows = list(dict.fromkeys(_ours(shelf)))
        count += len(rows)
        if rows:
            blocks += [f"## {title}", table(("what", "says", "why, or from what"), rows)]
    return page(
        "Our own choices",
        f"{count} rows where no source gives the number or the order, or where sources differ.\n"
        "They are the first ones to doubt.",
        *blocks,
    )


def _ours(node: object, where: str = "") -> Iterator[tuple[str, str, str]]:
    """The rows of our own choice below a value, the outermost first."""
    if isinstance(node, BaseModel):
        if getattr(node, "source", None) == OURS:
            yield f"{where}{_name(node)}", _says(node), getattr(node, "where", "")
        inner = f"{_name(node)}, " if isinstance(node, Phase) else where
        for key in type(node).model_fields:
            yield from _ours(getattr(node, key), inner)
    elif isinstance(node, list | tuple):
        for each in node:
            yield from _ours(each, where)


def _name(node: BaseModel) -> str:
    for key in ("id", "key", "exercise"):
        if hasattr(node, key):
            return f"`{getattr(node, key)}`"
    return CAPITAL.sub(r" \g<0>", type(node).__name__).strip().lower()


def _says(node: BaseModel) -> str:
    if isinstance(node, Term):
        return f"{node.meaning}: {node.value} {node.unit}"
    if isinstance(node, Exercise):
        return f"{node.name}: {amount_words(node.amount)}"
    for key in ("say", "title", "meaning", "name", "ask"):
        if getattr(node, key, ""):
            return str(getattr(node, key))
    return _settings(node)


def _settings(node: BaseModel) -> str:
    own = node.model_dump(exclude_defaults=True, exclude=set(Sourced.model_fields))
    told = {key: value for key, value in own.items() if key not in ("id", "exercise", "group")}
    return ", ".join(
        f"`{key} = {value}`" for key, value in told.items() if isinstance(value, str | int | float)
    )
