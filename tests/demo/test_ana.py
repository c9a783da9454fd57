"""The made-up runner: what lies on disk is what her story says.

Her files are read here by other people's readers (`fitdecode`, `gpxpy`, `tcxparser`), so that
a slip in ours cannot hide one of the encoder's.
"""

import io
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any

import fitdecode
import gpxpy
import pytest
import tcxparser

from hamstride.casefile import read_case
from hamstride.demo import ana, story
from hamstride.demo.runs import outings
from hamstride.errors import HamstrideError
from hamstride.records import Case

LAST_DAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    written = tmp_path_factory.mktemp("demo")
    ana.write(written)
    return written


@pytest.fixture(scope="module")
def case(folder: Path) -> Case:
    return read_case(folder / "ana.toml")


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def messages(path: Path, kind: str) -> list[dict[str, Any]]:
    """The messages of one kind as fitdecode reads them, strictly."""
    data = io.BytesIO(path.read_bytes())
    with fitdecode.FitReader(data, check_crc=fitdecode.CrcCheck.RAISE) as frames:
        return [
            {field.name: field.value for field in frame.fields}
            for frame in frames
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == kind
        ]


def running_stretches_s(path: Path) -> list[int]:
    """How long she ran at a time, told by 70 strides (140 steps) a minute and more."""
    runs = [record["cadence"] >= 70 for record in messages(path, "record")]
    return [len(list(stretch)) for running, stretch in groupby(runs) if running]


# Writing


def test_two_demos_are_the_same_byte_for_byte(folder: Path, tmp_path: Path) -> None:
    ana.write(tmp_path / "other")

    assert contents(tmp_path / "other") == contents(folder)


def test_writing_again_over_an_earlier_demo_gives_the_demo(folder: Path, tmp_path: Path) -> None:
    ana.write(tmp_path)
    (tmp_path / "ana.toml").write_text("spoilt")

    case_file = ana.write(tmp_path)

    assert case_file == tmp_path / "ana.toml"
    assert contents(tmp_path) == contents(folder)


@pytest.mark.parametrize("name", ["thesis.txt", "activities/2024-race.fit"])
def test_a_folder_that_holds_something_else_is_left_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("mine")

    with pytest.raises(HamstrideError, match=f"holds {name}") as refusal:
        ana.write(tmp_path)

    assert "Name a new or an empty folder" in str(refusal.value)
    assert contents(tmp_path) == {name: b"mine"}


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo").write_text("mine")

    with pytest.raises(HamstrideError, match="is a file"):
        ana.write(tmp_path / "demo")


def test_the_demo_is_small(folder: Path) -> None:
    assert sum(len(data) for data in contents(folder).values()) < 6_000_000


# Her file


def test_her_file_reads_back_as_the_story(case: Case) -> None:
    assert case == story.case()


def test_every_run_names_its_file_and_every_file_is_a_run(case: Case, folder: Path) -> None:
    named = [run.file or "" for run in case.runs]

    assert sorted(named) == sorted(name for name in contents(folder) if name != "ana.toml")
    assert len(named) == 44


def test_the_story_lasts_twenty_weeks_and_ends_before_the_22nd_of_november(case: Case) -> None:
    days_told = [run.start.date() for run in case.runs] + [found.on for found in case.check_ins]

    assert min(days_told) == date(2026, 7, 7)
    assert max(days_told) == LAST_DAY
    assert (LAST_DAY - min(days_told)).days == 136


def test_she_answers_every_morning_after_it_went(case: Case) -> None:
    mornings = [check_in.on for check_in in case.check_ins]

    assert mornings[0] == date(2026, 8, 30)
    assert mornings[-1] == LAST_DAY
    assert all(later - earlier == timedelta(days=1) for earlier, later in pairwise(mornings))


def test_two_days_lie_between_the_runs_of_her_comeback(case: Case) -> None:
    comeback = [run.start.date() for run in case.runs if run.start.date() > date(2026, 8, 29)]

    assert len(comeback) == 21
    assert min((later - earlier).days for earlier, later in pairwise(comeback)) == 2


def test_she_climbs_the_ladder_with_one_step_back(case: Case) -> None:
    steps = [run.step for run in case.runs if run.step]

    assert steps == [
        *("R1", "R3", "R5", "R7", "R6", "R7", "R8", "R9", "R10", "R11", "R12", "R13", "R13"),
        *("V1", "V2", "V3", "V4"),
    ]


def test_one_run_flares_up_and_it_hurts_four(case: Case) -> None:
    (flare_up,) = [run for run in case.runs if run.step and (run.pain_during or 0) >= 3]

    assert flare_up.start.date() == date(2026, 10, 3)
    assert flare_up.step == "R7"
    assert flare_up.pain_during == 4
    assert flare_up.stopped_early is True


