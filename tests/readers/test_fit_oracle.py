"""Every column of the samples of every real file, against fitdecode.

fitdecode (MIT) is independent code. These differences are allowed:

- What is packed into `compressed_speed_distance` fills only the gaps of the plain fields, and
  fitdecode gives both, one beside the other.
- fitdecode repeats `speed` as `enhanced_speed` and the like; here the two are joined later, in
  the channels of an activity.
- Of an array, a column holds the first value.
- Where a file is damaged, fitdecode raises; what it gave before that is compared.
"""

import math
import os
from pathlib import Path
from typing import Any

import fitdecode
import pytest

from hamstride.readers.fit_messages import decode_messages
from hamstride.readers.fit_table import Table

RECORD = 20
REPEATED = {"enhanced_speed", "enhanced_altitude", "enhanced_respiration_rate"}

FOLDER = Path(os.environ.get("HAMSTRIDE_ACTIVITIES", "absent"), "fit")
# Without the folder one name is left, whose test is skipped out loud.
NAMES = sorted(path.name for path in FOLDER.glob("*.fit")) or ["none"]

Row = dict[str, Any]


def sample(frame: Any) -> Row:
    """The values of one message by column name; those that fitdecode unpacks end in a star."""
    row: Row = {}
    for field in frame.fields:
        # Names of sports and the like are numbers in the file.
        value = field.raw_value if isinstance(field.value, str | bool) else field.value
        if field.field_def is None:
            name = f"{field.name}*"
        elif field.field_def.is_dev:
            name = f"developer.{field.name}"
        else:
            name = field.name if field.field else f"field_{field.field_def.def_num}"
        row.setdefault(name, value[0] if isinstance(value, tuple | bytes) else value)
    return row


def oracle(data: bytes) -> list[Row]:
    """The samples as fitdecode reads them, up to the damage."""
    rows: list[Row] = []
    try:
        with fitdecode.FitReader(
            data,
            processor=None,
            check_crc=fitdecode.CrcCheck.DISABLED,
            error_handling=fitdecode.ErrorHandling.IGNORE,
        ) as reader:
            rows.extend(
                sample(frame)
                for frame in reader
                if frame.frame_type == fitdecode.FIT_FRAME_DATA and frame.global_mesg_num == RECORD
            )
    except fitdecode.FitError:
        pass
    return rows


def expected(rows: list[Row], name: str) -> list[float | None]:
    """A column of the oracle, its gaps filled with what is packed elsewhere."""
    packed = f"{name}*"
    return [
        row[name] if row.get(name) is not None else row.get(packed, row.get(name)) for row in rows
    ]


def ours(table: Table, name: str) -> list[float | None]:
    """The same column of ours."""
    developer = name.startswith("developer.")
    channel = table.developer_column(name) if developer else table.column(name)
    if channel is None:
        return [None] * len(table)
    return [None if math.isnan(value) else value for value in channel.si().tolist()]


def test_all_real_files_are_here(activities_folder: Path) -> None:
    assert len(NAMES) == 51


@pytest.mark.parametrize("name", NAMES)
def test_every_column_of_the_samples_equals_the_oracle(activities_folder: Path, name: str) -> None:
    data = (activities_folder / "fit" / name).read_bytes()
    rows = oracle(data)
    theirs = {column.rstrip("*") for row in rows for column in row} - REPEATED
    theirs |= {column for row in rows for column in row if column in REPEATED}

    table = decode_messages(data, name).tables.get("record")

    if table is None:
        assert rows == []
        return
    assert len(table) == len(rows)
    assert set(table.names()) == theirs
    for column in sorted(theirs):
        assert ours(table, column) == expected(rows, column), column
