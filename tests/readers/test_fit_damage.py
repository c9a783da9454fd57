"""What becomes of damaged and hostile FIT files.

The small files are written by hand, byte by byte, so that they share nothing with the decoder.
"""

import os
import time
import tracemalloc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from hamstride.errors import HamstrideError, NotAnActivityError, UnreadableFileError
from hamstride.readers.damage import Damage
from hamstride.readers.fit import decode_fit
from hamstride.readers.fit_messages import decode_messages
from hamstride.records import MISSING, Activity

MUTATIONS = int(os.environ.get("HAMSTRIDE_MUTATIONS", "300"))
SLOWEST_S = 1.0
MOST_BYTES = 64 * 1024 * 1024


def crc(data: bytes) -> int:
    """The checksum of the FIT format, a bit at a time."""
    value = 0
    for byte in data:
        value ^= byte
        for _ in range(8):
            value = value >> 1 ^ 0xA001 if value & 1 else value >> 1
    return value


def headed(body: bytes, *, length: int = 14, size: int | None = None) -> bytes:
    """Messages behind a header, without the checksum of the file."""
    claim = (len(body) if size is None else size).to_bytes(4, "little")
    head = bytes([length, 0x20, 0x5C, 0x08]) + claim + b".FIT" + (b"\0\0" if length == 14 else b"")
    return head + body


def sealed(body: bytes, *, length: int = 14) -> bytes:
    """A whole FIT file around messages: header, messages, checksum."""
    data = headed(body, length=length)
    return data + crc(data).to_bytes(2, "little")


def hexed(text: str) -> bytes:
    """Bytes from hexadecimal digits."""
    return bytes.fromhex(text)


# file_id (0): type (field 0, one byte, enum) is 4, an activity.
FILE_ID = hexed("40 00 00 0000 01 00 01 00") + hexed("00 04")
# record (20): timestamp (253, uint32), heart rate (3, uint8), speed (6, uint16).
DEFINITION = hexed("41 00 00 1400 03 FD 04 86 03 01 02 06 02 84")


def record(second: int, bpm: int, mm_per_s: int, local: int = 1) -> bytes:
    """One sample; 1,000,000,000 s after the first moment of 1990 it is 9 September 2021."""
    return (
        bytes([local])
        + (1_000_000_000 + second).to_bytes(4, "little")
        + bytes([bpm])
        + mm_per_s.to_bytes(2, "little")
    )


SAMPLES = record(0, 120, 2500) + record(1, 121, 2600) + record(2, 122, 2700)
BODY = FILE_ID + DEFINITION + SAMPLES
RUN = sealed(BODY)
START = datetime(2021, 9, 8, 1, 46, 40, tzinfo=UTC)


def read(data: bytes) -> Activity:
    """The one activity of a file."""
    (activity,) = decode_fit(data, "run.fit")
    return activity


def attempt(data: bytes) -> tuple[tuple[Activity, ...], str]:
    """The activities of a file that may be beyond reading, and why it is."""
    try:
        return decode_fit(data, "run.fit"), ""
    except HamstrideError as error:
        return (), str(error)


def rates(activity: Activity) -> list[int]:
    """Heart rates as they stand in the file."""
    return [int(rate) for rate in activity.channels["heart_rate"].raw]


def found(activity: Activity) -> list[tuple[str, int | None]]:
    """What was found, and where."""
    return [(each.code, each.offset) for each in activity.findings]


def test_the_sound_file_that_the_others_are_made_from_is_read() -> None:
    run = read(RUN)

    assert run.start == START
    assert (run.sport, run.duration_s) == ("unknown", 2.0)
    assert run.channels["time"].raw.tolist() == [0, 1, 2]
    assert run.channels["speed"].si().tolist() == [2.5, 2.6, 2.7]
    assert rates(run) == [120, 121, 122]
    assert run.findings == ()


@pytest.mark.parametrize("length", [0, 1, 13, 255])
def test_a_header_of_a_wrong_length_is_recovered(length: int) -> None:
    run = read(bytes([length]) + RUN[1:])

    assert rates(run) == [120, 121, 122]
    assert ("header", 0) in found(run)


