"""Cards to learn from: their text as data, each sentence with who says so.

A card is a file here, in the order of its number. A sentence names a source of the library that
was read or is quoted elsewhere: what is only remembered is not told as a fact.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, Literal

from pydantic import Field, ValidationError

from hamstride.errors import ProtocolError
from hamstride.protocols.faults import faults_of
from hamstride.protocols.loading import load
from hamstride.protocols.model import Model, Sourced, Text
from hamstride.protocols.nearest import known
from hamstride.protocols.reading import read_table
from hamstride.protocols.shelf import Source

_CARD_FILE = re.compile(r"\d\d_(\w+)\.toml", re.ASCII)

Picture = Literal["", "thigh", "stride", "speed", "slope", "scale", "whom"]
"""The drawing of a card, or the list that it is filled up with."""


class Said(Sourced):
    """A sentence or two, and who says so."""

    say: Text


class Piece(Model):
    """Some sentences under a heading; `id` is what a drawing links to."""

    heading: Text
    says: tuple[Said, ...] = Field(strict=False, min_length=1)
    id: str = ""


class Card(Model):
    """One thing to know, read in a minute and a half."""

    slug: str
    title: Text
    in_short: Text
    reviewed_on: date
    picture: Picture = ""
    pieces: tuple[Piece, ...] = Field(strict=False, min_length=1)

    @property
    def says(self) -> Iterator[Said]:
        """Every sentence with its source."""
        return (said for piece in self.pieces for said in piece.says)


class Word(Model):
    """A word that a runner meets here, and what it means."""

    word: Text
    means: Text
    card: str = ""


class WordsFile(Model):
    """words.toml."""

    words: tuple[Word, ...] = Field(strict=False)


@cache
def cards() -> Mapping[str, Card]:
    """Every card by its name in addresses, in their order."""
    return read_cards(files(__name__), load().sources)


@cache
def words() -> tuple[Word, ...]:
    """The words that a runner meets here, from A to Z."""
    found = WordsFile.model_validate(_table(files(__name__) / "words.toml", []))
    return tuple(sorted(found.words, key=lambda each: each.word.lower()))


def read_cards(folder: Traversable, sources: Mapping[str, Source]) -> dict[str, Card]:
    """The cards of a folder, in the order of their files.

    Raises
    ------
    ProtocolError
        With one line a fault: the file, the row, what was found and what is allowed.
    """
    faults: list[str] = []
    found: dict[str, Card] = {}
    for place in sorted(folder.iterdir(), key=lambda each: each.name):
        named = _CARD_FILE.fullmatch(place.name)
        card = _card(place, named[1].replace("_", "-"), faults) if named else None
        if card is not None:
            found[card.slug] = card
            faults += (f"{place.name}: {fault}" for fault in _unsourced(card, sources))
    if faults:
        raise ProtocolError(tuple(faults))
    return found


def _card(place: Traversable, slug: str, faults: list[str]) -> Card | None:
    table = {"slug": slug, **_table(place, faults)}
    try:
        return Card.model_validate(table)
    except ValidationError as error:
        faults += faults_of(place.name, table, error, Card)
        return None


def _table(place: Traversable, faults: list[str]) -> dict[str, Any]:
    return read_table(place, place.name, faults) or {}


def _unsourced(card: Card, sources: Mapping[str, Source]) -> Iterator[str]:
    """What keeps a card from being told: a sentence whose source nobody has looked at."""
    for said in card.says:
        if said.source not in sources:
            yield f"there is no source {said.source!r}. {known(said.source, sources)}"
        elif sources[said.source].read == "memory":
            yield f"{said.source!r} is cited from memory. Check it, or take the sentence out."
