"""Points that are all written alike, taken out of the bytes by the thousand.

A handler for every element costs more than everything else together. But a device writes all
its points in one order, so that order is learned from a few of them and becomes one regular
expression, whose groups are the columns. It is strict: plain tags, plain numbers, everything
closed. What it takes out is well-formed for certain; what is left, a few odd points among it,
goes through expat as ever. A file with many odd points is read element by element instead, with
the same result.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, compress

from hamstride.readers.xml_numbers import Texts

_BLOCK = 256 * 1024
_FEWEST_BYTES = 8 * 1024
_SAMPLES = 12
_DEEPEST = 12
_MOST_UNLIKE = 60
_NO_DIGITS = dict.fromkeys(map(ord, "0123456789"))
# Possessive, since going back never helps: what follows can be no part of them.
_BLANK = r"[ \t\r\n]*+"
_NUMBER = r"([0-9A-Za-z:.+\-]*+)"
_PLAIN_TEXT = r"[\t\r\n !-%'-;=?-\\^-~]*+"
_TOKEN = re.compile(r"<(/?)([^<>]*[^<>/])(/?)>([^<]*)")
_VALUE = re.compile(r'"[^"]*"')
_TEXT = re.compile(r">\s*+[^<]+")
_NAME = r"[A-Za-z_][A-Za-z0-9_:.\-]*"
_TAG = re.compile(rf"""({_NAME})((?:[ \t\r\n]+{_NAME}="[ !#-%'-;=?-~]*")*)[ \t\r\n]*""")
_ATTRIBUTE = re.compile(rf"""[ \t\r\n]+({_NAME})="[^"]*\"""")


@dataclass(slots=True)
class _Element:
    """An element of a point and how it is written, with what can stand in it, in order."""

    name: str
    tags: set[str] = field(default_factory=set)
    empty_tags: set[str] = field(default_factory=set)
    has_text: bool = False
    children: list["_Element"] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a point looks like, and which column each group of it is."""

    point: str
    regex: re.Pattern[str]
    slots: tuple[int, ...]
    depth: int


@dataclass(frozen=True, slots=True)
class Run:
    """Points that follow each other, column by column."""

    texts: Mapping[int, Texts]
    count: int


class NotAlikeError(Exception):
    """Some point is written in another way; never shown to anyone."""


def learn(
    data: bytes, point: str, slots: Mapping[str, int], attributes: Mapping[str, int]
) -> Pattern | None:
    """The pattern of a file's points; None where there are too few or they are no plain ones."""
    if len(data) < _FEWEST_BYTES:
        return None
    samples = {sample.translate(_NO_DIGITS): sample for sample in _samples(data, point.encode())}
    shapes = tuple(dict.fromkeys(map(_shape, samples.values())))
    return _pattern(shapes, point, tuple(slots.items()), tuple(attributes.items()))


@lru_cache(maxsize=128)
def _pattern(
    shapes: tuple[str, ...],
    point: str,
    slots: tuple[tuple[str, int], ...],
    attributes: tuple[tuple[str, int], ...],
) -> Pattern | None:
    """The pattern of points of these shapes; remembered, since a folder is of few devices."""
    root = _Element(point)
    if not all(_merge(shape, root) for shape in shapes):
        return None
    if not root.tags or root.empty_tags or root.has_text:
        return None
    found: list[int] = []
    try:
        head = _point_tag(root, dict(attributes), found)
        body = "".join(_regex(child, dict(slots), found) for child in root.children)
    except NotAlikeError:
        return None
    regex = re.compile(f"{head}{_BLANK}{body}</{re.escape(point)}>{_BLANK}")
    return Pattern(point, regex, tuple(found), _depth(root) - 1)


def take_apart(data: bytes, start: int, pattern: Pattern) -> Iterator[bytes | Run]:
    """The file in order: runs of points, and the bytes around them.

    Raises
    ------
    NotAlikeError
        Too many points are not like the others, so that going back and forth costs more than
        it saves.
    """
    stride = len(pattern.slots) + 1
    opening = f"<{pattern.point}"
    at, unlike = start, 0
    while at < len(data):
        end = data.find(opening.encode(), at + _BLOCK)
        end = len(data) if end < 0 else end
        flat = pattern.regex.split(data[at:end].decode("latin-1"))
        around = flat[::stride]
        begins = 0
        for index in chain(compress(range(len(around) - 1), around), [len(around) - 1]):
            if index > begins:
                first, last = begins * stride, index * stride
                columns = {
                    slot: flat[first + 1 + group : last : stride]
                    for group, slot in enumerate(pattern.slots)
                }
                yield Run(columns, index - begins)
                begins = index
            unlike += around[index].count(opening)
            if unlike > _MOST_UNLIKE:
                raise NotAlikeError
            yield around[index].encode("latin-1")
        at = end


