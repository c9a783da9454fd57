"""The rules of the house that a machine can keep."""

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

import hamstride

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "hamstride"
# Django writes migrations, and nobody reads them like the rest.
MODULES = sorted(path for path in SOURCE.rglob("*.py") if not path.match("migrations/0*.py"))

# Where the project's own files lie; what tools leave beside them is nobody's text.
FOLDERS = (".ci", "src", "tests", "tools", "bench", "docs")
BESIDE_THEM = {"Makefile", "LICENSE", ".gitignore", ".editorconfig"}
TEXT = {".md", ".py", ".toml", ".txt", ".json", ".cfg", ".yml", ".html", ".css", ".js", ".svg"}

# Written in halves, so that this file may be searched like the others.
MACHINE_PATHS = ("/" + "work/", "/" + "root/")
REGISTRIES = ("pypi" + ".org", "files.python" + "hosted", "index" + "-url", "find" + "-links")

LONGEST_FUNCTION = 40
LONGEST_MODULE = 400
GENERATED = "Generated, do not edit"

# Longer on purpose: "module.py:function" and why.
LONG_FUNCTIONS: dict[str, str] = {}

# The front doors: only they may ask what day it is.
ASKS_THE_TIME = {"cli", "web"}


def _files() -> Iterator[Path]:
    yield from (path for path in ROOT.iterdir() if path.suffix in TEXT or path.name in BESIDE_THEM)
    for folder in FOLDERS:
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in TEXT or (path.is_file() and not path.suffix):
                yield path


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _tree(module: Path) -> ast.Module:
    return ast.parse(module.read_text(encoding="utf-8"))


def _lines_holding(*fragments: str) -> list[str]:
    return [
        f"{_name(path)}:{number}: {line.strip()[:100]}"
        for path in _files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if any(fragment in line for fragment in fragments)
    ]


def _functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def _undocumented(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    """Public names without a docstring, classes searched as well."""
    for child in node.body:
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        if child.name.startswith("_") or child.name == "Meta":
            continue  # what Django asks of a model
        if ast.get_docstring(child) is None:
            yield f"{prefix}:{child.lineno}: {child.name}"
        if isinstance(child, ast.ClassDef):
            yield from _undocumented(child, prefix)


# Versions


def test_the_changelog_opens_with_the_version_of_the_package() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")

    newest = re.search(r"^## (\S+)", changelog, flags=re.MULTILINE)

    assert newest is not None
    assert newest[1] == hamstride.__version__


def test_the_readme_names_no_other_version_than_the_package_has() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")

    named = set(re.findall(r"hamstride(?:==|[ -]v?)(\d+\.\d+\.\d+)", readme, flags=re.IGNORECASE))

    assert named <= {hamstride.__version__}


def test_the_version_is_written_in_one_place() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

    assert settings["project"]["dynamic"] == ["version"]
    assert settings["tool"]["hatch"]["version"]["path"] == "src/hamstride/__init__.py"


# Texts


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    assert _lines_holding(*MACHINE_PATHS) == []


def test_no_file_names_a_package_registry() -> None:
    allowed = {"Makefile"}  # there, to keep them out of the requirements

    found = [line for line in _lines_holding(*REGISTRIES) if line.split(":")[0] not in allowed]

    assert found == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_requirements_are_pins_and_hashes_and_nothing_else(name: str) -> None:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()

    pin = re.compile(r"[a-z0-9-]+==[0-9][\w.]*( ; [^/]+)? \\")
    digest = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
    odd = [line for line in lines if not pin.fullmatch(line) and not digest.fullmatch(line)]
    assert odd == []
    assert len(lines) > 100  # about thirty hashes a compiled package


def test_what_runs_is_pinned_alike_for_running_and_for_developing() -> None:
    pins = {
        name: set(re.findall(r"^\S+==\S+", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE))
        for name in ("requirements.txt", "requirements-dev.txt")
    }

    assert pins["requirements.txt"] < pins["requirements-dev.txt"]


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md"])
def test_every_make_target_that_is_told_of_exists(name: str) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z]+):", makefile, flags=re.MULTILINE))

    told = set(re.findall(r"(?:`|^ *(?:\$ )?)make ([a-z]+)", _text(name), flags=re.MULTILINE))

    assert told <= targets


@pytest.mark.parametrize("name", sorted(_name(path) for path in _files() if path.suffix == ".md"))
def test_every_link_to_a_file_leads_somewhere(name: str) -> None:
    folder = (ROOT / name).parent
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", _text(name))

    lost = [link for link in links if "://" not in link and not (folder / link).exists()]

    assert lost == []


def test_the_glossary_is_in_alphabetical_order() -> None:
    terms = re.findall(r"^\*\*(.+?)\*\*", _text("GLOSSARY.md"), flags=re.MULTILINE)

    assert terms == sorted(terms, key=lambda term: re.sub("[^a-z0-9]", "", term.lower()))
    assert len(terms) == len(set(terms))


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


# Code


def test_every_module_function_and_class_that_is_public_says_what_it_is() -> None:
    silent: list[str] = []
    for module in MODULES:
        tree = _tree(module)
        if tree.body and ast.get_docstring(tree) is None:
            silent.append(_name(module))
        silent.extend(_undocumented(tree, _name(module)))

    assert silent == []


def test_every_docstring_opens_with_one_sentence_on_one_line() -> None:
    odd: list[str] = []
    for module in MODULES:
        for node in ast.walk(_tree(module)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                said = ast.get_docstring(node)
                if said and said.splitlines()[0][-1] not in ".?":
                    odd.append(f"{_name(module)}: {said.splitlines()[0]}")

    assert odd == []


def test_a_function_fits_a_screen() -> None:
    long = {
        f"{module.relative_to(SOURCE).as_posix()}:{function.name}": length
        for module in MODULES
        for function in _functions(_tree(module))
        if (length := _length(function)) > LONGEST_FUNCTION
    }

    assert set(long) == set(LONG_FUNCTIONS), long


def _length(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines from `def` to the end; a docstring is for reading and does not count."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def test_a_module_is_read_in_an_evening() -> None:
    texts = {_name(module): module.read_text(encoding="utf-8") for module in MODULES}

    long = {
        name: lines
        for name, text in texts.items()
        if (lines := len(text.splitlines())) > LONGEST_MODULE and GENERATED not in text
    }

    assert long == {}


def test_only_the_front_doors_ask_what_time_it_is() -> None:
    asking = [
        f"{_name(module)}:{node.lineno}"
        for module in MODULES
        if module.relative_to(SOURCE).parts[0] not in ASKS_THE_TIME
        for node in ast.walk(_tree(module))
        if isinstance(node, ast.Attribute) and node.attr in {"now", "today", "utcnow"}
        if isinstance(node.value, ast.Name) and node.value.id in {"date", "datetime", "dt"}
    ]

    assert asking == []
