"""What a file is, told by its first bytes and never by its name."""

from dataclasses import dataclass
from typing import Literal

from hamstride.readers.xml_points import root_name

Kind = Literal["fit", "gpx", "tcx", "zip", "gzip", "archive", "other", "empty"]

HEAD_BYTES = 64 * 1024
"""How many bytes `sniff` looks at, at most."""


@dataclass(frozen=True, slots=True)
class Sniffed:
    """The kind of a file, and what it is called in a sentence."""

    kind: Kind
    words: str = ""


# Where it stands, what stands there, what that is.
_MARKS: tuple[tuple[int, bytes, Sniffed], ...] = (
    (8, b".FIT", Sniffed("fit")),
    (0, b"PK\x03\x04", Sniffed("zip")),
    (0, b"PK\x05\x06", Sniffed("zip")),
    (0, b"\x1f\x8b", Sniffed("gzip")),
    (0, b"7z\xbc\xaf\x27\x1c", Sniffed("archive", "a 7z archive")),
    (0, b"Rar!\x1a\x07", Sniffed("archive", "a rar archive")),
    (257, b"ustar", Sniffed("archive", "a tar archive")),
    (0, b"BZh", Sniffed("archive", "a bz2 archive")),
    (0, b"\xfd7zXZ\x00", Sniffed("archive", "an xz archive")),
    (0, b"\x28\xb5\x2f\xfd", Sniffed("archive", "a zstd archive")),
    (0, b"PK\x07\x08", Sniffed("archive", "one part of a zip in several parts")),
    (0, b"\xff\xd8\xff", Sniffed("other", "a JPEG photo")),
    (0, b"\x89PNG", Sniffed("other", "a PNG picture")),
    (0, b"GIF8", Sniffed("other", "a GIF picture")),
    (4, b"ftypheic", Sniffed("other", "a HEIC photo")),
    (4, b"ftyp", Sniffed("other", "a film")),
    (0, b"%PDF", Sniffed("other", "a PDF document")),
    (0, b"MZ", Sniffed("other", "a Windows program")),
    (0, b"\x7fELF", Sniffed("other", "a program")),
    (0, b"SQLite format 3\x00", Sniffed("other", "a database")),
)
_ROOTS = {
    "gpx": Sniffed("gpx"),
    "trainingcenterdatabase": Sniffed("tcx"),
    # What is left of a TCX file that lost its outermost element.
    "activities": Sniffed("tcx"),
    "html": Sniffed("other", "a web page, such as a login page"),
    "kml": Sniffed("other", "a KML map"),
    "svg": Sniffed("other", "an SVG picture"),
    "healthdata": Sniffed("other", "an Apple Health export"),
}
_NOTHING_KNOWN = Sniffed("other", "no kind of file that is known here")


def sniff(head: bytes) -> Sniffed:
    """What a file is, from its first `HEAD_BYTES` bytes or fewer."""
    if not head:
        return Sniffed("empty")
    for place, mark, sniffed in _MARKS:
        if head[place : place + len(mark)] == mark:
            return sniffed
    beginning = head[:4096].lstrip(b"\xef\xbb\xbf\xff\xfe\x00 \t\r\n")
    if beginning[:1] == b"<":
        return _sniff_xml(head, beginning)
    if beginning[:1] in {b"{", b"["}:
        return Sniffed("other", "a JSON file")
    if _is_text(head[:4096]):
        return Sniffed("other", "a text or table")
    return _NOTHING_KNOWN


def _sniff_xml(head: bytes, beginning: bytes) -> Sniffed:
    root = root_name(head)
    if root is not None:
        fallback = Sniffed("other", f"an XML file of another kind ({root[:40]})")
        return _ROOTS.get(root.lower(), fallback)
    # No root could be read. What it was meant to be still decides what is said about it.
    readable = head[:4096].replace(b"\0", b"").lower()
    if b"<html" in readable or b"<!doctype html" in readable:
        return _ROOTS["html"]
    if b"<gpx" in readable:
        return Sniffed("gpx")
    if b"<trainingcenterdatabase" in readable:
        return Sniffed("tcx")
    if beginning[:5] == b"<?xml":
        return Sniffed("other", "an XML file in which nothing can be read")
    return _NOTHING_KNOWN


def _is_text(head: bytes) -> bool:
    """Whether it reads as text; one or two bytes say nothing."""
    return len(head) > 2 and not any(byte < 9 or 13 < byte < 32 for byte in head)
