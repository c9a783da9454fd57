"""Rows B47 to B62: FIT files, written by the encoder of `demo`."""

from collections.abc import Sequence

from corpus.rows import Row
from hamstride.demo.damage import with_byte, with_crc, with_data_size, with_header_crc
from hamstride.demo.encode_fit import (
    ENUM,
    TIMESTAMP,
    UINT8,
    UINT16,
    UINT32,
    Definition,
    DeveloperField,
    Field,
    crc16,
    fit_file,
)
from hamstride.facts.activity import run_of
from hamstride.protocols.loading import load
from hamstride.readers import Outcome
from hamstride.records import MISSING

T0 = 1_150_000_000  # 10 June 2026
RUNNING, CYCLING, SWIMMING, TRAINING = 1, 2, 5, 10

FILE_ID = Definition(0, 0, (Field(0, ENUM), Field(1, UINT16)))
# Distance in centimetres, speed in millimetres a second.
RECORD = Definition(1, 20, (TIMESTAMP, Field(3, UINT8), Field(5, UINT32), Field(6, UINT16)))
SESSION = Definition(2, 18, (TIMESTAMP, Field(2, UINT32), Field(5, ENUM)))
OWN = Definition(3, 20, (TIMESTAMP,), developer=(DeveloperField(Field(0, UINT8)),))

MINUTES = 5
BEHIND_THE_HEADER = 14


def messages(
    sport: int = RUNNING, *, begun: int = T0, manufacturer: int = 255, speed: int = 2_700
) -> Sequence[bytes]:
    """Five minutes at 2.7 m/s."""
    return (
        FILE_ID.defined() + FILE_ID.data(4, manufacturer),
        RECORD.defined(),
        *(RECORD.data(begun + s, 140, 270 * s, speed) for s in range(60 * MINUTES)),
        SESSION.defined(),
        SESSION.data(begun + 60 * MINUTES, begun, sport),
    )


RUN = fit_file(*messages())
ON_FOOT_ONLY = load().declared.runs


def header_of(length: int) -> bytes:
    """A file whose header names another length, and whose checksum is right all the same."""
    body = with_byte(RUN, 0, length)[:-2]
    return body + crc16(body).to_bytes(2, "little")


def cut_size(data: bytes, size: int) -> bytes:
    """The size of the messages overwritten, and nothing put right, as a watch leaves it."""
    return data[:4] + size.to_bytes(4, "little") + data[8:]


def has_all(outcomes: list[Outcome]) -> bool:
    """Whether no sample was lost."""
    return [activity.samples for activity in outcomes[0].activities] == [60 * MINUTES]


def two_runs(outcomes: list[Outcome]) -> bool:
    """Whether each file of a chain is a run."""
    return [activity.samples for activity in outcomes[0].activities] == [60 * MINUTES] * 2


def no_run(outcomes: list[Outcome]) -> bool:
    """Whether another sport is stored, and is no running load."""
    (activity,) = outcomes[0].activities
    return run_of(activity, ON_FOOT_ONLY, "UTC") is None


def no_speed(outcomes: list[Outcome]) -> bool:
    """Whether the marker for "none" is no speed of 65 m/s; the distance tells the speed then."""
    (activity,) = outcomes[0].activities
    speed = activity.channels.get("speed")
    return speed is None or set(speed.raw.tolist()) == {MISSING}


def row(no: int, data: bytes, code: str, says: str, about: str = "") -> Row:
    """A row of a file that is read with a warning, and loses no sample."""
    return Row(no, "W", lambda: data, code, says, "run.fit", about, also=has_all)


ROWS = (
    row(47, header_of(0), "header", "What lies behind it was read", "size 0"),
    row(47, header_of(255), "header", "What lies behind it was read", "size 255"),
    Row(
        47,
        "Q",
        lambda: with_byte(RUN, 0, 255),
        "crc",
        "numbers may be wrong",
        "run.fit",
        "and a checksum that does not match",
        why="the damage may not have stopped at the header, so it ends as B49 does",
    ),
    Row(
        47,
        "R",
        lambda: with_byte(RUN, 0, 255)[:BEHIND_THE_HEADER] + bytes(200),
        "unreadable",
        "nothing of it can be read",
        "run.fit",
        "and nothing behind it",
    ),
    row(48, with_header_crc(RUN, 0x1234), "header_crc", "checksum of the header"),
    Row(49, "Q", lambda: with_crc(RUN, 0x1234), "crc", "numbers may be wrong", "run.fit"),
    row(50, cut_size(RUN, 0), "size", "The size was never written"),
    row(51, with_data_size(RUN, 0xFFFFFFFF), "size", "speaks of 4294967295 bytes"),
    row(
        53,
        fit_file(*messages(), bytes((7, 1, 2, 3))),
        "undescribed",
        f"at byte {len(RUN) - 2}. Everything before it was read.",
    ),
    Row(
        54,
        "W",
        lambda: fit_file(*messages(), OWN.defined(), OWN.data(T0 + 60 * MINUTES, 9)),
        "developer_field",
        "It was left out.",
        "run.fit",
    ),
    Row(55, "A", lambda: fit_file(*messages(manufacturer=60_000)), name="run.fit", also=has_all),
    Row(
        56,
        "A",
        lambda: RUN + fit_file(*messages(begun=T0 + 86_400)),
        name="run.fit",
        also=two_runs,
    ),
    row(57, RUN + b"garbage", "trailing", "7 bytes after the end of the data were left out"),
    Row(
        58,
        "R",
        lambda: fit_file(with_byte(messages()[0], 2, 118), *messages()[1:]),
        "unreadable",
        "byte order of a message is 118",
        "run.fit",
    ),
    *(
        Row(
            59,
            "A",
            lambda sport=sport: fit_file(*messages(sport)),  # type: ignore[misc]
            name="ride.fit",
            about=about,
            also=no_run,
        )
        for sport, about in ((CYCLING, "cycling"), (SWIMMING, "swimming"), (TRAINING, "strength"))
    ),
    Row(
        61,
        "Q",
        lambda: fit_file(*messages(begun=100)),
        "undated",
        "The day is yours to tell.",
        "run.fit",
        leaves_out=(),
    ),
    Row(
        62,
        "A",
        lambda: fit_file(*messages(speed=65_535)),
        name="run.fit",
        also=no_speed,
    ),
)
