"""What the pages show is what the program prints."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    page.relative_to(ROOT).as_posix()
    for page in (ROOT / "README.md", *(ROOT / "docs").rglob("*.md"))
    if "```console" in page.read_text(encoding="utf-8")
)
FIRST, LAST = "Usage: hamstride demo [OPTIONS]", "  -h, --help    Show this message and exit."


def _check(*pages: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tools.examples", "--check", *map(str, pages)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603


def _page(folder: Path, *lines: str) -> Path:
    page = folder / "page.md"
    page.write_text("\n".join(["```console", *lines, "```", ""]), encoding="utf-8")
    return page


@pytest.mark.parametrize("page", PAGES)
def test_every_command_of_a_page_prints_what_the_page_shows(page: str) -> None:
    found = _check(ROOT / page)

    assert found.stdout + found.stderr == ""
    assert found.returncode == 0


def test_the_readme_and_both_tutorials_hold_a_session() -> None:
    promised = {
        "README.md",
        "docs/tutorial/first-answer.md",
        "docs/tutorial/write-a-protocol.md",
    }

    assert promised <= set(PAGES)


def test_an_elision_stands_for_any_lines(tmp_path: Path) -> None:
    page = _page(tmp_path, "$ hamstride demo --help", FIRST, "…", LAST)

    assert _check(page).returncode == 0


@pytest.mark.parametrize(
    "shown",
    [
        [FIRST],  # the rest is missing, and nothing says so
        [FIRST, "…", "  Another last line."],
        [FIRST + " …"],  # an elision is a line of its own
        ["Usage: hamstride", "…", LAST],
    ],
)
def test_a_page_that_shows_something_else_is_told(tmp_path: Path, shown: list[str]) -> None:
    page = _page(tmp_path, "$ hamstride demo --help", *shown)

    found = _check(page)

    assert found.returncode == 1
    assert found.stdout.startswith("page.md: $ hamstride demo --help\n")
