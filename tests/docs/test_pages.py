"""What every page of the documentation keeps to."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
GENERATED = "Generated, do not edit"
WRITTEN = [page for page in PAGES if GENERATED not in page.read_text(encoding="utf-8")]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
# Of the style: short words, nothing belittled, nobody shouted at.
AVOIDED = re.compile(
    r"\b(?:simply|just|please note|obviously|powerful|seamless\w*|leverag\w+)\b|!(?=\s|$)",
    re.IGNORECASE,
)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _prose(page: Path) -> list[str]:
    """The lines of a page outside its blocks of code."""
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    return text.splitlines()


def _links(page: Path) -> set[Path]:
    found = LINK.findall(page.read_text(encoding="utf-8"))
    return {(page.parent / link).resolve() for link in found if "://" not in link}


def test_every_page_is_reached_from_the_readme() -> None:
    reached, todo = set(), [ROOT / "README.md"]
    while todo:
        page = todo.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        todo += _links(page)

    assert {_name(page) for page in PAGES if page not in reached} == set()


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_a_page_has_one_title_and_it_stands_first(page: Path) -> None:
    lines = _prose(page)

    assert lines[0].startswith("# ")
    assert [line for line in lines if line.startswith("# ")] == lines[:1]


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_a_written_page_keeps_to_plain_words(page: Path) -> None:
    assert [line for line in _prose(page) if AVOIDED.search(line)] == []


@pytest.mark.parametrize("page", WRITTEN, ids=_name)
def test_a_written_page_has_one_sentence_a_line(page: Path) -> None:
    prose = [line for line in _prose(page) if line[:1].isalpha()]

    assert [line for line in prose if re.search(r"[.?] [A-Z]", line)] == []
