"""Files of the library as they were written, for pages that tell every row with its source."""

import tomllib
from importlib.resources import files
from typing import Any

from hamstride.protocols.loading import FactsFile, FiguresFile


def facts_file() -> FactsFile:
    """What facts are counted by, as it stands in the library."""
    return FactsFile.model_validate(_table("facts.toml"))


def figures_file(name: str) -> FiguresFile:
    """The figures of one file of the library, such as load.toml."""
    return FiguresFile.model_validate(_table(name))


def _table(name: str) -> dict[str, Any]:
    place = files("hamstride.protocols") / "library" / name
    return tomllib.loads(place.read_text(encoding="utf-8"))
