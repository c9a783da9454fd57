"""Where the articles do not agree, and which side our own plans take."""

import tomllib
from functools import cache
from importlib.resources import files

from pydantic import Field

from hamstride.protocols.model import Model, Sourced, Text


class Side(Model):
    """What one article says."""

    who: str
    says: Text


class Ground(Sourced):
    """Something that speaks for the side we take, and who says so."""

    say: Text


class Disagreement(Model):
    """One matter: who says what, what we follow, and why.

    What is `unchecked` was cited from memory; nothing rests on it.
    """

    id: str = Field(pattern=r"^A6-\d\d$")
    title: Text
    sides: tuple[Side, ...] = Field(strict=False, min_length=1)
    follow: tuple[Text, ...] = Field(strict=False, min_length=1)
    why: tuple[Ground, ...] = Field(strict=False, min_length=1)
    unchecked: tuple[Ground, ...] = Field(default=(), strict=False)


class DisagreementsFile(Model):
    """disagreements.toml."""

    disagreements: list[Disagreement]


@cache
def disagreements() -> tuple[Disagreement, ...]:
    """Every disagreement that we know of, in the order of the ledger."""
    place = files("hamstride.protocols") / "library" / "disagreements.toml"
    table = tomllib.loads(place.read_text(encoding="utf-8"))
    return tuple(DisagreementsFile.model_validate(table).disagreements)
