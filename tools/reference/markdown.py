"""What the pages are written with."""

from collections.abc import Iterable

GENERATED = "Generated, do not edit: `python -m tools.make_reference` writes this page."


def page(title: str, *blocks: str) -> str:
    """A page that says it is machine-made."""
    return "\n\n".join([f"# {title}", GENERATED, *filter(None, blocks)]) + "\n"


def table(heading: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A table; a bar inside a cell is escaped."""
    names = list(heading)
    lines = [names, ["---"] * len(names), *([str(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(map(_cell, line))} |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")


def code(names: Iterable[object]) -> str:
    """Names as they are typed, a comma between."""
    return ", ".join(f"`{name}`" for name in names)


def points(*lines: str) -> str:
    """The lines that say something, a point each."""
    return "\n".join(f"- {line}" for line in lines if line)
