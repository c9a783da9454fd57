"""The XML rows of the bad-input corpus, B24 to B46, each as a file made here."""

import os
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

import pytest

import hamstride
from damage_made_up import mutated
from hamstride.readers import Outcome, Upload, read
from hamstride.records import MISSING
from made_up_files import gpx, lap, point, tcx, track, trackpoint

MUTATIONS = int(os.environ.get("HAMSTRIDE_MUTATIONS", "300"))
DOCTYPES = {
    "B24 billion laughs": '<!DOCTYPE gpx [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>',
    "B25 quadratic growth": f'<!DOCTYPE gpx [<!ENTITY a "{"x" * 50_000}">]>',
    "B26 external entity": '<!DOCTYPE gpx [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    "B27 external DTD": '<!DOCTYPE gpx SYSTEM "http://example.org/gpx.dtd">',
}


def outcome_of(data: bytes, name: str = "run.gpx") -> Outcome:
    (outcome,) = read(Upload(name, data))
    return outcome


def codes(outcome: Outcome) -> list[str]:
    return [finding.code for finding in outcome.findings]


@pytest.mark.parametrize("doctype", DOCTYPES.values(), ids=DOCTYPES.keys())
def test_any_doctype_is_refused_before_it_costs_anything(doctype: str) -> None:
    data = gpx(f"{track(point(0, extra='<hr>&a;</hr>'))}").replace(
        b"<gpx", doctype.encode() + b"<gpx", 1
    )

    start = time.process_time()
    outcome = outcome_of(data)
    taken_s = time.process_time() - start

    assert outcome.status == "unsupported"
    assert "begins with a DOCTYPE (gpx)" in outcome.message
    assert taken_s < 1  # of processor time; entities that grow would take minutes


def test_b28_deep_nesting_is_refused_by_the_depth_cap() -> None:
    nested = "<x>" * 200_000 + "</x>" * 200_000

    outside = outcome_of(gpx(nested))
    inside = outcome_of(gpx(track(point(0, extra=nested))))

    for outcome in (outside, inside):
        assert outcome.status == "too_large"
        assert "nested more than 64 deep" in outcome.message


def test_nesting_up_to_the_cap_is_read() -> None:
    # gpx, trk, trkseg and trkpt are four levels.
    outcome = outcome_of(gpx(track(point(0, extra="<x>" * 60 + "</x>" * 60))))
    assert outcome.status == "read"

    outcome = outcome_of(gpx(track(point(0, extra="<x>" * 61 + "</x>" * 61))))
    assert outcome.status == "too_large"


def test_b29_a_million_attributes_are_refused_without_building_them() -> None:
    attributes = " ".join(f'a{number}="&gt;>"' for number in range(1_000_000))
    data = gpx(f"<trk {attributes}>{point(0)}</trk>")

    tracemalloc.start()
    outcome = outcome_of(data)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert outcome.status == "too_large"
    assert "more than 64 kB of attributes" in outcome.message
    assert peak < 5_000_000


def test_long_texts_are_no_attributes() -> None:
    outcome = outcome_of(gpx(f"<desc>{'x' * 200_000}</desc>{track(point(0))}"))

    assert outcome.status == "read"


def test_more_than_two_million_elements_are_refused() -> None:
    outcome = outcome_of(gpx("<a/>" * 2_000_001))

    assert outcome.status == "too_large"
    assert "2,000,000 is the most" in outcome.message


@pytest.mark.parametrize("codec", ["utf-16-le", "utf-16-be"])
def test_b30_utf_16_with_its_mark_is_read(codec: str) -> None:
    text = gpx(track(point(0), name="Évora")).decode().replace("UTF-8", "UTF-16")

    (run,) = outcome_of(("\ufeff" + text).encode(codec)).activities

    assert run.title == "Évora"
    assert run.samples == 1


def test_b30_utf_7_is_refused_by_name() -> None:
    outcome = outcome_of(gpx().replace(b"UTF-8", b"UTF-7"))

    assert outcome.status == "unsupported"
    assert "'UTF-7', which is not read" in outcome.message


