"""What a page is made of: parts with headings, and lines that say what their mark means."""

from dataclasses import dataclass
from typing import Literal

Mark = Literal["text", "point", "met", "open", "unknown", "type"]
"""`met`, `open` and `unknown` are rows of a checklist; `type` is to be typed as it stands."""


@dataclass(frozen=True, slots=True)
class Citation:
    """Who says so, and where; `ours` where nobody does but this project.

    `badge` says in two words how much weight it has, `id` is the source's in `sources.toml`.
    """

    title: str
    where: str = ""
    ours: bool = False
    badge: str = ""
    id: str = ""

    def __str__(self) -> str:
        if not self.where:
            return f"{self.title}."
        return f"{self.title}{':' if self.ours else ';'} {self.where}."


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence or row, and who says so.

    `anchor` is the row's name on the sheet of its plan; empty where the line is no row of one.
    """

    text: str
    mark: Mark = "text"
    source: Citation | None = None
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Some lines under a heading.

    With `cites`, who says so belongs to each line; else it may stand at the foot of the page.
    """

    heading: str
    lines: tuple[Line, ...]
    cites: bool = False


def part(heading: str, *lines: Line | None) -> Part | None:
    """A part of the lines that say something; None when none does."""
    said = tuple(line for line in lines if line is not None and line.text)
    return Part(heading, said) if said else None


def point(text: str, source: Citation | None = None, anchor: str = "") -> Line:
    """One of several that stand side by side."""
    return Line(text, "point", source, anchor)
