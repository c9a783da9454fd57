"""The parts of an answer, as templates draw them."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def cells(row: Sequence[str]) -> SafeString:
    """The cells of a row of a table, at once: a loop in the template is slow for a thousand."""
    return format_html("<td>{}" * len(row), *row)


@register.filter
def who_says(part: Mapping[str, Any]) -> list[str]:
    """Who says what stands in a part, each source once, in the order of the lines."""
    found: dict[str, None] = {}
    for line in part["lines"]:
        source = line["source"]
        if source is not None:
            where = f": {source['where']}" if source["where"] else ""
            found[f"{source['title']}{where}"] = None
    return list(found)