def test_a_byte_order_mark_is_no_damage() -> None:
    assert outcome_of(b"\xef\xbb\xbf" + gpx()).status == "read"


def test_b31_a_wrong_encoding_is_named() -> None:
    data = gpx(track(point(0)) + track(point(60), name="Évora"))
    latin = data.decode().encode("latin-1")

    outcome = outcome_of(latin)

    assert outcome.status == "in_part"
    assert outcome.activities[0].samples == 1
    assert "says that it is written in UTF-8, and at line 5" in outcome.message


def test_b31_a_declared_encoding_that_is_not_there_is_named() -> None:
    outcome = outcome_of(gpx().replace(b"UTF-8", b"UTF-16"))

    assert outcome.status == "unreadable"
    assert "says that it is written in UTF-16" in outcome.message


def test_b32_a_file_broken_near_its_end_keeps_its_points_and_names_the_line() -> None:
    data = gpx(track("".join(point(second) for second in range(100))))
    at = data.rindex(b"<trkpt")

    outcome = outcome_of(data[:at] + b"<<" + data[at:])

    assert outcome.status == "in_part"
    assert outcome.activities[0].samples == 99
    # Three lines of head and first point, then 98 points more.
    assert "cannot be read on, at line 102" in outcome.message


def test_b33_no_track_points_is_said() -> None:
    outcome = outcome_of(gpx("<trk><trkseg></trkseg></trk>"))

    assert outcome.status == "not_an_activity"
    assert "no track, so there is no run in it" in outcome.message


@pytest.mark.parametrize("root", ["<gpx>", '<gpx xmlns="urn:other">', '<g:gpx xmlns:q="urn:x">'])
def test_b34_namespaces_do_not_matter(root: str) -> None:
    name = root[1:].split(maxsplit=1)[0].rstrip(">")
    body = gpx(head="").replace(b"</gpx>", f"</{name}>".encode())

    outcome = outcome_of(root.encode() + body)

    assert outcome.activities[0].samples == 10


@pytest.mark.parametrize("lat", ["91", "-90.001", "NaN", "Inf", "1e309", "", "north"])
def test_b35_a_position_that_is_none_is_dropped_and_said(lat: str) -> None:
    points = "".join(point(second) for second in range(30)) + point(30, lat=lat)

    outcome = outcome_of(gpx(track(points)))

    (run,) = outcome.activities
    assert run.samples == 31
    assert run.channels["latitude"].raw[30] == run.channels["longitude"].raw[30] == MISSING
    assert codes(outcome) == ["bad_position"]


@pytest.mark.parametrize("lon", ["181", "-180.5"])
def test_b35_more_than_one_bad_position_in_twenty_is_refused(lon: str) -> None:
    points = "".join(point(second) for second in range(18))

    assert outcome_of(gpx(track(points + point(18) + point(19, lon=lon)))).status == "read"
    outcome = outcome_of(gpx(track(points + point(18, lon=lon))))
    assert outcome.status == "unreadable"
    assert "1 of its 19 positions are none" in outcome.message


def test_b36_decimal_commas_are_never_guessed() -> None:
    outcome = outcome_of(gpx(track(point(0, lat="38,71", lon="-9,13"))))

    assert outcome.status == "unreadable"
    assert "decimal commas; export it again with decimal points" in outcome.message


def test_b37_no_times_give_no_duration() -> None:
    outcome = outcome_of(gpx(track('<trkpt lat="1" lon="2"/>' * 3)))

    assert outcome.activities[0].duration_s is None
    assert codes(outcome) == ["no_times"]


@pytest.mark.parametrize(("turned", "code"), [(1, "time_backwards"), (5, "time_disordered")])
def test_b38_times_that_run_backwards_are_kept_and_said(turned: int, code: str) -> None:
    seconds = list(range(40))
    for step in range(turned):
        seconds[2 * step], seconds[2 * step + 1] = seconds[2 * step + 1], seconds[2 * step]

    outcome = outcome_of(gpx(track("".join(point(second) for second in seconds))))

    (run,) = outcome.activities
    assert run.channels["time"].raw[:4].tolist()[:2] == [0, -1000]
    assert run.duration_s == 39
    assert codes(outcome) == [code]


