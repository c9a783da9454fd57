"""The messages of a FIT file: where each lies, and by which definition.

Nothing is decoded here. Python looks at one byte a message, and only counts where the same
header comes again and again; the values are read in one go afterwards (`fit_table`).
"""

from array import array
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

DEFINITION = 0x40
DEVELOPER = 0x20
COMPRESSED = 0x80
FIELD_DESCRIPTION = 206

# Bounds for files made to hurt; no device comes near them.
MOST_GROUPS = 4_096
MOST_DESCRIBING = 16
MOST_MESSAGES = 2_000_000

BASE_SIZES = {0: 1, 1: 1, 2: 1, 3: 2, 4: 2, 5: 4, 6: 4, 7: 1, 8: 4, 9: 8}
BASE_SIZES |= {10: 1, 11: 2, 12: 4, 13: 1, 14: 8, 15: 8, 16: 8}
BYTES = 13


class Slot(NamedTuple):
    """One field of a message: where it lies in it, its size and base type."""

    at: int
    size: int
    base: int


@dataclass(eq=False)
class Group:
    """The messages that one definition describes, in file order."""

    number: int
    little: bool
    size: int
    offset: int
    native: bytes
    developer: bytes
    # Runs of messages: the offset of the first, and how many. Arrays hold a number in 8 bytes
    # where a list takes 40, which tells in a file of a million tiny messages.
    starts: "array[int]" = field(default_factory=lambda: array("q"))
    counts: "array[int]" = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return sum(self.counts)

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Byte offset of each message."""
        starts, counts = np.frombuffer(self.starts, "i8"), np.frombuffer(self.counts, "i8")
        before = np.cumsum(counts) - counts
        offsets: NDArray[np.int64] = np.repeat(starts - self.size * before, counts)
        offsets += self.size * np.arange(len(self))
        return offsets

    @cached_property
    def slots(self) -> dict[int, Slot]:
        """Fields by number. A size that does not fit the base type is read as bytes."""
        slots: dict[int, Slot] = {}
        at = 1
        native = self.native
        for i in range(0, len(native), 3):
            size = native[i + 1]
            base = native[i + 2] & 0x1F
            if size % BASE_SIZES.get(base, 256):
                base = BYTES
            if size:
                slots.setdefault(native[i], Slot(at, size, base))
            at += size
        return slots

    @property
    def developer_slots(self) -> list[tuple[int, int, int, int]]:
        """Developer fields: developer index, field number, place in the message, size."""
        at = 1 + sum(self.native[1::3])
        slots = []
        for i in range(0, len(self.developer), 3):
            number, size, index = self.developer[i : i + 3]
            if size:
                slots.append((index, number, at, size))
            at += size
        return slots

    @property
    def misfits(self) -> bool:
        """Whether a field's size is zero or no multiple of its base type."""
        sizes, bases = self.native[1::3], self.native[2::3]
        return any(
            not size or size % BASE_SIZES.get(base & 0x1F, 1)
            for size, base in zip(sizes, bases, strict=True)
        )


class Stop(NamedTuple):
    """Why the walk ended before the end of the data."""

    code: str
    what: str
    offset: int

    @property
    def say(self) -> str:
        """The whole sentence."""
        return f"{self.what}, at byte {self.offset}. Everything before it was read."