def test_a_short_header_of_a_wrong_length_is_recovered() -> None:
    data = sealed(BODY, length=12)

    run = read(b"\0" + data[1:])

    assert rates(run) == [120, 121, 122]


def test_a_wrong_header_checksum_is_a_warning() -> None:
    run = read(RUN[:12] + b"\x12\x34" + RUN[14:])

    assert rates(run) == [120, 121, 122]
    assert found(run)[0] == ("header_crc", 12)


def test_a_right_header_checksum_is_no_finding() -> None:
    head = RUN[:12] + crc(RUN[:12]).to_bytes(2, "little")

    run = read(head + BODY + crc(head + BODY).to_bytes(2, "little"))

    assert found(run) == []


def test_a_wrong_file_checksum_is_a_warning() -> None:
    run = read(RUN[:-2] + b"\0\0")

    assert rates(run) == [120, 121, 122]
    assert found(run) == [("crc", len(RUN) - 2)]


@pytest.mark.parametrize("size", [0, 7, len(BODY) - 9, 50_000, 0x7FFFFFFF, 0xFFFFFFFF])
def test_a_size_that_cannot_be_true_does_not_cost_a_sample(size: int) -> None:
    run = read(RUN[:4] + size.to_bytes(4, "little") + RUN[8:])

    assert rates(run) == [120, 121, 122]
    assert found(run) == [("size", 4)]


def test_a_file_that_the_watch_never_finished_is_read_to_its_end() -> None:
    data = headed(BODY, size=0)

    run = read(data)

    assert rates(run) == [120, 121, 122]
    assert found(run) == [("size", 4)]


def test_a_claim_of_four_gigabytes_allocates_nothing() -> None:
    data = RUN[:4] + b"\xff\xff\xff\xff" + RUN[8:-5]
    tracemalloc.start()

    run = read(data)

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert rates(run) == [120, 121]
    assert peak < 1_000_000


def test_a_cut_file_says_how_much_is_missing_and_keeps_the_rest() -> None:
    run = read(RUN[:-5])

    # 14 bytes of header, 11 and 15 of descriptions, 24 of samples, 2 of checksum make 66.
    assert len(RUN) == 66
    assert rates(run) == [120, 121]
    assert [each.say for each in run.findings] == [
        "The file ends 5 bytes early, at byte 61. Everything before it was read."
    ]


LEFT_OUT = "The last sample before the damage is more than a day from all others. It was left out."


@pytest.mark.parametrize("away_s", [86_403, -86_401, 2_027_039_628])
def test_a_sample_at_the_damage_that_is_more_than_a_day_away_is_left_out(away_s: int) -> None:
    run = read(headed(BODY + record(away_s, 99, 38_928), size=len(BODY) + 9))

    assert rates(run) == [120, 121, 122]
    assert run.duration_s == 2.0
    assert run.channels["speed"].raw.tolist() == [2500, 2600, 2700]
    assert [each.code for each in run.findings] == ["truncated", "stray_time"]
    assert run.findings[1].say == LEFT_OUT


def test_a_sample_a_day_away_is_kept_at_a_damage_too() -> None:
    # From the sample at second 2 to this one it is a day, to the second.
    run = read(headed(BODY + record(86_402, 99, 2500), size=len(BODY) + 9))

    assert rates(run) == [120, 121, 122, 99]
    assert [each.code for each in run.findings] == ["truncated"]


def test_what_follows_a_sample_that_is_away_goes_with_it() -> None:
    strays = record(200_000, 98, 1) + record(3, 99, 2)

    run = read(headed(BODY + strays, size=len(BODY) + 17))

    assert rates(run) == [120, 121, 122]
    assert run.findings[1].say == (
        "The last 2 samples before the damage are more than a day from all others. "
        "They were left out."
    )


