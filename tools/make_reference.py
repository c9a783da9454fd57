"""Write the pages of `docs/reference` that the program can tell by itself.

    python -m tools.make_reference            write them, and remove those of protocols that went
    python -m tools.make_reference --check    name those that are stale; exit code 1 if any is

The pages come from the library, the runner's file, the command line and nothing else, so a
changed rule changes its page. A test runs the check.
"""

import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from hamstride.protocols.library import Library
from hamstride.protocols.loading import load
from hamstride.protocols.model import Phase, Protocol
from tools.reference.disagreements import disagreements_page
from tools.reference.doors import command_line_page, runner_file_page
from tools.reference.our_choices import our_choices_page
from tools.reference.rules import every_plan_page, facts_page, protocol_page, protocols_page
from tools.reference.schemas import schema_text
from tools.reference.shelf import exercises_page, red_flags_page, sources_page, tests_page

FOLDER = Path(__file__).parents[1] / "docs" / "reference"


def pages() -> dict[str, str]:
    """Every generated page by its path within `docs/reference`."""
    library = load()
    makers: dict[str, Callable[[Library], str]] = {
        "facts.md": facts_page,
        "exercises.md": exercises_page,
        "tests.md": tests_page,
        "red-flags.md": red_flags_page,
        "sources.md": sources_page,
        "our-choices.md": our_choices_page,
        "../explanation/contradictions.md": disagreements_page,
        "runner-file.md": lambda _: runner_file_page(),
        "command-line.md": lambda _: command_line_page(),
        "protocols/index.md": protocols_page,
        "protocols/every-plan.md": every_plan_page,
        "protocol.schema.json": lambda each: schema_text(Protocol, each),
        "phase.schema.json": lambda each: schema_text(Phase, each),
    }
    found = {name: make(library) for name, make in makers.items()}
    for protocol in library.protocols.values():
        found[f"protocols/{protocol.id}.md"] = protocol_page(protocol, library)
    return found


def stale(made: Mapping[str, str]) -> list[str]:
    """The pages that differ from what would be written, and those that nothing writes."""
    differ = [name for name, text in made.items() if _stored(name) != text]
    there = (path.relative_to(FOLDER).as_posix() for path in FOLDER.glob("protocols/*"))
    return sorted([*differ, *(name for name in there if name not in made)])


def _stored(name: str) -> str | None:
    path = FOLDER / name
    return path.read_text(encoding="utf-8") if path.is_file() else None


def write(made: Mapping[str, str]) -> None:
    """Write every page, and remove those of protocols that are gone."""
    for name in stale(made):
        path = FOLDER / name
        if name not in made:
            path.unlink()
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made[name], encoding="utf-8", newline="\n")


def run(arguments: list[str]) -> int:
    """The exit code of the tool."""
    made = pages()
    if arguments != ["--check"]:
        write(made)
        return 0
    found = stale(made)
    for name in found:
        sys.stdout.write(f"docs/reference/{name} is stale: run python -m tools.make_reference\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