def test_the_phases_follow_one_another(case: Case) -> None:
    assert [(phase.on, phase.id) for phase in case.phases] == [
        (date(2026, 9, 4), "strength"),
        (date(2026, 9, 23), "return_to_running"),
        (date(2026, 11, 1), "speed_and_hills"),
    ]


# The days to show


def test_the_days_to_show_are_five_mornings_of_the_comeback_in_order(case: Case) -> None:
    shown = [day for day, _ in ana.days()]

    assert shown == [
        date(2026, 8, 31),
        date(2026, 9, 22),
        date(2026, 9, 29),
        date(2026, 10, 4),
        date(2026, 10, 24),
    ]
    assert set(shown) <= {check_in.on for check_in in case.check_ins}


@pytest.mark.parametrize("due", [date(2026, 9, 29), date(2026, 10, 24)])
def test_where_a_run_is_due_she_has_not_run_yet_nor_the_day_before(case: Case, due: date) -> None:
    ran = {run.start.date() for run in case.runs}

    assert due not in ran
    assert due - timedelta(days=1) not in ran
    assert due + timedelta(days=1) in ran


def test_on_the_short_night_sleep_is_all_that_is_amiss(case: Case) -> None:
    (morning,) = [found for found in case.check_ins if found.on == date(2026, 10, 24)]

    assert morning.sleep_h == 5
    assert (morning.pain_morning, morning.pain_walking, morning.limp) == (0, 0, False)


# Her watch


def test_r3_holds_five_runs_of_two_minutes(folder: Path) -> None:
    stretches = running_stretches_s(folder / "activities/2026-09-27-r3.fit")

    assert stretches == pytest.approx([120] * 5, abs=2)


def test_r1_holds_five_runs_of_one_minute_and_a_lap_for_each_part(folder: Path) -> None:
    r1 = folder / "activities/2026-09-24-r1.fit"

    assert running_stretches_s(r1) == pytest.approx([60] * 5, abs=2)
    assert [lap["total_elapsed_time"] for lap in messages(r1, "lap")] == [180.0, 60.0] * 5


def test_r13_is_half_an_hour_without_a_walk_break(folder: Path) -> None:
    (stretch,) = running_stretches_s(folder / "activities/2026-10-30-r13.fit")

    assert 1800 <= stretch <= 1830


def test_a_session_message_agrees_with_its_records(folder: Path) -> None:
    r8 = folder / "activities/2026-10-13-r8.fit"
    records = messages(r8, "record")

    (session,) = messages(r8, "session")

    # 18:00 in Lisbon, an hour ahead of UTC until the end of October; 15 minutes at 1 Hz.
    assert session["start_time"] == records[0]["timestamp"]
    assert session["start_time"] == datetime(2026, 10, 13, 17, 0, tzinfo=UTC)
    assert len(records) == 901
    assert session["total_elapsed_time"] == 900.0
    assert session["total_distance"] == records[-1]["distance"]
    assert session["total_distance"] == pytest.approx(2_385, abs=25)  # 900 s at 2.65 m/s
    assert session["sport"] == "running"


def test_she_was_near_top_speed_when_it_went(folder: Path) -> None:
    onset = messages(folder / "activities/2026-08-29-strides.fit", "record")

    fastest = max(record["speed"] for record in onset)
    last_minute = [record["speed"] for record in onset[-60:]]

    assert fastest == pytest.approx(6.9, abs=0.2)
    assert max(last_minute) < 1.5


def test_the_treadmill_run_has_no_place(folder: Path) -> None:
    treadmill = folder / "activities/2026-10-10-r7.fit"

    (session,) = messages(treadmill, "session")

    assert session["sub_sport"] == "treadmill"
    assert "position_lat" not in messages(treadmill, "record")[0]


def test_the_gpx_file_is_a_run_of_38_minutes_round_the_loop(folder: Path) -> None:
    gpx = gpxpy.parse((folder / "activities/2026-08-04-easy.gpx").read_text())

    assert gpx.get_points_no() == 38 * 60 + 1
    assert gpx.get_time_bounds().start_time == datetime(2026, 8, 4, 17, 30, tzinfo=UTC)
    # 2,280 s at 2.8 m/s are 6,384 m; on the map within three in a hundred.
    assert gpx.length_2d() == pytest.approx(6_384, rel=0.03)


def test_the_tcx_file_is_a_run_of_20_minutes(folder: Path) -> None:
    tcx = tcxparser.TCXParser(str(folder / "activities/2026-10-17-r9.tcx"))

    assert tcx.duration == 1200
    assert tcx.distance == pytest.approx(3_180, abs=30)  # 1,200 s at 2.65 m/s
    assert tcx.activity_type == "running"


def test_no_two_runs_share_a_day() -> None:
    days_run = [outing.run.start.date() for outing in outings()]

    assert len(set(days_run)) == len(days_run)
