"""A run without a place has no track to be written as."""

from datetime import UTC, datetime

import pytest

from hamstride.demo.activity_files import as_gpx, as_tcx
from hamstride.demo.streams import Effort, recorded

START = datetime(2026, 10, 10, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("write", [as_gpx, as_tcx])
def test_a_treadmill_run_is_no_track(write) -> None:  # type: ignore[no-untyped-def]
    streams = recorded([Effort(60, 2.5)], seed=1, treadmill=True)

    with pytest.raises(ValueError, match="a treadmill run has no points"):
        write(streams, START)