class _Walk:
    """What the 16 local kinds of message stand for, as the walk goes on."""

    __slots__ = ("describing", "groups", "known", "sizes")

    def __init__(self) -> None:
        # By the first byte of a message; a size of 0 stands for a kind not yet described.
        self.sizes = [0] * 256
        self.groups: list[Group | None] = [None] * 256
        self.known: dict[tuple[bytes, int], Group] = {}
        self.describing: list[Group] = []

    def define(self, data: bytes, at: int, end: int) -> int | Stop:
        """Read a definition; where it ends, or why it cannot be read."""
        cut = Stop("definition_cut", "The description of a message is cut short", at)
        native_end = at + 6 + 3 * data[at + 5] if at + 6 <= end else end + 1
        developer = bool(data[at] & DEVELOPER)
        if native_end + developer > end:
            return cut
        if data[at + 2] > 1:
            what = f"the byte order of a message is {data[at + 2]}, and only 0 and 1 are known"
            return Stop("byte_order", what, at)
        stop = native_end + 1 + 3 * data[native_end] if developer else native_end
        if stop > end:
            return cut
        group = self._group(data[at + 2 : stop], at, native_end - at - 2)
        if group is None:
            return Stop("kinds", f"More than {MOST_GROUPS} kinds of message are described", at)
        self._bind(data[at] & 0x0F, group)
        return stop

    def _group(self, key: bytes, at: int, native_end: int) -> Group | None:
        """The group of a definition; the same again when a watch repeats itself.

        Developer fields mean what was described before them, so that is part of the key.
        """
        described = 0
        if len(key) > native_end:
            described = sum(len(group.starts) for group in self.describing)
        group = self.known.get((key, described))
        if group is not None or len(self.known) == MOST_GROUPS:
            return group
        little = key[0] == 0
        native, developer = key[4:native_end], key[native_end + 1 :]
        group = self.known[key, described] = Group(
            number=int.from_bytes(key[1:3], "little" if little else "big"),
            little=little,
            size=1 + sum(native[1::3]) + sum(developer[1::3]),
            offset=at,
            native=native,
            developer=developer,
        )
        if group.number == FIELD_DESCRIPTION and len(self.describing) < MOST_DESCRIBING:
            self.describing.append(group)
        return group

    def _bind(self, local: int, group: Group) -> None:
        # The two reserved bits are ignored, as other readers do.
        for head in (local, local | 0x10, local | 0x20, local | 0x30):
            self.sizes[head] = group.size
            self.groups[head] = group
        if local < 4:
            first = COMPRESSED | local << 5
            self.sizes[first : first + 32] = [group.size] * 32
            self.groups[first : first + 32] = [group] * 32


def walked(
    data: bytes, at: int, end: int, most: int = MOST_MESSAGES
) -> tuple[list[Group], bool, Stop | None]:
    """The messages between two offsets, by definition.

    Also whether any of them has a compressed timestamp, and what stopped the walk early.
    """
    state = _Walk()
    sizes, groups = state.sizes, state.groups
    compressed = False
    stop: Stop | None = None
    while at < end and stop is None:
        head = data[at]
        if head & 0xC0 == DEFINITION:
            after = state.define(data, at, end)
            if isinstance(after, Stop):
                stop = after
            else:
                at = after
            continue
        group, size = groups[head], sizes[head]
        next_at = at + size
        if group is None:
            stop = Stop("undescribed", "A message comes that was never described", at)
        elif most == 0:
            what = f"There are more than {MOST_MESSAGES} messages"
            stop = Stop("messages", what, at)
        elif next_at > end:
            what = f"The last message needs {counted(size)} and {end - at} are left"
            stop = Stop("message_cut", what, at)
        else:
            compressed |= head >= COMPRESSED
            # One look at the next byte spares the count where kinds of message alternate.
            alone = next_at == end or data[next_at] != head
            count = 1 if alone else min(_run(data, at, end, size), most)
            most -= count
            group.starts.append(at)
            group.counts.append(count)
            at += count * size
    return [group for group in state.known.values() if group.starts], compressed, stop


def _run(data: bytes, at: int, end: int, size: int) -> int:
    """How many messages in a row begin with the same byte."""
    head = data[at : at + 1]
    most = (end - at) // size
    count, look = 1, 16
    while count < most:
        upto = min(count + look, most)
        heads = data[at + count * size : at + upto * size : size]
        same = len(heads) - len(heads.lstrip(head))
        count += same
        if same < len(heads):
            break
        look = min(look * 2, 1 << 16)
    return count


def counted(n: int) -> str:
    """So many bytes, in words."""
    return "1 byte" if n == 1 else f"{n} bytes"
