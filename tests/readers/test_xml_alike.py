"""Taking points out by the thousand gives what reading them element by element gives."""

import os
from pathlib import Path

import pytest

from damage_made_up import mutated
from hamstride.readers import Outcome, Upload, read
from hamstride.readers.xml_alike import NotAlikeError, Run, learn, take_apart
from made_up_files import gpx, lap, point, tcx, track, trackpoint

MUTATIONS = int(os.environ.get("HAMSTRIDE_MUTATIONS", "300"))
HEART = "<extensions><t:TPX><t:hr>{}</t:hr></t:TPX></extensions>"
MANY = "".join(point(s, extra=HEART.format(120 + s % 40) if s % 3 else "") for s in range(150))
BEATS = "<HeartRateBpm><Value>{}</Value></HeartRateBpm><Extensions><n:TPX/></Extensions>"
TRACK = "".join(trackpoint(s, BEATS.format(120 + s % 40) if s % 4 else "") for s in range(150))


def summary(outcome: Outcome) -> object:
    """Everything that an outcome says, in a form that can be compared."""
    return (
        outcome.status,
        outcome.message,
        outcome.findings,
        [
            (
                activity.sport,
                activity.start,
                activity.duration_s,
                activity.timer_s,
                activity.distance_m,
                activity.laps,
                activity.pauses,
                activity.title,
                activity.device,
                {name: (c.raw.tolist(), c.unit, c.scale) for name, c in activity.channels.items()},
            )
            for activity in outcome.activities
        ],
    )


def both_ways(data: bytes, patch: pytest.MonkeyPatch) -> tuple[object, object]:
    """What is read by the pattern of the points, and element by element."""
    (quick,) = read(Upload("run", data))
    with patch.context() as changed:
        changed.setattr("hamstride.readers.xml_points.learn", lambda *_given: None)
        (slow,) = read(Upload("run", data))
    return summary(quick), summary(slow)


def goes_quick(data: bytes, layout_point: str = "trkpt") -> bool:
    """Whether the points of a file are enough alike to have a pattern."""
    return learn(data, layout_point, {}, {"lat": 1, "lon": 2}) is not None


def test_real_files_read_the_same_both_ways(
    activities_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = [*(activities_folder / "gpx").iterdir(), *(activities_folder / "tcx").iterdir()]
    assert len(files) == 104

    for file in files:
        quick, slow = both_ways(file.read_bytes(), monkeypatch)
        assert quick == slow, file.name


@pytest.mark.parametrize("data", [gpx(track(MANY)), tcx(lap(TRACK))], ids=["gpx", "tcx"])
def test_damaged_files_read_the_same_both_ways(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(data) > 8192

    for seed in range(MUTATIONS):
        quick, slow = both_ways(mutated(data, seed), monkeypatch)
        assert quick == slow, f"seed {seed}"


@pytest.mark.parametrize(
    "body",
    [
        f"<!-- {track(MANY)} -->{track(point(0))}",
        f"<desc><![CDATA[{track(MANY)}]]></desc>{track(point(0))}",
        track(MANY).replace("<ele>", "<ele><!-- metres -->", 3),
        track(MANY).replace("12.5", "&#49;2.5", 1),
        track(MANY).replace("<ele>12.5</ele>", "<ele>12,5</ele>", 1),
        track(MANY).replace("<time>", "<speed>3</speed><time>", 1),
        track(MANY) + "<?hamstride-points?>",
        track(MANY) + "</gpx>" + point(0),
        track(MANY) + track(point(0)) * 3,
        "<a>" * 62 + MANY + "</a>" * 62,
        "<trk><trkseg>" + "<a>" * 60 + MANY + "</a>" * 60 + "</trkseg></trk>",
        MANY + track(point(0)),
        track(MANY).replace('lon="-9.1"', 'lon="-9.1" lat="1"', 1),
        track(MANY).replace('lat="38.7"', "lat='38.7'"),
        track(MANY).replace("</trkpt>", "</trkpt>stray", 5),
        track(MANY).replace("38.7", "3.87000000000000000e1", 5),
        track(MANY).replace("38.7", "38.712345678901234567"),
        track(MANY).replace("t:TPX", "\xb3:TPX"),
        track(MANY).replace("<t:TPX>", '<t:TPX a="1" a="2">'),
        track(MANY).replace("Z</time>", "</time>"),
        track(MANY).replace("Z</time>", ".25Z</time>", 40),
        track(MANY + f'<trkpt lat="1" lon="2"><desc>{MANY}</desc></trkpt>' + MANY),
        track(MANY + '<trkpt lat="1" lon="2"><ele>3</ele>' + MANY) + "</trkpt></trkseg></trk>",
        track(f"{MANY}{point(151, extra='<fix>3d</fix>')}{MANY}<!-- {MANY} -->{MANY}"),
        track("".join(point(s, extra="<fix>3d</fix>" if s % 2 else "") for s in range(150))),
        track(MANY).replace("2026-10-20T06:01", "2026-02-30T06:01"),
        track(MANY).replace("2026-10-20T06:01", "2026-10-21T06:01"),
        track(MANY).replace("2026-10-20T06:01", "2026-10-20T24:01", 30),
        track(MANY).replace('lat="38.7" lon="-9.1"', 'lon="-9.1" lat="38.7"', 3),
        track(MANY).replace("<ele>", '<ele unit="m">', 3),
        track(MANY).replace("<t:hr>", "<u:hr>90</u:hr><t:hr>"),
        track(MANY.replace('lat="38.7"', 'speed="3" lat="38.7"')),
    ],
    ids=lambda body: body[:30],
)
def test_odd_files_read_the_same_both_ways(body: str, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, slow = both_ways(gpx(body), monkeypatch)

    assert quick == slow


def runs(data: bytes) -> list[int]:
    """How many points follow each other, wherever the pattern finds some."""
    pattern = learn(data, "trkpt", {"ele": 3, "time": 0}, {"lat": 1, "lon": 2})
    assert pattern is not None
    return [piece.count for piece in take_apart(data, 0, pattern) if isinstance(piece, Run)]


def test_a_few_odd_points_cost_none_of_the_others_their_speed() -> None:
    # The pattern is learned from the first twelve points, and from a point in every twelfth.
    odd = "".join(point(s) for s in range(20)) + point(20, extra="<fix>3d</fix>")

    assert runs(gpx(track(MANY))) == [150]
    assert runs(gpx(track(MANY.replace("t:TPX", "ns3:TPX2")))) == [150]
    assert runs(gpx(track(odd + MANY))) == [20, 150]


def test_odd_points_where_no_sample_was_taken_are_read_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Twelve stretches, each with six odd points in its middle: the pattern is learned from the
    # points where one stretch meets the next.
    odd = "".join(point(s, extra="<fix>3d</fix>") for s in range(6))
    data = gpx(track((MANY + odd + MANY) * 12))
    pattern = learn(data, "trkpt", {"ele": 3, "time": 0}, {"lat": 1, "lon": 2})
    assert pattern is not None

    with pytest.raises(NotAlikeError):
        list(take_apart(data, 0, pattern))

    quick, slow = both_ways(data, monkeypatch)
    assert quick == slow


def test_points_that_are_alike_have_a_pattern_and_others_do_not() -> None:
    assert goes_quick(gpx(track(MANY)))
    assert goes_quick(tcx(lap(TRACK)), "Trackpoint")
    assert not goes_quick(gpx(track(MANY.replace("lat=", "note='a' lat="))))
    assert not goes_quick(gpx())