def _shape(sample: str) -> str:
    """A point without what differs from one to the next: its attributes and texts."""
    tag, end, inside = sample.partition(">")
    return _VALUE.sub('""', tag) + _TEXT.sub(">0", end + inside)


def _samples(data: bytes, name: bytes) -> Iterator[str]:
    """Some points, most from the beginning: there a sensor may still be missing."""
    opening, closing = b"<" + name, b"</" + name + b">"
    at = 0
    for number in range(2 * _SAMPLES):
        if number > _SAMPLES:
            at = max(at, len(data) * (number - _SAMPLES) // _SAMPLES)
        start = data.find(opening, at)
        end = data.find(closing, start)
        if start < 0 or end < 0:
            return
        at = end + len(closing)
        yield data[start:at].decode("latin-1")


def _merge(sample: str, root: _Element) -> bool:
    """Add what one point shows; False if it is not made of plain elements."""
    open_elements: list[_Element] = []
    places: list[int] = []
    at = 0
    for token in _TOKEN.finditer(sample):
        closing, tag, empty, text = token.groups()
        if token.start() != at or (text.strip() and (closing or empty)):
            return False
        at = token.end()
        if closing:
            if not open_elements or open_elements.pop().name != tag:
                return False
            places.pop()
            continue
        match = _TAG.fullmatch(tag)
        if match is None:
            return False
        attributes = _ATTRIBUTE.findall(match.group(2))
        if len(attributes) != len(set(attributes)):
            return False
        element = root
        if open_elements:
            element = _child(open_elements[-1], match.group(1), places)
        if empty:
            element.empty_tags.add(tag)
            continue
        element.tags.add(tag)
        element.has_text |= bool(text.strip())
        if len(open_elements) > _DEEPEST:
            return False
        open_elements.append(element)
        places.append(0)
    return at == len(sample) and not open_elements


def _child(parent: _Element, name: str, places: list[int]) -> _Element:
    """The child of that name, at or behind the place where the last one stood."""
    names = [child.name for child in parent.children]
    if name in names:
        places[-1] = names.index(name) + 1
    else:
        parent.children.insert(places[-1], _Element(name))
        places[-1] += 1
    return parent.children[places[-1] - 1]


def _point_tag(root: _Element, attributes: Mapping[str, int], found: list[int]) -> str:
    """The opening tag of a point, with groups for the attributes that are columns."""
    orders = {tuple(_ATTRIBUTE.findall(tag)) for tag in root.tags}
    if len(orders) != 1:
        raise NotAlikeError
    regex = f"<{re.escape(root.name)}"
    for attribute in orders.pop():
        if attribute not in attributes or attributes[attribute] in found:
            raise NotAlikeError
        found.append(attributes[attribute])
        regex += rf'[ \t\r\n]+{attribute}="{_NUMBER}"'
    return f"{regex}{_BLANK}>"


def _regex(element: _Element, slots: Mapping[str, int], found: list[int]) -> str:
    """An element that may be there or not."""
    mixed = element.has_text and element.children
    if len(element.tags) > 1 or len(element.empty_tags) > 1 or mixed:
        raise NotAlikeError
    ways = [f"<{re.escape(tag)}/>" for tag in element.empty_tags]
    for tag in element.tags:
        slot = slots.get(element.name.rpartition(":")[2].lower())
        if element.children:
            body = _BLANK + "".join(_regex(child, slots, found) for child in element.children)
        elif slot is None:
            body = _PLAIN_TEXT
        elif slot in found:
            raise NotAlikeError
        else:
            found.append(slot)
            body = _NUMBER
        ways.append(f"<{re.escape(tag)}>{body}</{re.escape(element.name)}>")
    return f"(?:(?:{'|'.join(ways)}){_BLANK})?+"


def _depth(element: _Element) -> int:
    return 1 + max((_depth(child) for child in element.children), default=0)
