"""Who says so, in words."""

from hamstride.explain.parts import Citation
from hamstride.protocols.library import Library
from hamstride.protocols.model import Phase, Protocol, Sourced
from hamstride.protocols.shelf import Source

KINDS = {
    "article": "Articles",
    "guideline": "Guidelines",
    "consensus": "Expert consensus",
    "review": "Reviews",
    "trial": "Trials",
    "cohort": "Cohort studies",
    "practice": "Clinic practice",
    "our_choice": "Our own choices",
}
"""Headings of lists of sources, in the order in which they are told."""
HOW_READ = {
    "read": "read in part: its abstract, a table or a page",
    "secondary": "known through other publications",
    "memory": "cited from memory; to be checked",
    "computed": "worked out from published figures",
}
OURS = "Our own choice"
KIND = {
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
        return Citation(OURS, row.where, ours=True, badge=OURS, id=source.id)
    year = f", {source.year}" if source.year else ""
    title = f"{KIND[source.kind]}: “{source.title}”{year}"
    return Citation(title, row.where, badge=_badge(source), id=source.id)


def _badge(source: Source) -> str:
    """The kind of somebody else's source and its year, as short as fits beside a sentence."""
    return f"{KIND[source.kind]}, {source.year}" if source.year else KIND[source.kind]


def how_read(source: Source) -> str:
    """How a source was read; empty for our own choice, which nobody can read."""
    if source.kind == "our_choice":
        return ""
    return "read in full" if source.kind == "article" else HOW_READ[source.read]
