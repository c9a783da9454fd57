"""The page of every row that no source stands behind but this project."""

from hamstride.explain.our_choices import Choice, Shelf, our_choices
from hamstride.protocols.library import Library
from tools.reference.markdown import page, table


def our_choices_page(library: Library) -> str:
    """Every row that no source stands behind but this project."""
    shelves = our_choices(library)
    blocks: list[str] = []
    for shelf in shelves:
        rows = ((_name(each), _says(each), each.why) for each in shelf.choices)
        blocks += [f"## {_title(shelf)}", table(("what", "says", "why, or from what"), rows)]
    count = sum(len(shelf.choices) for shelf in shelves)
    return page(
        "Our own choices",
        f"{count} rows where no source gives the number or the order, or where sources differ.\n"
        "They are the first ones to doubt.",
        *blocks,
    )


def _title(shelf: Shelf) -> str:
    return f"{shelf.title} (`{shelf.protocol}`)" if shelf.protocol else shelf.title


def _name(choice: Choice) -> str:
    own = f"`{choice.id}`" if choice.id else choice.kind
    return f"`{choice.phase}`, {own}" if choice.phase else own


def _says(choice: Choice) -> str:
    return choice.says or ", ".join(f"`{key} = {value}`" for key, value in choice.settings)