def test_b39_equal_times_give_a_finding() -> None:
    outcome = outcome_of(gpx(track(point(0) * 5)))

    assert outcome.activities[0].duration_s == 0
    assert codes(outcome) == ["no_duration"]


@pytest.mark.parametrize("year", ["1970", "1989", "2099", "0001"])
def test_b40_a_date_that_cannot_be_is_asked_for(year: str) -> None:
    data = gpx().replace(b"2026-10", f"{year}-10".encode())

    outcome = outcome_of(data)

    (run,) = outcome.activities
    assert run.start is None
    assert run.duration_s == 9
    assert codes(outcome) == ["impossible_date"]
    assert outcome.findings[0].say == (
        f"The date is {year}-10-20, which cannot be. On which day was it?"
    )


def test_b40_one_impossible_date_among_good_ones_costs_one_time() -> None:
    bad = point(5).replace("2026", "1970")

    outcome = outcome_of(gpx(track(point(0) + bad + point(9))))

    (run,) = outcome.activities
    assert run.channels["time"].raw.tolist() == [0, MISSING, 9000]
    assert run.start is not None
    assert codes(outcome) == ["impossible_date"]


def test_b41_times_without_a_zone_are_read_as_utc_and_said() -> None:
    outcome = outcome_of(gpx().replace(b"Z</time>", b"</time>"))

    assert outcome.activities[0].start == datetime(2026, 10, 20, 6, tzinfo=UTC)
    assert codes(outcome) == ["no_zone"]


def test_b43_a_leap_of_500_km_in_a_second_is_said() -> None:
    outcome = outcome_of(gpx(track(point(0) + point(1, lat="43.2") + point(2, lat="43.2"))))

    assert codes(outcome) == ["position_jump"]


def test_b44_an_altitude_that_cannot_be_is_dropped() -> None:
    data = gpx().replace(b"<ele>12.5</ele>", b"<ele>99999</ele>", 1)

    outcome = outcome_of(data)

    assert outcome.activities[0].channels["altitude"].raw[:2].tolist() == [MISSING, 12500]
    assert codes(outcome) == ["bad_altitude"]


def test_b45_laps_without_a_track_keep_their_totals() -> None:
    (run,) = outcome_of(tcx(lap("")), "treadmill.tcx").activities

    assert (run.samples, run.distance_m, run.timer_s) == (0, 2000, 600)


@pytest.mark.parametrize("beats", ["0", "255"])
def test_b46_a_sensor_without_a_pulse_is_no_finding(beats: str) -> None:
    inside = "<HeartRateBpm><Value>{}</Value></HeartRateBpm>"

    outcome = outcome_of(tcx(lap(trackpoint(0, inside.format(beats)) + trackpoint(1))), "run.tcx")

    assert "heart_rate" not in outcome.activities[0].channels
    assert codes(outcome) == []


def test_expat_is_the_only_xml_parser_and_lives_in_the_readers() -> None:
    root = Path(hamstride.__file__).parent
    users = {
        file.relative_to(root).as_posix()
        for file in root.rglob("*.py")
        if "expat" in file.read_text() or "import xml" in file.read_text()
    }

    assert {user.split("/")[0] for user in users} == {"readers"}


@pytest.mark.parametrize("name", ["run.gpx", "run.tcx"])
def test_no_damage_raises_or_slips_past_the_decoder(name: str) -> None:
    inside = "<HeartRateBpm><Value>150</Value></HeartRateBpm><Extensions><n:Speed>3.1</n:Speed>"
    points = "".join(trackpoint(s, inside + "</Extensions>") for s in range(12))
    whole = {"run.gpx": gpx(), "run.tcx": tcx(lap(points))}[name]

    for seed in range(MUTATIONS):
        (outcome,) = read(Upload(name, mutated(whole, seed)))

        assert "reader_fault" not in codes(outcome), outcome.findings
        assert sum(activity.samples for activity in outcome.activities) <= 24
        assert bool(outcome.activities) == (outcome.status in {"read", "in_part"})
