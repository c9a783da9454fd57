"""Who says so, in words."""

from hamstride.explain.parts import Citation
from hamstride.protocols.library import Library
from hamstride.protocols.model import Phase, Protocol, Sourced

_KIND = {
    "article": "Article",
    "guideline": "Guideline",
    "trial": "Trial",
    "cohort": "Cohort study",
    "review": "Review",
    "consensus": "Expert consensus",
    "practice": "Clinic practice",
}


def cited(row: Sourced | Protocol | Phase, library: Library) -> Citation:
    """Who stands behind a row: the kind of source, its title and the place in it."""
    source = library.sources[row.source]
    if source.kind == "our_choice":
        return Citation("Our own choice", row.where, ours=True)
    year = f", {source.year}" if source.year else ""
    return Citation(f"{_KIND[source.kind]}: “{source.title}”{year}", row.where)