def test_a_long_gap_is_kept_where_nothing_is_damaged_or_far_from_the_damage() -> None:
    later = b"".join(record(200_000 + second, 130, 2500) for second in range(20))

    whole = read(sealed(BODY + record(200_000, 130, 2500)))
    cut = read(sealed(BODY + later)[:-5])

    assert (whole.duration_s, whole.findings) == (200_000.0, ())
    assert (cut.duration_s, cut.samples) == (200_018.0, 22)


@pytest.mark.parametrize("cut", range(len(RUN)))
def test_every_prefix_is_read_in_part_or_refused_by_name(cut: int) -> None:
    data = RUN[:cut]

    activities, error = attempt(data)

    # 40 bytes of header and descriptions, then 8 a sample: from the first one on all are kept.
    if cut < 48:
        assert error.startswith("run.fit: ")
    else:
        assert rates(activities[0]) == [120, 121, 122][: (cut - 40) // 8]


def test_a_message_that_was_never_described_ends_the_walk() -> None:
    run = read(sealed(BODY + record(3, 123, 2800, local=9) + record(4, 124, 2800)))

    assert rates(run) == [120, 121, 122]
    assert found(run) == [("undescribed", 14 + len(BODY))]


@pytest.mark.parametrize("order", [2, 118, 255])
def test_an_unknown_byte_order_ends_the_walk(order: int) -> None:
    definition = bytes([0x42, 0, order]) + DEFINITION[3:]

    run = read(sealed(BODY + definition + record(3, 123, 2800, local=2)))

    assert rates(run) == [120, 121, 122]
    assert found(run) == [("byte_order", 14 + len(BODY))]


def test_a_file_that_begins_with_an_unknown_byte_order_cannot_be_read() -> None:
    body = hexed("40 00 76 0000 01 00 01 00 00 04")

    with pytest.raises(UnreadableFileError, match=r"^run\.fit: .*byte order.*118.*at byte 14"):
        decode_fit(sealed(body), "run.fit")


def test_a_description_that_is_cut_short_ends_the_walk() -> None:
    run = read(sealed(BODY + DEFINITION[:8]))

    assert rates(run) == [120, 121, 122]
    assert found(run) == [("definition_cut", 14 + len(BODY))]


def test_a_field_of_no_size_does_not_move_the_others() -> None:
    definition = hexed("41 00 00 1400 04 FD 04 86 07 00 84 03 01 02 06 02 84")

    run = read(sealed(FILE_ID + definition + SAMPLES))

    assert rates(run) == [120, 121, 122]
    assert found(run) == [("field_size", 14 + len(FILE_ID))]


def test_a_field_that_does_not_fit_its_type_does_not_move_the_others() -> None:
    # Power (7) as a uint16 of three bytes.
    definition = hexed("41 00 00 1400 03 FD 04 86 07 03 84 03 01 02")
    sample = b"\x01" + (1_000_000_000).to_bytes(4, "little") + b"\x01\x02\x03" + bytes([120])

    run = read(sealed(FILE_ID + definition + sample))

    assert rates(run) == [120]
    assert found(run) == [("field_size", 14 + len(FILE_ID))]


def test_a_developer_field_that_nothing_describes_is_left_out() -> None:
    definition = hexed("61 00 00 1400 01 03 01 02 01 05 02 00")

    run = read(sealed(FILE_ID + definition + hexed("01 78 AA BB 01 79 CC DD")))

    assert rates(run) == [120, 121]
    assert list(run.channels) == ["time", "heart_rate"]
    assert ("developer_field", 14 + len(FILE_ID)) in found(run)


def test_an_unknown_manufacturer_is_told_by_its_number() -> None:
    # file_id with manufacturer (1, uint16) 60000 and product (2, uint16) 7.
    body = hexed("40 00 00 0000 03 00 01 00 01 02 84 02 02 84 00 04 60EA 0700")

    run = read(sealed(body + DEFINITION + SAMPLES))

    assert run.device == "manufacturer 60000 7"


def test_two_files_joined_are_two_activities() -> None:
    activities = decode_fit(RUN + RUN, "run.fit")

    assert [rates(each) for each in activities] == [[120, 121, 122]] * 2
    assert activities[0].findings == ()


def test_damage_in_one_file_of_a_chain_leaves_the_next_alone() -> None:
    first = sealed(FILE_ID + DEFINITION + record(0, 99, 2500) + b"\x09")

    activities = decode_fit(first + RUN, "run.fit")

    assert [rates(each) for each in activities] == [[99], [120, 121, 122]]


def test_garbage_after_the_end_is_left_out_and_told() -> None:
    run = read(RUN + b"garbage")

    assert rates(run) == [120, 121, 122]
    assert [each.say for each in run.findings] == [
        "7 bytes after the end of the data were left out, at byte 66."
    ]


def test_times_from_before_the_watch_was_set_have_no_date() -> None:
    samples = SAMPLES.replace(b"\xca\x9a\x3b", b"\x01\x00\x00")

    run = read(sealed(FILE_ID + DEFINITION + samples))

    assert run.start is None
    assert run.channels["time"].raw.tolist() == [0, 1, 2]
    assert found(run) == [("undated", None)]


def test_samples_from_before_the_watch_was_set_keep_no_time_among_dated_ones() -> None:
    early = record(0, 119, 2500).replace(b"\xca\x9a\x3b", b"\x01\x00\x00")

    run = read(sealed(FILE_ID + DEFINITION + early + SAMPLES))

    assert run.start == START
    assert run.channels["time"].raw.tolist() == [MISSING, 0, 1, 2]
    assert found(run) == [("relative_time", None)]


def test_a_marker_for_no_value_is_missing_and_no_speed() -> None:
    run = read(sealed(FILE_ID + DEFINITION + record(0, 255, 65535) + record(1, 120, 2500)))

    assert run.channels["speed"].raw.tolist() == [MISSING, 2500]
    assert rates(run) == [MISSING, 120]


def test_time_that_runs_backwards_is_kept_as_read() -> None:
    run = read(sealed(FILE_ID + DEFINITION + record(9, 1, 1) + record(0, 2, 1) + record(12, 3, 1)))

    # Without a session the first sample is the start.
    assert run.channels["time"].raw.tolist() == [0, -9, 3]


def test_a_treadmill_run_without_samples_is_an_activity() -> None:
    # session (18): start_time (2), sport (5) 1, sub_sport (6) 1, total_elapsed_time (7) in ms,
    # total_distance (9) in cm.
    session = hexed("42 00 00 1200 05 02 04 86 05 01 00 06 01 00 07 04 86 09 04 86")
    values = hexed("02 00CA9A3B 01 01 40771B00 20A10700")

    run = read(sealed(FILE_ID + session + values))

    assert (run.sport, run.sub_sport, run.start) == ("running", "treadmill", START)
    assert (run.duration_s, run.distance_m) == (1800.0, 5000.0)
    assert (run.samples, run.channels) == (0, {})


def test_times_of_eight_bytes_that_no_calendar_holds_are_missing() -> None:
    # start_time as a sint64 of nearly 2**63, in the session and in a lap (19).
    session = hexed("42 00 00 1200 01 02 08 8E 02 FEFFFFFFFFFFFF7F")
    lap = hexed("43 00 00 1300 01 02 08 8E 03 FEFFFFFFFFFFFF7F")

    run = read(sealed(BODY + session + lap))

    assert run.start == START
    assert run.laps[0].start_s is None


@pytest.mark.parametrize(
    ("data", "looks"),
    [
        (b"", "the file is empty"),
        (b"<!DOCTYPE html><title>Sign in</title>", "looks like a web page"),
        (b"PK\x03\x04 and so on for a while", "no .FIT mark"),
    ],
)
def test_what_is_no_fit_file_is_named_for_what_it_is(data: bytes, looks: str) -> None:
    with pytest.raises(NotAnActivityError, match=looks):
        decode_fit(data, "run.fit")


@pytest.mark.parametrize(("kind", "name"), [(2, "settings"), (5, "workout"), (9, "weight")])
def test_a_file_of_another_kind_is_named(kind: int, name: str) -> None:
    data = sealed(FILE_ID[:-1] + bytes([kind]) + DEFINITION + SAMPLES)

    with pytest.raises(NotAnActivityError, match=f"a {name} file, not an activity"):
        decode_fit(data, "run.fit")


def test_a_kind_that_has_no_name_is_read_where_it_holds_samples() -> None:
    run = read(sealed(FILE_ID[:-1] + bytes([132]) + DEFINITION + SAMPLES))

    assert rates(run) == [120, 121, 122]


def test_an_activity_of_nothing_cannot_be_read() -> None:
    with pytest.raises(UnreadableFileError, match="neither samples nor a summary"):
        decode_fit(sealed(FILE_ID), "run.fit")


@pytest.mark.parametrize(
    "damaged",
    [
        RUN[:-5],
        RUN[:-2] + b"\0\0",
        RUN + b"garbage",
        b"\0" + RUN[1:],
        RUN[:4] + b"\0\0\0\0" + RUN[8:],
        sealed(BODY + b"\x09"),
        sealed(BODY + b"\x01\x02"),
    ],
)
def test_refusing_damage_raises_at_the_first_of_it(damaged: bytes) -> None:
    assert rates(read(damaged))[:2] == [120, 121]

    with pytest.raises(UnreadableFileError, match=r"^run\.fit: .*at byte \d+"):
        decode_fit(damaged, "run.fit", Damage.REFUSE)


def mutated(data: bytes, rng: np.random.Generator) -> bytes:
    """A damaged copy: cut, flipped, zeroed, added to, or with another size in its header."""
    copy = bytearray(data)
    kind, at = rng.integers(7), int(rng.integers(len(copy)))
    if kind == 0:
        del copy[at:]
    elif kind == 1:
        copy[at] ^= 1 << int(rng.integers(8))
    elif kind == 2:
        for place in rng.integers(len(copy), size=20):
            copy[place] = rng.integers(256)
    elif kind == 3:
        block = bytes(min(int(rng.integers(400)), len(copy) - at))
        copy[at : at + len(block)] = block
    elif kind == 4:
        copy += rng.bytes(int(rng.integers(200)))
    elif kind == 5:
        size = rng.choice([0, 2**32 - 1, 2**31, int(rng.integers(2**20))])
        copy[4:8] = int(size).to_bytes(4, "little")
    else:
        # Descriptions stand at the beginning, and damage to them goes furthest.
        for place in rng.integers(min(len(copy), 600), size=3):
            copy[place] = rng.integers(256)
    return bytes(copy)


def look_at_everything(data: bytes) -> int:
    """Decode all that is in a file, and each column of it; the number of samples."""
    activities, error = attempt(data)
    for each in activities:
        for channel in each.channels.values():
            assert len(channel.si()) == each.samples
    if error:
        assert error.startswith("run.fit: ")
        return 0
    messages = decode_messages(data, "run.fit")
    for table in messages.tables.values():
        for name in table.names():
            developer = name.startswith("developer.")
            column = table.developer_column(name) if developer else table.column(name)
            assert len(table.text(name) if column is None else column.raw) == len(table)
    return sum(each.samples for each in activities)


def measured(data: bytes) -> tuple[float, int]:
    """Seconds of processor time and bytes that it takes to read a file."""
    tracemalloc.start()
    begun = time.process_time()
    attempt(data)
    took = time.process_time() - begun
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return took, peak


@pytest.mark.parametrize("seed", range(MUTATIONS))
def test_a_damaged_hand_written_file_raises_nothing_but_our_errors(seed: int) -> None:
    rng = np.random.default_rng(seed)
    session = hexed("42 00 00 1200 04 02 04 86 05 01 00 07 04 86 09 04 86")
    values = hexed("02 00CA9A3B 01 40771B00 20A10700")
    data = mutated(sealed(BODY + session + values) + RUN, rng)

    assert look_at_everything(data) <= len(data)


@pytest.fixture(scope="module")
def real_files(activities_folder: Path) -> list[bytes]:
    """Real files that are small enough to be read many times."""
    paths = sorted((activities_folder / "fit").glob("*.fit"))
    return [path.read_bytes() for path in paths if path.stat().st_size < 160_000]


@pytest.mark.parametrize("tenth", range(10))
def test_damaged_real_files_raise_only_our_errors_in_time_and_memory(
    real_files: list[bytes], tenth: int
) -> None:
    rng = np.random.default_rng(tenth)

    for _ in range(MUTATIONS // 10):
        data = mutated(real_files[int(rng.integers(len(real_files)))], rng)
        took, peak = measured(data)
        look_at_everything(data)

        assert took < SLOWEST_S
        assert peak < MOST_BYTES


def hostile() -> Iterator[tuple[str, bytes]]:
    """Files that are made to hurt, by name."""
    sample = hexed("00" + "78")
    one_field = hexed("40 00 00 1400 01 03 01 02")
    wide = hexed("41 00 00 1400 C8") + b"".join(bytes([n, 1, 2]) for n in range(200))
    yield (
        "many fields, filled once",
        FILE_ID + wide + b"\x01" + b"\x01" * 200 + one_field + (sample * 150_000),
    )
    described = b"".join(hexed("02 00") + bytes([n, 2]) + b"f%03d" % n for n in range(200))
    yield (
        "many developer fields, filled once",
        (
            FILE_ID
            + hexed("42 00 00 CE00 04 00 01 02 01 01 02 02 01 02 03 04 07")
            + described
            + hexed("61 00 00 1400 00 C8")
            + b"".join(bytes([n, 1, 0]) for n in range(200))
            + b"\x01"
            + b"\x01" * 200
            + one_field
            + sample * 150_000
        ),
    )
    yield "samples of nothing", FILE_ID + hexed("40 00 00 1400 00") + b"\0" * 300_000
    yield (
        "a new kind of message each time",
        FILE_ID
        + b"".join(
            hexed("40 00 00") + n.to_bytes(2, "little") + hexed("00 00") for n in range(50_000)
        ),
    )
    yield "the same description again and again", FILE_ID + one_field * 40_000 + sample
    yield (
        "nothing but sessions",
        FILE_ID + hexed("40 00 00 1200 01 05 01 00") + (hexed("00 01") * 150_000),
    )
    yield (
        "nothing but laps",
        FILE_ID + hexed("40 00 00 1300 01 05 01 00") + (hexed("00 01") * 150_000),
    )
    yield (
        "kinds of message that alternate",
        FILE_ID
        + one_field
        + hexed("41 00 00 1400 01 04 01 02")
        + (sample + hexed("01 50")) * 75_000,
    )
    yield "samples of a clock alone", FILE_ID + one_field + hexed("80 78 9F 79") * 75_000


HOSTILE = dict(hostile())


@pytest.mark.parametrize("name", HOSTILE)
def test_a_file_that_is_made_to_hurt_takes_memory_by_its_size(name: str) -> None:
    data = headed(HOSTILE[name])

    took, peak = measured(data)

    # A sample of two bytes takes some 130 in work, and there are at most two million of them.
    assert peak < 100 * len(data) + 4_000_000
    assert took < 5 * SLOWEST_S


def test_no_more_messages_are_read_than_a_watch_writes_in_three_weeks() -> None:
    data = headed(FILE_ID + hexed("40 00 00 1400 00") + b"\0" * 2_000_005)

    run = read(data)

    # One message of the two million is the file_id; the samples begin at 14 + 11 + 6.
    assert run.samples == 1_999_999
    assert found(run)[-2:] == [("messages", 31 + 1_999_999), ("undated", None)]


def test_a_chain_of_empty_files_is_not_followed_for_ever() -> None:
    data = RUN + sealed(FILE_ID) * 3_000

    run = read(data)

    assert found(run) == [("trailing", len(RUN) + 999 * len(sealed(FILE_ID)))]


@pytest.mark.parametrize("seed", range(20))
def test_random_bytes_behind_a_header_raise_only_our_errors(seed: int) -> None:
    rng = np.random.default_rng(seed)

    for _ in range(25):
        data = sealed(rng.bytes(int(rng.integers(1, 2_000))))
        assert look_at_everything(data) <= len(data)
