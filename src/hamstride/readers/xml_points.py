"""Streams an XML file through expat into rows of points.

GPX and TCX differ only in names, so each is a `Layout`: which element is a point, which of its
descendants are values, and what to do with the elements around points. Namespaces are not
looked at: real files use prefixes that nobody declared. Any DOCTYPE is refused, which leaves no
entities, no outside files and no entity bombs.
"""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Protocol, TypeVar
from xml.parsers import expat

from hamstride.errors import TooLargeError, UnsupportedFileError
from hamstride.readers.limits import Limits, size_text
from hamstride.readers.xml_alike import NotAlikeError, Run, learn, take_apart
from hamstride.readers.xml_columns import Columns, Row
from hamstride.records import Finding

_BLOCK = 64 * 1024
_POINTS = b"<?hamstride-points?>"
_BLANKS = re.compile(rb"\s*")
_DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([^"'>]{1,40})["']""")
# expat reads these without help; what it cannot read is refused by name, never guessed.
_KNOWN = re.compile(r"utf-?8|utf-?16|(us-)?ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d", re.I)
_TAG = re.compile(rb"""<(?:[^"'<>]|"[^"<]*+"|'[^'<]*+')*+""")
_CODES = expat.errors.codes
_CUT_OFF = (
    expat.errors.XML_ERROR_NO_ELEMENTS,
    expat.errors.XML_ERROR_UNCLOSED_TOKEN,
    expat.errors.XML_ERROR_PARTIAL_CHAR,
    expat.errors.XML_ERROR_UNCLOSED_CDATA_SECTION,
)
_BYTE_ORDER_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_BARE_UTF_16 = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


class Layout(Protocol):
    """What the names of one kind of file mean."""

    point: str
    slots: Mapping[str, int]
    attribute_slots: Mapping[str, int]
    texts: frozenset[str]

    def columns(self) -> Columns | None:
        """Where the next point goes; None where points are none of ours."""

    def row(self, attributes: Mapping[str, str], /) -> Row:
        """A new point, as far as its attributes tell."""

    def opened(self, name: str, attributes: Mapping[str, str]) -> None:
        """An element outside the points begins."""

    def closed(self, name: str, text: str, parent: str) -> None:
        """An element outside the points ends; `text` only for those in `texts`."""


AnyLayout = TypeVar("AnyLayout", bound=Layout)


def parse(
    data: bytes, new_layout: Callable[[], AnyLayout], *, file: str, limits: Limits
) -> tuple[AnyLayout, Finding | None]:
    """A layout fed with a whole file; a syntax error comes back as a finding."""
    data, start, encoding = _as_expat_reads(data, file)
    _check_size(data, file, limits)
    layout = new_layout()
    if _parse_alike(data, start, _Walker(layout, file, limits, encoding)):
        return layout, None
    layout = new_layout()
    walker = _Walker(layout, file, limits, encoding)
    blank_lines = data.count(b"\n", 0, start)
    view = memoryview(data)
    try:
        for at in range(start, len(data), _BLOCK):
            walker.parser.Parse(view[at : at + _BLOCK], False)
        walker.parser.Parse(b"", True)
    except expat.ExpatError as error:
        return layout, _syntax_finding(error, data[start:], blank_lines)
    finally:
        walker.let_go()
    return layout, None


def _parse_alike(data: bytes, start: int, walker: "_Walker") -> bool:
    """Whether the file could be read by what all its points look like."""
    layout = walker.layout
    pattern = learn(data, layout.point, layout.slots, layout.attribute_slots)
    try:
        if pattern is None:
            return False
        for piece in take_apart(data, start, pattern):
            if isinstance(piece, Run):
                walker.take(piece, pattern.depth)
            elif _POINTS in piece:
                return False
            else:
                walker.parser.Parse(piece, False)
        walker.parser.Parse(b"", True)
    except (NotAlikeError, expat.ExpatError):
        return False
    finally:
        walker.let_go()
    return True


def root_name(data: bytes) -> str | None:
    """The name of the outermost element without its prefix; None if this is not XML.

    A DOCTYPE ends the search with the name that it declares: `html` is a web page.
    """
    try:
        data, start, encoding = _as_expat_reads(data[:_BLOCK], "")
    except UnsupportedFileError:
        return None
    names: list[str] = []
    parser = expat.ParserCreate(encoding)

    def found(name: str, *_rest: object) -> None:
        names.append(name)
        parser.StartElementHandler = parser.StartDoctypeDeclHandler = None
        raise StopIteration

    parser.StartElementHandler = parser.StartDoctypeDeclHandler = found
    with suppress(StopIteration, expat.ExpatError, ValueError, LookupError):
        parser.Parse(data[start:], False)
    return names[0].rpartition(":")[2] if names else None


def declared_encoding(data: bytes) -> str | None:
    """The encoding that the first line names."""
    found = _DECLARED.search(data[:400])
    return found.group(1).decode("ascii", "replace") if found else None


def _as_expat_reads(data: bytes, file: str) -> tuple[bytes, int, str | None]:
    """The bytes, where the XML starts in them, and the encoding if it is not as declared."""
    if data[:3] == b"\xef\xbb\xbf":
        return data, _BLANKS.match(data, 3).end(), "UTF-8"  # type: ignore[union-attr]
    for mark, codec in _BYTE_ORDER_MARKS:
        if data[:2] == mark:
            text = data[2:].decode(codec, "replace").lstrip()
            return text.encode("utf-8", "replace"), 0, "UTF-8"
    for mark, codec in _BARE_UTF_16:
        if data[:2] == mark:
            return data.decode(codec, "replace").encode("utf-8", "replace"), 0, "UTF-8"
    named = declared_encoding(data)
    if named and not _KNOWN.fullmatch(named):
        raise UnsupportedFileError(
            f"{file}: it says it is written in {named[:40]!r}, which is not read. "
            "Save it as UTF-8, or export it again."
        )
    return data, _BLANKS.match(data).end(), None  # type: ignore[union-attr]


def _check_size(data: bytes, file: str, limits: Limits) -> None:
    """Caps that can be had for a scan of the bytes, before expat builds anything."""
    # The shortest element has four bytes.
    elements = 0
    if len(data) > 4 * limits.xml_elements:
        elements = data.count(b"<") - data.count(b"</")
    if elements > limits.xml_elements:
        raise TooLargeError(
            f"{file}: it holds {elements:,} elements, and {limits.xml_elements:,} is the most "
            "that is read. Split it into single activities."
        )
    # A tag holds no other "<", so a long tag is a long stretch without one. Then look closer.
    longest = limits.xml_attribute_bytes
    half = longest // 2
    if all(data.find(b"<", at, at + half) >= 0 for at in range(0, len(data) - half, half)):
        return
    for stretch in re.finditer(rb"<[\w:][^<]{%d}" % longest, data):
        tag = _TAG.match(data, *stretch.span())
        if tag is None or data[tag.end() : tag.end() + 1] != b">":
            raise TooLargeError(
                f"{file}: one of its elements has more than {size_text(longest)} of attributes, "
                "which no activity file has. Export it again."
            )


def _syntax_finding(error: expat.ExpatError, data: bytes, blank_lines: int) -> Finding:
    line = error.lineno + blank_lines
    where = f"line {line}, column {error.offset + 1}"
    named = declared_encoding(data) or "UTF-8"
    if error.code == _CODES[expat.errors.XML_ERROR_INCORRECT_ENCODING] or (
        error.code == _CODES[expat.errors.XML_ERROR_INVALID_TOKEN]
        and _breaks_utf_8(data, error.lineno, named)
    ):
        say = f"The file says that it is written in {named}, and at {where} it is not."
        return Finding("wrong_encoding", say, line)
    cut = error.code in {_CODES[name] for name in _CUT_OFF}
    say = f"The file {'ends too early' if cut else 'cannot be read on'}, at {where}."
    return Finding("syntax", say, line)


def _breaks_utf_8(data: bytes, line: int, named: str) -> bool:
    if named.lower() not in {"utf-8", "utf8"}:
        return False
    try:
        data.split(b"\n", line)[line - 1].decode("utf-8")
    except UnicodeDecodeError:
        return True
    return False


class _Walker:
    """Expat's handlers: one pair outside points, a shorter pair inside them.

    Inside a point only a counter is kept of the depth, and the texts of elements that are no
    column are thrown away unread; nine tenths of the time is spent there.
    """

    def __init__(self, layout: Layout, file: str, limits: Limits, encoding: str | None) -> None:
        self.layout, self.file, self.limits = layout, file, limits
        self.path: list[str] = []
        self.texts: list[str] = []
        self.slots: dict[str, int] = {}
        self.room = limits.xml_depth
        self.depth = 0
        self.inside = False
        self.row: Row = []
        self.waiting: Run | None = None
        self.columns = Columns()
        self.parser = expat.ParserCreate(encoding)
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self._inside = (self._open_inside, self._close_inside, self.texts.append)
        self._outside = (self._open, self._close, self.texts.append)
        self._handle(self._outside)

    def _handle(self, handlers: tuple[object, object, object]) -> None:
        parser = self.parser
        parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = handlers  # type: ignore[assignment]

    def let_go(self) -> None:
        """Break the cycle with the parser, so that memory is free at once."""
        self._handle((None, None, None))
        self.parser.StartDoctypeDeclHandler = None
        self.parser.ProcessingInstructionHandler = None

    def _doctype(self, name: str, *_rest: object) -> None:
        raise UnsupportedFileError(
            f"{self.file}: it begins with a DOCTYPE ({name[:40]}), which activity files do not "
            "have. Export it again from the watch or the service."
        )

    def _too_deep(self) -> TooLargeError:
        return TooLargeError(
            f"{self.file}: its elements are nested more than {self.limits.xml_depth} deep, "
            f"at line {self.parser.CurrentLineNumber}. Export it again."
        )

    # Whole runs of points

    def take(self, run: Run, depth: int) -> None:
        """Take points that were cut out of the bytes, if points can stand here at all.

        An instruction is put where they stood. Within a comment or a text expat does not see it,
        and then they are no points; nor are they within another point.
        """
        self.waiting = run
        self.parser.ProcessingInstructionHandler = self._take_waiting
        self.parser.Parse(_POINTS, False)
        untaken = self.waiting is run
        if untaken or not self.path:
            raise NotAlikeError
        if len(self.path) + 1 + depth > self.limits.xml_depth:
            raise self._too_deep()

    def _take_waiting(self, _target: str, _text: str) -> None:
        if self.inside:
            return
        run, self.waiting = self.waiting, None
        columns = self.layout.columns()
        if run is not None and columns is not None:
            columns.extend(run.texts, run.count)

    # Outside points

    def _open(self, name: str, attributes: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        layout = self.layout
        self.texts.clear()
        if local == layout.point:
            columns = layout.columns()
            if columns is not None:
                self.columns = columns
                self.row = layout.row(attributes)
                self.room = self.limits.xml_depth - len(self.path) - 1
                self.inside = True
                self._handle(self._inside)
                return
        if len(self.path) >= self.limits.xml_depth:
            raise self._too_deep()
        self.path.append(local)
        layout.opened(local, attributes)

    def _close(self, _name: str) -> None:
        local = self.path.pop()
        text = "".join(self.texts) if local in self.layout.texts else ""
        self.layout.closed(local, text, self.path[-1] if self.path else "")
        self.texts.clear()

    # Inside a point

    def _open_inside(self, _name: str, _attributes: dict[str, str]) -> None:
        self.depth += 1
        self.texts.clear()
        if self.depth > self.room:
            raise self._too_deep()

    def _close_inside(self, name: str) -> None:
        if not self.depth:
            self.columns.add(self.row)
            self.inside = False
            self._handle(self._outside)
            return
        self.depth -= 1
        try:
            slot = self.slots[name]
        except KeyError:
            slot = self._slot(name)
        texts = self.texts
        # The first of a name counts: a point's own time comes before any in its extensions.
        if slot >= 0 and texts and self.row[slot] is None:
            self.row[slot] = texts[0] if len(texts) == 1 else "".join(texts)
        texts.clear()

    def _slot(self, name: str) -> int:
        slot = self.layout.slots.get(name.rpartition(":")[2].lower(), -1)
        if len(self.slots) < 1000:
            self.slots[name] = slot
        return slot
