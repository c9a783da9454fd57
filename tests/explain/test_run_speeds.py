"""How much of a run was run at which share of top speed, as a table."""

from datetime import UTC, datetime

from hamstride.explain.run_shown import BandShown, Limits, RunShown
from hamstride.explain.run_speeds import band_lines
from hamstride.explain.runs import explained

BANDS = (
    BandShown(0, 50, 3100.0, 1300.0),
    BandShown(50, 60, 0.0, 0.0),
    BandShown(80, 90, 320.4, 48.6),
    BandShown(95, None, 60.0, 7.6),
)


def test_each_band_that_holds_running_is_a_line_with_its_share_of_the_distance() -> None:
    # Of 3480.4 m: 89 %, 9 % and 2 % of a bar of 20.
    assert [line.split() for line in band_lines(BANDS)] == [
        ["under", "50", "%", "3.10", "km", "21:40", "█" * 18],
        ["80", "to", "90", "%", "320", "m", "0:49", "██"],
        ["95", "%", "and", "more", "60", "m", "0:08", "█"],
    ]


def test_the_columns_stand_below_each_other() -> None:
    lines = [*band_lines(BANDS)]

    assert {line.index("█") for line in lines} == {34}


def test_a_run_is_explained_with_its_bands_where_it_has_some() -> None:
    limits = Limits(80, 90, 30, 110, 130, 200, 10)
    start = datetime(2026, 10, 3, 9, 0, tzinfo=UTC)
    heading = "How fast, against your own top speed"

    parts = {
        part.heading: part
        for part in explained(RunShown("x", start, bands=BANDS), [], None, limits)
    }
    without = explained(RunShown("x", start), [], None, limits)

    assert [line.text for line in parts[heading].lines] == [*band_lines(BANDS)]
    assert heading not in {part.heading for part in without}
