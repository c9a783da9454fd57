"""What few GPX and TCX files have: gaps, long runs, strange names, texts where none belongs."""

import pytest

from hamstride.errors import NotAnActivityError
from hamstride.readers import Upload, read
from hamstride.readers.gpx import decode_gpx
from hamstride.readers.tcx import decode_tcx
from hamstride.records import MISSING, Activity
from made_up_files import gpx, lap, point, tcx, track, trackpoint

HEART = "<extensions><hr>{}</hr></extensions>"
MANY = 4_200
"""More points than are turned into numbers at once, which is 4,096."""


def only(data: bytes) -> Activity:
    (activity,) = decode_gpx(data, "run.gpx")
    return activity


def rates(activity: Activity) -> list[int]:
    """Heart rates in tenths of a beat, as the columns hold them."""
    return [int(rate) for rate in activity.channels["heart_rate"].raw]


# Tracks


@pytest.mark.parametrize(
    ("empty", "said"),
    [(1, "1 of 2 tracks has no points."), (2, "2 of 3 tracks have no points.")],
)
def test_an_empty_track_beside_a_full_one_is_said(empty: int, said: str) -> None:
    run = only(gpx(track("") * empty + track(point(0))))

    assert [(finding.code, finding.say) for finding in run.findings] == [("empty_track", said)]


def test_a_break_is_no_pause_where_a_side_of_it_has_no_time() -> None:
    timeless = '<trkpt lat="38.7" lon="-9.1"></trkpt>'
    body = f"{timeless}</trkseg><trkseg>{point(5)}</trkseg><trkseg>{point(5)}{point(9)}"

    run = only(gpx(track(body)))

    assert run.pauses == ()
    assert run.duration_s == 4


def test_a_month_between_two_points_is_kept_to_the_millisecond() -> None:
    later = point(0).replace("2026-10", "2026-11")

    run = only(gpx(track(point(0) + later)))

    # 31 days are more milliseconds than 32 bits hold.
    assert run.channels["time"].raw.tolist() == [0, 31 * 86_400_000]
    assert run.duration_s == 31 * 86_400


# Points


def test_a_sensor_that_joins_late_or_leaves_early_leaves_gaps_and_moves_nothing() -> None:
    late = "".join(point(s, extra=HEART.format(150) if s >= MANY else "") for s in range(MANY + 2))
    early = "".join(point(s, extra=HEART.format(150) if s < 2 else "") for s in range(MANY + 2))

    assert rates(only(gpx(track(late)))) == [MISSING] * MANY + [1500] * 2
    assert rates(only(gpx(track(early)))) == [1500] * 2 + [MISSING] * MANY


def test_long_runs_read_point_by_point_are_whole() -> None:
    # A note within each third point keeps them from being read by one pattern.
    points = "".join(point(s, extra="<!-- hill -->" if s % 3 else "") for s in range(MANY))

    run = only(gpx(track(points)))

    assert run.samples == MANY
    assert run.duration_s == MANY - 1


def test_a_point_without_a_position_among_others_is_no_bad_position() -> None:
    here = "<Position><LatitudeDegrees>38.7</LatitudeDegrees>"
    here += "<LongitudeDegrees>-9.1</LongitudeDegrees></Position>"

    (run,) = decode_tcx(tcx(lap(trackpoint(0, here) + trackpoint(1))), "run.tcx")

    assert run.channels["latitude"].raw.tolist() == [387_000_000, MISSING]
    assert run.findings == ()


def test_a_blank_time_is_none_and_no_bad_one() -> None:
    blank = '<trkpt lat="38.7" lon="-9.1"><time> </time></trkpt>'

    run = only(gpx(track(point(0) + blank)))

    assert run.channels["time"].raw.tolist() == [0, MISSING]
    assert run.findings == ()


def test_a_thousand_strange_names_in_points_hide_no_value() -> None:
    # Names are remembered up to a thousand; those after it are looked up each time.
    strange = "".join(f"<x{number}>1</x{number}>" for number in range(1_100))

    # The comment keeps the points from being read by one pattern.
    odd = point(0, extra=f"<!-- -->{strange}{HEART.format(150)}")

    run = only(gpx(track(odd + point(1))))

    assert rates(run) == [1500, MISSING]


# Texts


def test_utf_16_without_its_mark_is_read() -> None:
    text = gpx(track(point(0), name="Évora")).decode().replace("UTF-8", "UTF-16")

    for codec in ("utf-16-le", "utf-16-be"):
        (outcome,) = read(Upload("run.gpx", text.encode(codec)))
        assert outcome.status == "read"
        assert outcome.activities[0].title == "Évora"


def test_a_break_in_a_file_of_another_encoding_is_not_blamed_on_the_encoding() -> None:
    data = gpx(track(point(0))).replace(b"UTF-8", b"ISO-8859-1").replace(b"</gpx>", b"<<\xe9")

    run = only(data)

    assert [finding.code for finding in run.findings] == ["syntax"]


def test_the_notes_of_a_tcx_activity_are_its_title() -> None:
    notes = "<Notes> Hills by the sea </Notes>"

    (run,) = decode_tcx(tcx(lap(trackpoint(0)) + notes), "run.tcx")

    assert run.title == "Hills by the sea"


def test_a_route_without_times_is_told_once_and_as_no_run() -> None:
    route = gpx('<rte><rtept lat="38.7" lon="-9.1"/><rtept lat="38.8" lon="-9.1"/></rte>')

    with pytest.raises(NotAnActivityError, match="waypoints or a route, and no track"):
        decode_gpx(route, "plan.gpx")
