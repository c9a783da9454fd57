"""What is written is what was recorded, to the last microsecond and control character."""

import json
import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings

from hamstride.casefile import parse_case, to_json, to_toml
from hamstride.records import Case, CheckIn, Episode, Run, Screening, Session, SessionItem
from strategies import cases

EPISODE = Episode(started_on=date(2026, 10, 1), side="left")


def offsets(case: Case) -> list[timedelta | None]:
    """The offsets of all runs; equality of instants says nothing about them."""
    return [run.start.utcoffset() for run in case.runs]


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_case_comes_back_from_toml_as_it_went(case: Case) -> None:
    back = parse_case(to_toml(case), file="ana.toml")

    assert back == case
    assert offsets(back) == offsets(case)


@settings(max_examples=60, deadline=None)
@given(cases())
def test_a_case_comes_back_from_json_as_it_went(case: Case) -> None:
    back = parse_case(to_json(case), file="ana.json")

    assert back == case
    assert offsets(back) == offsets(case)


@settings(max_examples=30, deadline=None)
@given(cases())
def test_toml_and_json_of_a_case_hold_the_same_tables(case: Case) -> None:
    from_toml = parse_case(to_toml(case), file="ana.toml")
    from_json = parse_case(to_json(case), file="ana.json")

    assert from_toml == from_json
    assert to_toml(from_json) == to_toml(from_toml)


@pytest.mark.parametrize(
    "note",
    [
        "",
        " ",
        "\n",
        "\r\n",
        "\\",
        '"',
        '"""',
        'ends in """',
        "'''",
        "two\nlines",
        "trailing \\\n and \\",
        "\x00\x07\x1b[31m\x7f",
        "tab\tand\x0bvertical",
        "\u2028\u2029\ufeff\u202e",
        "Ça a tiré 😬",
        "#not a comment",
        "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s.t",
        "." * 10_000,
    ],
)
def test_a_note_comes_back_letter_by_letter(note: str) -> None:
    case = Case(episode=EPISODE, check_ins=(CheckIn(on=date(2026, 10, 20), note=note),))

    from_toml = parse_case(to_toml(case), file="ana.toml")
    from_json = parse_case(to_json(case), file="ana.json")

    assert from_toml.check_ins[0].note == note
    assert from_json.check_ins[0].note == note


@pytest.mark.parametrize("metres", [0.0, 3100.0, 3100.5, 0.1 + 0.2, 5e-324, 1e-7, 2e6])
def test_a_number_comes_back_to_its_last_digit(metres: float) -> None:
    case = Case(episode=EPISODE, runs=(Run(start=datetime(2026, 10, 19, tzinfo=UTC)),))
    case = replace(case, runs=(replace(case.runs[0], distance_m=metres),))

    from_toml = parse_case(to_toml(case), file="ana.toml")
    from_json = parse_case(to_json(case), file="ana.json")

    assert from_toml.runs[0].distance_m == metres
    assert from_json.runs[0].distance_m == metres


def test_a_time_keeps_its_microseconds_and_its_offset() -> None:
    lisbon = timezone(timedelta(hours=1))
    start = datetime(2026, 10, 19, 18, 0, 0, 123456, tzinfo=lisbon)
    case = Case(episode=EPISODE, runs=(Run(start=start),))

    back = parse_case(to_toml(case), file="ana.toml").runs[0].start

    assert back.isoformat() == "2026-10-19T18:00:00.123456+01:00"


def test_an_offset_with_seconds_is_written_as_utc() -> None:
    # Liberia stood 44 min 30 s behind Greenwich until 1972; neither format can write that.
    monrovia = timezone(-timedelta(minutes=44, seconds=30))
    start = datetime(1971, 5, 1, 12, 0, tzinfo=monrovia)
    case = Case(episode=EPISODE, runs=(Run(start=start),))

    text = to_toml(case)

    assert "start = 1971-05-01T12:44:30+00:00\n" in text
    assert parse_case(text, file="ana.toml") == case


def test_unknown_and_no_and_zero_stay_three_things() -> None:
    case = Case(
        episode=EPISODE,
        check_ins=(
            CheckIn(on=date(2026, 10, 20)),
            CheckIn(on=date(2026, 10, 21), pain_morning=0, limp=False),
        ),
    )

    tables = tomllib.loads(to_toml(case))

    assert tables["check_ins"] == [
        {"on": date(2026, 10, 20)},
        {"on": date(2026, 10, 21), "pain_morning": 0, "limp": False},
    ]


def test_toml_is_written_for_people() -> None:
    case = Case(
        episode=EPISODE,
        screenings=(
            Screening(on=date(2026, 10, 2), answers={"dark_urine": False, "saddle_numbness": True}),
        ),
        check_ins=(CheckIn(on=date(2026, 10, 20), sleep_h=7.5, note='Said "ouch".\nThen fine.'),),
        sessions=(
            Session(on=date(2026, 10, 18), kind="mobility"),
            Session(
                on=date(2026, 10, 19),
                kind="strength",
                items=(
                    SessionItem(exercise="bridge_walkout", sets=3, reps=6, load_kg=0.0),
                    SessionItem(exercise="long_lever_bridge_hold", sets=5, hold_s=30.0),
                ),
            ),
        ),
    )

    text = to_toml(case, schema_comment="runner.schema.json")

    assert text == (
        """\
#:schema runner.schema.json

[runner]
timezone = "UTC"

[episode]
started_on = 2026-10-01
side = "left"

[[screenings]]
on = 2026-10-02
saddle_numbness = true
dark_urine = false

[[check_ins]]
on = 2026-10-20
sleep_h = 7.5
note = \"\"\"
Said \\"ouch\\".
Then fine.\"\"\"

[[sessions]]
on = 2026-10-18
kind = "mobility"

[[sessions]]
on = 2026-10-19
kind = "strength"
items = [
  { exercise = "bridge_walkout", sets = 3, reps = 6, load_kg = 0 },
  { exercise = "long_lever_bridge_hold", sets = 5, hold_s = 30 },
]
"""
    )


def test_json_writes_days_and_times_as_iso_text() -> None:
    case = Case(episode=EPISODE, runs=(Run(start=datetime(2026, 10, 19, 18, 0, tzinfo=UTC)),))

    tables = json.loads(to_json(case))

    assert tables == {
        "runner": {"timezone": "UTC"},
        "episode": {"started_on": "2026-10-01", "side": "left"},
        "runs": [{"start": "2026-10-19T18:00:00+00:00"}],
    }
