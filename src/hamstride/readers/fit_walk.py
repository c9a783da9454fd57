"""The outer form of a FIT file: headers, checksums, and files chained one behind another."""

from dataclasses import dataclass, field

from fastcrc import crc16

from hamstride.errors import NotAnActivityError, UnreadableFileError
from hamstride.readers.damage import Damage, named, without_rest
from hamstride.readers.fit_groups import DEFINITION, MOST_MESSAGES, Group, counted, walked
from hamstride.records import Finding

MARK = b".FIT"
SHORTEST_HEADER = 12
HEADER_LENGTHS = (14, 12)
CRC_SIZE = 2

# Bounds for files made to hurt; no device comes near them.
MOST_PARTS = 1_000
LARGEST_CLAIM = 2**30
# The first message and its definition, with room to spare.
FIRST_LOOK = 300


@dataclass(slots=True)
class Log:
    """Findings of one file; damage raises at once where the policy says so."""

    file: str
    on_damage: Damage = Damage.KEEP
    findings: list[Finding] = field(default_factory=list)
    damaged: bool = False

    def damage(self, code: str, say: str, offset: int, *, unsure: bool = False) -> None:
        """Note a byte that is not as it was written."""
        if self.on_damage is Damage.REFUSE:
            say = f"{without_rest(say)} Copy it again from the watch, or export it again."
            raise UnreadableFileError(named(self.file, say))
        self.damaged = True
        self.findings.append(Finding(code, say, offset, unsure))

    def note(self, code: str, say: str, offset: int | None = None) -> None:
        """Note something odd that is no damage."""
        self.findings.append(Finding(code, say, offset))


@dataclass(slots=True)
class Part:
    """One FIT file of a chain."""

    start: int
    groups: list[Group]
    compressed: bool


def is_header(data: bytes, at: int) -> bool:
    """Whether a FIT header may begin here."""
    return data[at + 8 : at + 12] == MARK


def walk(data: bytes, log: Log) -> list[Part]:
    """Where every message of a FIT file and of those chained behind it lies.

    Raises
    ------
    NotAnActivityError
        The bytes carry no FIT mark.
    UnreadableFileError
        Nothing can be read, or the first damage under `Damage.REFUSE`.
    """
    _require_mark(data, log.file)
    parts: list[Part] = []
    at = 0
    left = MOST_MESSAGES
    while at < len(data) and left:
        if not is_header(data, at) or len(parts) == MOST_PARTS:
            rest = counted(len(data) - at)
            say = f"{rest} after the end of the data were left out, at byte {at}."
            log.damage("trailing", say, at)
            break
        part, at = _part(data, at, left, log)
        parts.append(part)
        left -= sum(map(len, part.groups))
    return parts


def first_messages(data: bytes) -> Part | None:
    """The first messages of a file that is no chain, to see of which kind it is.

    None where the rest is needed to tell.
    """
    if not is_header(data, 0) or data[0] not in HEADER_LENGTHS:
        return None
    end = data[0] + int.from_bytes(data[4:8], "little")
    if end + CRC_SIZE != len(data):
        return None
    groups, compressed, _ = walked(data, data[0], min(end, data[0] + FIRST_LOOK))
    return Part(0, groups, compressed)


def _require_mark(data: bytes, file: str) -> None:
    if len(data) >= SHORTEST_HEADER and is_header(data, 0):
        return
    if not data:
        raise NotAnActivityError(f"{file}: the file is empty.")
    if len(data) < SHORTEST_HEADER:
        raise UnreadableFileError(
            f"{file}: a FIT file begins with {SHORTEST_HEADER} bytes or more, and this one has "
            f"{len(data)}. Copy it again from the watch."
        )
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    looks = (
        "looks like a web page or XML" if head[:1] == b"<" else "there is no .FIT mark at byte 8"
    )
    raise NotAnActivityError(f"{file}: not a FIT file: {looks}.")


def _part(data: bytes, at: int, most: int, log: Log) -> tuple[Part, int]:
    """One FIT file of the chain, and where the next one may begin."""
    length = _header_length(data, at, log)
    body = at + length
    size = int.from_bytes(data[at + 4 : at + 8], "little")
    end, next_at, cut = _end(data, at, body, size, log)
    groups, compressed, stop = walked(data, body, end, most)
    # Where the file itself is cut, so is its last message: that is one damage, not two.
    if stop and not (cut and stop.code in ("message_cut", "definition_cut")):
        log.damage(stop.code, stop.say, stop.offset)
    return Part(at, groups, compressed), next_at


def _header_length(data: bytes, at: int, log: Log) -> int:
    length = data[at]
    if length not in HEADER_LENGTHS:
        candidates = (*HEADER_LENGTHS, length) if length > 14 else HEADER_LENGTHS
        found = next((n for n in candidates if _defines(data, at + n)), HEADER_LENGTHS[0])
        if found != length:
            say = (
                f"The header says that it is {counted(length)} long, at byte {at}, where 12 and 14 "
                "are known. What lies behind it was read."
            )
            log.damage("header", say, at)
        return found
    if length == 14 and len(data) >= at + 14:
        stored = int.from_bytes(data[at + 12 : at + 14], "little")
        # Zero means "not computed", which the format allows.
        if stored and stored != crc16.arc(data[at : at + 12]):
            say = (
                f"The checksum of the header does not match, at byte {at + 12}. "
                "The file was read all the same."
            )
            log.damage("header_crc", say, at + 12)
    return length


def _defines(data: bytes, at: int) -> bool:
    """Whether this looks like the definition of a first message."""
    head = data[at : at + 3]
    return len(head) == 3 and head[0] & 0xC0 == DEFINITION and not head[1] and head[2] < 2


def _end(data: bytes, at: int, body: int, size: int, log: Log) -> tuple[int, int, bool]:
    """Where the messages end, where the next part begins, and whether the file was cut.

    The size in the header is a claim. Nothing is allocated by it, and where it cannot be true
    the checksum tells whether the file is whole all the same.
    """
    here = len(data)
    end = body + size
    after = end + CRC_SIZE
    if size and after <= here:
        if crc16.arc(memoryview(data)[at:after]) == 0:
            return end, after, False
        if after == here or is_header(data, after) or not _whole(data, at, body):
            say = (
                f"The checksum does not match, at byte {end}: the file has changed since it was "
                "written. It was read all the same, and its numbers may be wrong."
            )
            log.damage("crc", say, end, unsure=True)
            return end, after, False
    elif 0 < size <= LARGEST_CLAIM and not _whole(data, at, body):
        say = (
            f"The file ends {counted(after - here)} early, at byte {here}. "
            "Everything before it was read."
        )
        log.damage("truncated", say, here)
        return min(end, here), here, True
    whole = _whole(data, at, body)
    claim = (
        f"The header speaks of {counted(size)} of data" if size else "The size was never written"
    )
    say = (
        f"{claim}, at byte {at + 4}, and {counted(max(here - body, 0))} are there. They were read."
    )
    log.damage("size", say, at + 4)
    return (here - CRC_SIZE if whole else here), here, not whole


def _whole(data: bytes, at: int, body: int) -> bool:
    """Whether the checksum proves that this part ends where the data end.

    It covers the header as well, so it is tried with the size that would be the true one.
    """
    size = len(data) - CRC_SIZE - body
    if size <= 0:
        return False
    rest = memoryview(data)[at + 8 :]
    for claim in (data[at + 4 : at + 8], size.to_bytes(4, "little")):
        if crc16.arc(rest, crc16.arc(data[at : at + 4] + claim)) == 0:
            return True
    return False
