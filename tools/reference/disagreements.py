"""The page on where the articles contradict each other, for whoever reads the library."""

import re
from collections.abc import Iterable

from hamstride.explain.numbers import lower_first
from hamstride.explain.sources import KIND
from hamstride.protocols.disagreements import Disagreement, Ground, disagreements
from hamstride.protocols.library import Library
from hamstride.protocols.shelf import Source
from tools.reference.markdown import page, table

INITIALS = re.compile(" [A-Z]{1,3}$")
READ = {
    "read": "read",
    "secondary": "second hand",
    "memory": "remembered, to be checked",
    "computed": "our choice",
}


def disagreements_page(library: Library) -> str:
    """What each article says, which side our own plans follow, and why."""
    articles = [each for each in library.sources.values() if each.kind == "article"]
    rows = ((f"`{a.id}`", f"`{_plan(library, a.id)}`", a.title) for a in articles)
    return page(
        "Where the articles contradict each other",
        "Hamstride begins with five articles, and they do not agree.\n"
        "Each article's own plan in the library keeps to its article.\n"
        "Our merged plans (`strain`, `tendon`, `niggle`, `maintenance`) have to choose; this page "
        "says which side they follow, and why.\n"
        "The runner reads the same under How it decides.",
        "The sections bear the numbers A6-01 to A6-17 by which the "
        "[ledger of requirements](../requirements.toml) cites them.",
        table(("source", "plan in the library", "article"), rows),
        "What stands under “not checked yet” is cited from memory, and nothing rests on it.",
        *(_section(each, library) for each in disagreements()),
    )


def _plan(library: Library, article: str) -> str:
    return next(each.id for each in library.protocols.values() if each.source == article)


def _section(each: Disagreement, library: Library) -> str:
    sides = [f"- `{side.who}`: {lower_first(side.says)}" for side in each.sides]
    parts = [
        f"## {each.id}: {lower_first(each.title)}",
        "\n".join(sides),
        "We follow:",
        "\n".join(f"- {said}" for said in each.follow),
        "Why:",
        _grounds(each.why, library),
    ]
    if each.unchecked:
        parts += ["Not checked yet:", _grounds(each.unchecked, library, READ["memory"])]
    return "\n\n".join(parts)


def _grounds(grounds: Iterable[Ground], library: Library, read: str = "") -> str:
    return "\n".join(f"- {each.say} _{_who(each, library, read)}_" for each in grounds)


def _who(ground: Ground, library: Library, read: str) -> str:
    source = library.sources[ground.source]
    if source.kind == "our_choice":
        return f"{read or READ[source.read]}."
    return f"{_called(source)}, {KIND[source.kind].lower()}; {read or READ[source.read]}."


def _called(source: Source) -> str:
    """A source as papers call it, by its first author and year."""
    first = INITIALS.sub("", source.authors.partition(",")[0])
    return f"{first} {source.year}" if source.year else first
