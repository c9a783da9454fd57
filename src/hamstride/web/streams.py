"""Channels as small blobs, and back again to the last bit.

Neighbouring samples of a run are alike: their differences, shuffled by byte, pack seven times
smaller than the columns. A blob does not say how it was packed; a number beside it does, and
what a number means never changes: a better way to pack gets a new one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numcodecs import Delta, Shuffle, Zstd
from numcodecs.abc import Codec

from hamstride.errors import StoreError
from hamstride.records import MISSING, Channel

Pipeline = tuple[Codec, ...]


@dataclass(frozen=True, slots=True)
class Packed:
    """One channel of an activity as it is stored."""

    channel: str
    codec: int
    samples: int
    unit: str
    scale: float
    offset: float
    blob: bytes


def _pipeline(*first: Codec) -> Pipeline:
    # Without its checksum one flipped bit in eight would come out as wrong numbers.
    return (*first, Zstd(level=3, checksum=True))


CODECS: Mapping[int, tuple[np.dtype[np.generic], Pipeline]] = MappingProxyType(
    {
        1: (np.dtype("<i4"), _pipeline(Delta("<i4"), Shuffle(4))),
        2: (np.dtype("<f8"), _pipeline(Shuffle(8))),
    }
)
"""What each number means: the type of the samples, and how they are packed, in order."""

_OF_KIND = {"i": 1, "f": 2}


def pack(name: str, channel: Channel) -> Packed | None:
    """A channel, packed; None where it has no value at all."""
    raw = channel.raw
    nothing = np.isnan(raw) if raw.dtype.kind == "f" else raw == MISSING
    if nothing.all():
        return None
    codec = _OF_KIND[raw.dtype.kind]
    dtype, pipeline = CODECS[codec]
    packed: object = np.ascontiguousarray(raw, dtype)
    for each in pipeline:
        packed = each.encode(packed)
    return Packed(
        name,
        codec,
        len(raw),
        channel.unit,
        channel.scale,
        channel.offset,
        bytes(packed),  # type: ignore[call-overload]
    )


def unpack(packed: Packed) -> Channel:
    """The channel as it was read.

    Raises
    ------
    StoreError
        The blob is damaged, or of a kind that a newer Hamstride packed.
    """
    if packed.codec not in CODECS:
        raise StoreError(
            f"The stream '{packed.channel}' was stored by a newer Hamstride. Update, and try again."
        )
    dtype, pipeline = CODECS[packed.codec]
    data: object = packed.blob
    try:
        for each in reversed(pipeline):
            data = each.decode(data)
        raw = np.frombuffer(data, dtype)  # type: ignore[call-overload]
    except (RuntimeError, ValueError) as error:
        raise _damaged(packed) from error
    if len(raw) != packed.samples:
        raise _damaged(packed)
    return Channel(raw, packed.unit, packed.scale, packed.offset)


def _damaged(packed: Packed) -> StoreError:
    return StoreError(
        f"The stream '{packed.channel}' is damaged in the database. "
        "Read it again from the original: hamstride import --reread."
    )
