"""How things look on a terminal, and how they read when they are piped.

On a terminal: a little colour, lines folded to its width. In a pipe: plain text, one sentence a
line, nothing folded. The words carry the meaning in both.
"""

import json
import os
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from hamstride.explain import Light, Line, Part

WIDEST, NARROWEST = 92, 40
SHAPES = {"go": "●", "go_easier": "▲", "answer_first": "?", "rest": "■", "get_help": "◆"}
COLOURS = {
    "go": "green",
    "go_easier": "yellow",
    "answer_first": "yellow",
    "rest": "red",
    "get_help": "magenta",
}
MARKS = {"text": "", "point": "- ", "met": "✓ ", "open": "○ ", "unknown": "? ", "type": "    "}
MARK_COLOURS = {"met": "green", "open": "yellow", "unknown": "cyan"}
QUIET = "bright_black"


@dataclass(slots=True)
class Notes:
    """Who says so, numbered in the order in which they come up."""

    numbers: dict[str, int] = field(default_factory=dict)

    def number(self, title: str) -> int:
        """The number of a source."""
        return self.numbers.setdefault(title, len(self.numbers) + 1)


def on_terminal() -> bool:
    """Whether somebody is looking at the output."""
    return sys.stdout.isatty()


def width() -> int | None:
    """Where lines are folded; None where they are not."""
    if not on_terminal():
        return None

    return max(NARROWEST, min(WIDEST, shutil.get_terminal_size().columns - 1))


def echo(text: str = "", **style: Any) -> None:
    """Print a line; `click.echo` drops the colours in a pipe, and this minds NO_COLOR as well."""
    click.echo(click.style(text, **style) if style and _coloured() else text)


def _coloured() -> bool:

    return on_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def say(text: str, *, level: int = 1, quiet: bool = False) -> None:
    """Print a sentence, folded and indented."""
    indent = "  " * level
    hanging = indent + ("  " if text.startswith("- ") else "")
    for line in _folded(text, indent, hanging):
        echo(line, **({"fg": QUIET} if quiet else {}))


def echo_json(value: object) -> None:
    """Print a value as JSON and nothing else."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def complain(text: str) -> None:
    """Print a line to standard error."""
    click.echo(text, err=True)


def show_light(light: Light, *, heading: str = "") -> None:
    """The word of the day in its colour, with its one reason."""
    if heading:
        echo(heading, fg=QUIET)
    word = f"{SHAPES[light.state]} {light.word}"
    folded = _folded(f"{word}. {light.reason}", "", "  ")
    first, *rest = folded
    if _coloured():
        coloured = click.style(word, fg=COLOURS[light.state], bold=True)
        first = first.replace(word, coloured, 1)
    click.echo("\n".join([first, *rest]))


def show(parts: Iterable[Part], *, notes: bool = True) -> None:
    """Parts, one below the other, with their sources at the foot."""
    found = Notes()
    for each in parts:
        echo()
        echo(each.heading, bold=True)
        for line in each.lines:
            _show_line(line, found, cites=each.cites or not notes)
    if found.numbers:
        echo()
        echo("Who says so", bold=True)
        for title, number in found.numbers.items():
            for text in _folded(f"[{number}] {title}", "  ", "      "):
                echo(text, fg=QUIET)


def _show_line(line: Line, notes: Notes, *, cites: bool) -> None:
    mark = MARKS[line.mark]
    if line.mark == "type":
        echo(f"  {mark}{line.text}", fg="cyan")
        return
    note = ""
    if line.source is not None and not cites:
        note = f" [{notes.number(line.source.title)}]"
    indent = "  " + " " * len(mark)
    first, *rest = _folded(f"{mark}{line.text}{note}", "  ", indent)
    if _coloured() and line.mark in MARK_COLOURS:
        sign = mark.strip()
        first = first.replace(sign, click.style(sign, fg=MARK_COLOURS[line.mark], bold=True), 1)
    click.echo("\n".join([first, *rest]))
    if line.source is not None and cites:
        for text in _folded(str(line.source), indent, indent):
            echo(text, fg=QUIET)


def _folded(text: str, first: str, rest: str) -> list[str]:
    columns = width()
    if columns is None:
        return [first + text]
    return textwrap.wrap(
        text,
        columns,
        initial_indent=first,
        subsequent_indent=rest,
        break_on_hyphens=False,
        break_long_words=False,
    )


def table(rows: Sequence[Sequence[str]], right: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows in columns as wide as their longest entry; `right` columns hold numbers."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = [
            cell.rjust(size) if place in right else cell.ljust(size)
            for place, (cell, size) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()
