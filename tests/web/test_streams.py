"""Channels are stored to the last bit, and damage is told."""

from contextlib import suppress
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from hamstride.errors import StoreError
from hamstride.records import MISSING, Channel
from hamstride.web.streams import Packed, pack, unpack

WHOLE = arrays.arrays(np.int32, st.integers(1, 200), elements=st.integers(MISSING, 2**31 - 1))
DECIMAL = arrays.arrays(np.float64, st.integers(1, 200), elements=st.floats(width=64))


def stored(channel: Channel) -> Packed:
    packed = pack("speed", channel)
    assert packed is not None
    return packed


@given(WHOLE.filter(lambda raw: bool((raw != MISSING).any())))
def test_whole_numbers_come_back_to_the_last_bit(raw: np.ndarray) -> None:
    back = unpack(stored(Channel(raw, "mps", 1000.0, 0.5)))

    assert back.raw.dtype == np.int32
    assert back.raw.tobytes() == raw.tobytes()
    assert (back.unit, back.scale, back.offset) == ("mps", 1000.0, 0.5)


@given(DECIMAL.filter(lambda raw: not np.isnan(raw).all()))
def test_decimal_numbers_come_back_to_the_last_bit(raw: np.ndarray) -> None:
    back = unpack(stored(Channel(raw, "watt")))

    assert back.raw.dtype == np.float64
    assert back.raw.tobytes() == raw.tobytes()


@pytest.mark.parametrize(
    "raw",
    [
        np.array([], np.int32),
        np.array([], np.float64),
        np.full(9, MISSING, np.int32),
        np.full(9, np.nan),
    ],
)
def test_a_channel_without_a_value_is_not_stored(raw: np.ndarray) -> None:
    assert pack("cadence", Channel(raw, "spm")) is None


def test_a_column_of_a_run_packs_at_least_five_times_smaller() -> None:
    # An hour of a distance that grows by about 2.9 m a second, in centimetres.
    noise = np.random.default_rng(7).integers(-9, 10, 3600)
    raw = np.cumsum(290 + noise).astype(np.int32)

    assert len(stored(Channel(raw, "m", 100.0)).blob) < raw.nbytes / 5


def test_every_flipped_bit_of_a_blob_is_refused_or_harmless() -> None:
    raw = np.cumsum(np.arange(500) % 7).astype(np.int32)
    packed = stored(Channel(raw, "m"))

    harmless = 0
    for at in range(len(packed.blob) * 8):
        damaged = bytearray(packed.blob)
        damaged[at // 8] ^= 1 << at % 8
        with suppress(StoreError):
            assert unpack(replace(packed, blob=bytes(damaged))).raw.tobytes() == raw.tobytes()
            harmless += 1
    # Otherwise a checksum that refuses nothing would pass, or one that refuses everything.
    assert harmless < len(packed.blob) * 8 / 20


@pytest.mark.parametrize("blob", [b"", b"no frame at all"])
def test_what_is_no_blob_is_told_with_the_cure(blob: bytes) -> None:
    packed = stored(Channel(np.arange(9, dtype=np.int32), "m"))

    with pytest.raises(StoreError, match="hamstride import --reread"):
        unpack(replace(packed, blob=blob))


def test_a_blob_of_another_length_is_damaged() -> None:
    packed = stored(Channel(np.arange(9, dtype=np.int32), "m"))

    with pytest.raises(StoreError, match="damaged"):
        unpack(replace(packed, samples=10))


def test_a_blob_of_a_newer_kind_is_not_guessed_at() -> None:
    packed = stored(Channel(np.arange(9, dtype=np.int32), "m"))

    with pytest.raises(StoreError, match=r"newer Hamstride\. Update"):
        unpack(replace(packed, codec=99))
