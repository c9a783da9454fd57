"""The reference says what the program does today."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from hamstride.advise import advise
from hamstride.casefile import read_case
from hamstride.cli.advise import with_activities
from hamstride.demo.ana import days, write
from hamstride.explain import answer
from hamstride.protocols.loading import load

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "docs" / "reference"


def test_no_generated_page_is_stale() -> None:
    check = [sys.executable, "-m", "tools.make_reference", "--check"]

    found = subprocess.run(check, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603

    assert found.stdout + found.stderr == ""
    assert found.returncode == 0


def test_the_reference_has_a_page_for_every_protocol_that_ships() -> None:
    pages = {page.stem for page in (REFERENCE / "protocols").glob("*.md")}

    assert pages == {"index", "every-plan", *load().protocols}


def test_the_index_of_the_reference_names_every_file_of_it() -> None:
    index = (REFERENCE / "index.md").read_text(encoding="utf-8")

    files = {path.name for path in REFERENCE.iterdir() if path.is_file()} - {"index.md"}

    assert {name for name in files if f"]({name})" not in index} == set()


# The answer


def _paths(value: object, path: str = "") -> Iterator[str]:
    """The keys of an answer, as `a.b`, those of the rows of a list as `a[].b`."""
    if isinstance(value, dict):
        for key, below in value.items():
            name = "ID" if path == "facts" else key
            here = f"{path}.{name}" if path else name
            yield here
            yield from _paths(below, here)
    elif isinstance(value, list):
        for each in value:
            yield from _paths(each, f"{path}[]")


@cache
def _answered(folder: Path) -> frozenset[str]:
    library = load()
    file = write(folder)
    case = with_activities(read_case(file), folder, (), library)
    answers: list[Any] = [answer(advise(case, on, library)) for on, _ in days()]
    return frozenset(path for each in answers for path in _paths(json.loads(json.dumps(each))))


# Rows of a table that several keys share: what stands before the last name.
SHARED = (
    (r"^(today|gate)\.(reasons|recommended)\[\]", "REASON"),
    (r"^assessment\.causes\[\]\.(for|against)\[\]", "REASON"),
    (r"^(session|week\[\])\.items\[\]", "ITEM"),
    (r"^(session|week\[\])\.run(?=\.)", "RUN"),
)


def _short(path: str) -> str:
    for pattern, name in SHARED:
        path = re.sub(pattern, name, path)
    return path


def test_every_key_of_an_answer_is_told_of_and_no_other(tmp_path: Path) -> None:
    page = (REFERENCE / "answer.md").read_text(encoding="utf-8")
    told = set(re.findall(r"^\| `([^`]+)` \|", page, flags=re.MULTILINE))

    answered = {_short(path) for path in _answered(tmp_path)} - {"REASON", "ITEM"}

    assert answered - told == set()
    assert told - answered == set()
