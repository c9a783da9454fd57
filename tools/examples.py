"""Run the examples of the README and the documentation, and compare or renew what they show.

    python -m tools.examples                    put today's output where another one is shown
    python -m tools.examples --check [PAGE...]  tell what differs; exit code 1 if anything does

A `console` block is a session: a line after `$ ` is typed, the lines below it are its output,
and `…` on a line of its own stands for any lines. A `toml` block that opens with `# PATH` is a
file, or the end of one with `# at the end of PATH`. A page runs from top to bottom in a folder
of its own that holds what `hamstride demo` writes.
"""

import difflib
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from click.testing import CliRunner

from hamstride.cli import OF_THE_APP, main
from hamstride.demo.ana import write

ROOT = Path(__file__).parents[1]
BLOCK = re.compile(r"^```(console|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"# (at the end of )?([\w./-]+\.toml)\n")
HEAD = re.compile(r" \| head -(\d+)$")
ELIDED = "…"
DEMO = "demo-data"


@dataclass(frozen=True, slots=True)
class Typed:
    """A command of a page, and the lines that the page shows below it."""

    command: str
    shown: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ran:
    """A command of a page, and the lines that it printed."""

    typed: Typed
    printed: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        """Whether the page shows what was printed."""
        pieces = pieces_of(self.typed.shown)
        pattern = "(?:.*\n)*".join(re.escape("".join(f"{line}\n" for line in p)) for p in pieces)
        return re.fullmatch(pattern, "".join(f"{line}\n" for line in self.printed)) is not None


def pages() -> list[Path]:
    """The pages that hold an example."""
    every = (ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")))
    return [page for page in every if "```console" in page.read_text(encoding="utf-8")]


def run_page(text: str) -> Iterator[tuple[str, list[Ran]]]:
    """Each console block of a page with what its commands printed, in the current folder."""
    for kind, block in BLOCK.findall(text):
        if kind == "toml":
            _store(block)
        else:
            yield block, [Ran(each, _printed(each.command)) for each in _typed(block)]


def pieces_of(shown: tuple[str, ...]) -> list[list[str]]:
    """The lines between the elisions."""
    pieces: list[list[str]] = [[]]
    for line in shown:
        if line == ELIDED:
            pieces.append([])
        else:
            pieces[-1].append(line)
    return pieces


def _typed(block: str) -> Iterator[Typed]:
    for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
        command, *shown = part.rstrip("\n").split("\n")
        yield Typed(command, tuple(shown))


def _store(block: str) -> None:
    """Write the file that a block holds; a block that names none is only shown."""
    named = FILE.match(block)
    if named is None:
        return
    path = Path(named[2])
    path.parent.mkdir(parents=True, exist_ok=True)
    before = path.read_text(encoding="utf-8") + "\n" if named[1] else ""
    path.write_text(before + block[named.end() :], encoding="utf-8")


def _printed(command: str) -> tuple[str, ...]:
    most = HEAD.search(command)
    program, *arguments = shlex.split(HEAD.sub("", command))
    if program == "python3":
        subprocess.run([sys.executable, *arguments], check=True)  # noqa: S603
        return ()
    if program != "hamstride":
        raise ValueError(f"{command}: an example runs hamstride, or python3 to pack a zip")
    if arguments[0] in OF_THE_APP:
        # A store belongs to a process: Django is set up once in each.
        ran = subprocess.run(  # noqa: S603
            [sys.executable, "-m", program, *arguments], check=True, capture_output=True, text=True
        )
        lines = [line.rstrip() for line in ran.stdout.rstrip().split("\n")]
    else:
        lines = _in_here(arguments)
    return tuple(lines[: int(most[1])] if most else lines)


def _in_here(arguments: list[str]) -> list[str]:
    ran = CliRunner().invoke(main, arguments, prog_name="hamstride", catch_exceptions=False)
    return [line.rstrip() for line in ran.output.rstrip().split("\n")]


# Renewing


def renewed(ran: Ran) -> list[str]:
    """What the page would show: as many lines as before, at the places of the old ones."""
    first, *rest = pieces_of(ran.typed.shown)
    if not rest:
        return list(ran.printed)
    *inner, last = rest
    lines = [*ran.printed[: len(first)], ELIDED]
    for piece in inner:
        lines += [*_from(ran.printed, piece), ELIDED]
    return lines + list(ran.printed[len(ran.printed) - len(last) :])


def _from(printed: tuple[str, ...], piece: list[str]) -> list[str]:
    """The lines that open like a piece; the piece itself where none does."""
    if piece[0] not in printed:
        return piece
    start = printed.index(piece[0])
    return list(printed[start : start + len(piece)])


def _block(runs: list[Ran]) -> str:
    said = [f"$ {ran.typed.command}\n" + "".join(f"{x}\n" for x in renewed(ran)) for ran in runs]
    return "".join(said)


# The two uses


def check(page: Path) -> list[str]:
    """Where a page shows something else than is printed."""
    odd = []
    for _, runs in _run(page):
        for ran in (each for each in runs if not each.agrees):
            differs = difflib.unified_diff(
                list(ran.typed.shown), renewed(ran), "shown", "printed", lineterm="", n=0
            )
            odd += [f"{page.name}: $ {ran.typed.command}", *differs]
    return odd


def renew(page: Path) -> None:
    """Put today's output into a page."""
    text = page.read_text(encoding="utf-8")
    for block, runs in _run(page):
        if not all(ran.agrees for ran in runs):
            text = text.replace(block, _block(runs), 1)
    page.write_text(text, encoding="utf-8", newline="\n")


def _run(page: Path) -> list[tuple[str, list[Ran]]]:
    text = page.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder, chdir(folder):
        if DEMO in text:
            write(Path(DEMO))
        return list(run_page(text))


def run(arguments: list[str]) -> int:
    """The exit code of the tool."""
    if arguments[:1] != ["--check"]:
        for page in pages():
            renew(page)
        return 0
    asked = [Path(each).resolve() for each in arguments[1:]] or pages()
    odd = [line for page in asked for line in check(page)]
    for line in odd:
        sys.stdout.write(f"{line}\n")
    return 1 if odd else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
