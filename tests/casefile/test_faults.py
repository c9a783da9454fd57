"""What a runner is told about a file that cannot be used, word by word."""

import pytest

from hamstride.casefile import case_from, parse_case
from hamstride.errors import CaseFileError

EPISODE = '[episode]\nstarted_on = 2026-10-01\nside = "left"\n'
CHECK_IN = "[[check_ins]]\non = 2026-10-20\n"


def faults(text: str | bytes, *, file: str = "ana.toml") -> list[str]:
    """The lines that reading a text gives."""
    with pytest.raises(CaseFileError) as caught:
        parse_case(text, file=file)
    assert str(caught.value) == "\n".join(caught.value.faults)
    return list(caught.value.faults)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("11", "11 is more than 10"),
        ("-1", "-1 is less than 0"),
        ("3.5", "3.5 has a decimal point"),
        ("3.0", "3.0 has a decimal point"),
        ('"3"', '"3" is text, because it stands in quotes'),
        ('"three"', '"three" is text, because it stands in quotes'),
        ('""', '"" is text, because it stands in quotes'),
        ("true", "true is a yes or no"),
        ("1e3", "1000.0 has a decimal point"),
        ("nan", "nan is not a number"),
        ("-inf", "-inf is not a number"),
        ("2026-10-20", "2026-10-20 is a date or time"),
        ("[1]", "a list is here"),
        ("{ left = 1 }", "a table is here"),
        ("9" * 50, "a number of over 40 digits is more than 10"),
    ],
)
def test_a_rating_is_never_coerced(written: str, said: str) -> None:
    found = faults(f"{EPISODE}{CHECK_IN}pain_morning = {written}\n")

    tail = "; pain is a whole number from 0 to 10."
    if written in ("nan", "-inf", '""'):
        tail += " Leave the key out where nothing is known."
    assert found == [f"ana.toml, check_ins[0].pain_morning (2026-10-20): {said}{tail}"]


@pytest.mark.parametrize("written", ["11", "-1", "3.5", '"3"', '"three"', '""', "true", "1e3"])
def test_a_rating_is_refused_in_json_too(written: str) -> None:
    text = (
        '{"episode": {"started_on": "2026-10-01", "side": "left"}, '
        f'"check_ins": [{{"on": "2026-10-20", "pain_morning": {written}}}]}}'
    )

    found = faults(text, file="ana.json")

    assert len(found) == 1
    assert found[0].startswith("ana.json, check_ins[0].pain_morning (2026-10-20): ")


def test_null_is_no_answer() -> None:
    text = (
        '{"episode": {"started_on": "2026-10-01", "side": "left"}, '
        '"check_ins": [{"on": "2026-10-20", "pain_morning": null, "sleep_h": NaN}]}'
    )

    assert faults(text, file="ana.json") == [
        "ana.json, check_ins[0].pain_morning (2026-10-20): null is no answer; "
        "leave the key out where nothing is known.",
        "ana.json, check_ins[0].sleep_h (2026-10-20): nan is not a number; "
        "sleep is a number from 0 to 24, in hours. Leave the key out where nothing is known.",
    ]


@pytest.mark.parametrize("rating", [0, 10])
def test_a_rating_at_either_end_is_read(rating: int) -> None:
    case = parse_case(f"{EPISODE}{CHECK_IN}pain_morning = {rating}\n", file="ana.toml")

    assert case.check_ins[0].pain_morning == rating


def test_pain_left_out_is_unknown() -> None:
    case = parse_case(f"{EPISODE}{CHECK_IN}", file="ana.toml")

    assert case.check_ins[0].pain_morning is None


@pytest.mark.parametrize(
    ("table", "place", "sentence"),
    [
        # yes and no
        (
            f'{CHECK_IN}limp = "no"',
            ", check_ins[0].limp (2026-10-20)",
            '"no" is text, because it stands in quotes; limp is true or false.',
        ),
        (
            f"{CHECK_IN}limp = 0",
            ", check_ins[0].limp (2026-10-20)",
            "0 is a number; limp is true or false.",
        ),
        (
            '[[screenings]]\non = 2026-10-20\nsaddle_numbness = "no"',
            ", screenings[0].saddle_numbness (2026-10-20)",
            '"no" is text, because it stands in quotes; saddle_numbness is true or false.',
        ),
        # measures
        (
            f'{CHECK_IN}sleep_h = "7"',
            ", check_ins[0].sleep_h (2026-10-20)",
            '"7" is text, because it stands in quotes; sleep is a number from 0 to 24, in hours.',
        ),
        (
            "[runner]\nmass_kg = 700",
            ", runner.mass_kg",
            "700 is more than 400; the body mass is a number from 20 to 400, in kilograms.",
        ),
        (
            "[[tests]]\non = 2026-10-18\ntest = 'hop_in_place'\nleft = -1",
            ", tests[0].left (2026-10-18)",
            "-1 is less than 0; the left value is a number from 0 to 1000000.",
        ),
        # choices
        (
            "[[sessions]]\non = 2026-10-18\nkind = 'strengh'",
            ", sessions[0].kind (2026-10-18)",
            '"strengh" is not among the choices; the kind of session is "strength", "mobility", '
            '"warm_up" or "cross_training". Did you mean "strength"?',
        ),
        (
            "[[phases]]\non = 2026-10-12\nid = 'strength'\nby = 'me'",
            ", phases[0].by (2026-10-12)",
            '"me" is not among the choices; '
            'the one who said so is "rule", "runner" or "clinician".',
        ),
        (
            "[[runs]]\nstart = 2026-10-19T18:00:00Z\nkind = 3",
            ", runs[0].kind (2026-10-19)",
            '3 is a number; the kind of run is "easy", "walk_run", "strides", "hills", '
            '"intervals", "sprints", "race" or "drills".',
        ),
        # text
        (
            f"{CHECK_IN}note = 3",
            ", check_ins[0].note (2026-10-20)",
            "3 is a number; the note is text of at most 10000 characters, in quotes.",
        ),
        (
            f'{CHECK_IN}note = "{"a" * 10_001}"',
            ", check_ins[0].note (2026-10-20)",
            "the text has 10001 characters; "
            "the note is text of at most 10000 characters, in quotes.",
        ),
        (
            "[[runs]]\nstart = 2026-10-19T18:00:00Z\nshoes = ''",
            ", runs[0].shoes (2026-10-19)",
            "the text is empty; the name of the shoes is text of 1 to 200 characters, in quotes. "
            "Leave the key out where nothing is known.",
        ),
        (
            "[[overrides]]\non = 2026-10-21\nby = ''\nreason = 'Seen today.'",
            ", overrides[0].by (2026-10-21)",
            "the text is empty; the clinician's name is text of 1 to 200 characters, in quotes.",
        ),
        (
            "[[overrides]]\non = 2026-10-21\nby = 'Ben'\nreason = 'All fine.'",
            ", overrides[0].reason (2026-10-21)",
            "the text has 9 characters; the reason is text of 10 to 10000 characters, in quotes.",
        ),
        # days
        (
            "[[check_ins]]\non = '20.10.2026'",
            ", check_ins[0].on (the 1st)",
            '"20.10.2026" is not written as a date; the day is a date, such as 2026-10-20.',
        ),
        (
            f"{CHECK_IN}[[check_ins]]\non = '2026-02-30'",
            ", check_ins[1].on (the 2nd)",
            '"2026-02-30" is not in the calendar; the day is a date, such as 2026-10-20.',
        ),
        (
            "[[check_ins]]\non = 2026-10-20T08:00:00",
            ", check_ins[0].on (2026-10-20)",
            "2026-10-20T08:00:00 has a time of day; the day is a date, such as 2026-10-20.",
        ),
        (
            "[[check_ins]]\non = 20",
            ", check_ins[0].on (the 1st)",
            "20 is not a date; the day is a date, such as 2026-10-20.",
        ),
        (
            "[[check_ins]]\non = 1899-12-31",
            ", check_ins[0].on (the 1st)",
            "1899-12-31 lies outside the years 1900 to 2200; "
            "the day is a date, such as 2026-10-20.",
        ),
        (
            "[[check_ins]]\non = 2201-01-01",
            ", check_ins[0].on (the 1st)",
            "2201-01-01 lies outside the years 1900 to 2200; "
            "the day is a date, such as 2026-10-20.",
        ),
        (
            "[[check_ins]]\npain_morning = 1",
            ", check_ins[0] (the 1st)",
            'the key "on" is missing; the day is a date, such as 2026-10-20.',
        ),
        # instants
        (
            "[[runs]]\nstart = 2026-10-19T18:00:00",
            ", runs[0].start (2026-10-19)",
            "2026-10-19T18:00:00 has no offset from UTC; the start is a date and time "
            "with its offset from UTC, such as 2026-10-19T18:00:00+01:00.",
        ),
        (
            "[runner]\ntimezone = 'Europe/Lisbon'\n[[runs]]\nstart = 2026-12-19T18:00:00",
            ", runs[0].start (2026-12-19)",
            # Lisbon keeps UTC in winter.
            "2026-12-19T18:00:00 has no offset from UTC; "
            "in Europe/Lisbon it would be 2026-12-19T18:00:00+00:00.",
        ),
        (
            "[[runs]]\nstart = 2026-10-19",
            ", runs[0].start (2026-10-19)",
            "2026-10-19 has no time of day; the start is a date and time "
            "with its offset from UTC, such as 2026-10-19T18:00:00+01:00.",
        ),
        (
            "[[runs]]\nstart = 'six in the evening'",
            ", runs[0].start (the 1st)",
            '"six in the evening" is not written as a date and time; the start is a date and time '
            "with its offset from UTC, such as 2026-10-19T18:00:00+01:00.",
        ),
        (
            "[[runs]]\nstart = '2026-10-19T25:00:00Z'",
            ", runs[0].start (2026-10-19)",
            '"2026-10-19T25:00:00Z" is not in the calendar; the start is a date and time '
            "with its offset from UTC, such as 2026-10-19T18:00:00+01:00.",
        ),
        (
            "[[runs]]\nstart = 1",
            ", runs[0].start (the 1st)",
            "1 is not a date and time; the start is a date and time "
            "with its offset from UTC, such as 2026-10-19T18:00:00+01:00.",
        ),
        (
            "[[runs]]\nstart = '2026-10-19'",
            ", runs[0].start (2026-10-19)",
            "2026-10-19 has no time of day; the start is a date and time "
            "with its offset from UTC, such as 2026-10-19T18:00:00+01:00.",
        ),
        (
            # No limit of digits holds for a number in base 16.
            f"[[runs]]\nstart = 0x{'f' * 5000}",
            ", runs[0].start (the 1st)",
            "a number of over 40 digits is not a date and time; the start is a date and time "
            "with its offset from UTC, such as 2026-10-19T18:00:00+01:00.",
        ),
        # time zones
        (
            "[runner]\ntimezone = 'Lisbon'",
            ", runner.timezone",
            'there is no time zone "Lisbon"; the time zone is an IANA name, '
            'such as "Europe/Lisbon". Did you mean "Europe/Lisbon"?',
        ),
        (
            "[runner]\ntimezone = 'America/New York'",
            ", runner.timezone",
            'there is no time zone "America/New York"; the time zone is an IANA name, '
            'such as "Europe/Lisbon". Did you mean "America/New_York"?',
        ),
        (
            # Etc/GMT+1 is an hour behind Greenwich, the reverse of what people mean.
            "[runner]\ntimezone = 'GMT+1'",
            ", runner.timezone",
            'there is no time zone "GMT+1"; the time zone is an IANA name, '
            'such as "Europe/Lisbon".',
        ),
        (
            "[runner]\ntimezone = '../../etc/passwd'",
            ", runner.timezone",
            'there is no time zone "../../etc/passwd"; the time zone is an IANA name, '
            'such as "Europe/Lisbon".',
        ),
        # lists
        (
            "[runner]\nkit = 'bike'",
            ", runner.kit",
            '"bike" is text; the list of kit is a list, in square brackets.',
        ),
        (
            f"[runner]\nkit = [{'1, ' * 1001}]",
            ", runner.kit",
            "the list has 1001 values; at most 1000 are read.",
        ),
        (
            "[runner]\nfree_days = ['mon', 'tues']",
            ", runner.free_days[1]",
            '"tues" is not among the choices; each of them is "mon", "tue", "wed", "thu", '
            '"fri", "sat" or "sun". Did you mean "tue"?',
        ),
        (
            "[[sessions]]\non = 2026-10-18\nkind = 'strength'\nitems = [3]",
            ", sessions[0].items[0] (2026-10-18)",
            "3 is here; an exercise is a table of keys.",
        ),
        (
            "[[sessions]]\non = 2026-10-18\nkind = 'strength'\n"
            "items = [{ exercise = 'nordic' }, { exercise = 'nordic', reps = 3.5 }]",
            ", sessions[0].items[1].reps (2026-10-18)",
            "3.5 has a decimal point; the number of repetitions is a whole number from 0 to 10000.",
        ),
        (
            "[[sessions]]\non = 2026-10-18\nkind = 'strength'\nitems = [{ sets = 3 }]",
            ", sessions[0].items[0] (2026-10-18)",
            'the key "exercise" is missing; '
            "the exercise's id is text of 1 to 200 characters, in quotes.",
        ),
        # keys and tables
        (
            f"{CHECK_IN}pain_mornin = 3",
            ", check_ins[0] (2026-10-20)",
            'there is no key "pain_mornin" here; did you mean "pain_morning"?',
        ),
        (
            f"{CHECK_IN}Pain-Morning = 3",
            ", check_ins[0] (2026-10-20)",
            'there is no key "Pain-Morning" here; did you mean "pain_morning"?',
        ),
        (
            f"{CHECK_IN}pain_after = 3",
            ", check_ins[0] (2026-10-20)",
            'there is no key "pain_after" here; it belongs to runs. '
            'The nearest here is "pain_rest".',
        ),
        (
            "[[phases]]\non = 2026-10-12\nid = 'strength'\nxyz = 1",
            ", phases[0] (2026-10-12)",
            'there is no key "xyz" here. The keys are: on, id, by, reason, recorded_at.',
        ),
        (
            "[[screenings]]\non = 2026-10-20\ndark_urin = false",
            ", screenings[0] (2026-10-20)",
            'there is no key "dark_urin" here; did you mean "dark_urine"?',
        ),
        (
            "[[sessions]]\non = 2026-10-18\nkind = 'strength'\n"
            "items = [{ exercise = 'nordic', lod_kg = 3 }]",
            ", sessions[0].items[0] (2026-10-18)",
            'there is no key "lod_kg" here; did you mean "load_kg"?',
        ),
        (
            "[chek_ins]",
            "",
            'there is no table "chek_ins"; did you mean "check_ins"?',
        ),
        (
            "[zzz]",
            "",
            'there is no table "zzz". The tables are: runner, episode, screenings, check_ins, '
            "runs, tests, sessions, phases, overrides.",
        ),
        (
            '["no\\nsuch \\u001b[31m"]',
            "",
            'there is no table "no\\nsuch \\u001b[31m". The tables are: runner, episode, '
            "screenings, check_ins, runs, tests, sessions, phases, overrides.",
        ),
        (
            "[check_ins]\non = 2026-10-20",
            ", check_ins",
            "one table is here, and there may be many; in TOML each of them has the heading "
            "[[check_ins]], and in JSON they stand in square brackets.",
        ),
        (
            "[[runner]]\nname = 'Ana'",
            ", runner",
            "a list is here, and there is only one runner in a file; its heading is [runner] in "
            "TOML, and in JSON it has no square brackets.",
        ),
    ],
)
def test_a_fault_says_what_was_found_where_and_what_is_allowed(
    table: str, place: str, sentence: str
) -> None:
    assert faults(f"{EPISODE}{table}\n") == [f"ana.toml{place}: {sentence}"]


def test_a_table_at_the_top_that_is_none_is_told() -> None:
    top = 'runner = "Ana"\nruns = 3\n'

    assert faults(top + EPISODE) == [
        'ana.toml, runner: "Ana" is here; the runner is a table of keys.',
        "ana.toml, runs: 3 is here; runs is a list of tables.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        f'"$schema" = "runner.schema.json"\n{EPISODE}',
        '{"$schema": "runner.schema.json", '
        '"episode": {"started_on": "2026-10-01", "side": "left"}}',
    ],
)
def test_a_file_may_name_its_schema_and_says_nothing_by_it(text: str) -> None:
    assert parse_case(text, file="ana") == parse_case(EPISODE, file="ana.toml")


def test_a_schema_is_named_at_the_top_alone() -> None:
    (fault,) = faults(f'{EPISODE}"$schema" = "runner.schema.json"\n')

    assert fault.startswith("ana.toml, episode")
    assert "$schema" in fault


def test_a_key_outside_of_its_table_is_told_its_table() -> None:
    assert faults(f"started_on = 2026-10-01\n{EPISODE}") == [
        'ana.toml: "started_on" stands outside of the tables; it belongs to episode.'
    ]


def test_a_file_without_an_episode_is_told_what_one_holds() -> None:
    assert faults('[runner]\nname = "Ana"\n') == [
        "ana.toml: the table [episode] is missing; it holds at least two keys, "
        'such as started_on = 2026-10-01 and side = "left".'
    ]


def test_an_episode_is_refused_without_its_first_day_and_side() -> None:
    assert faults("[episode]\n") == [
        'ana.toml, episode: the key "started_on" is missing; '
        "the first day is a date, such as 2026-10-20.",
        'ana.toml, episode: the key "side" is missing; the side is "left", "right" or "both".',
    ]


def test_every_fault_of_a_file_is_told_at_once() -> None:
    text = (
        "[runner]\nborn = 1850\n"
        "[episode]\nstarted_on = 2026-10-01\nside = 'lft'\n"
        "[[check_ins]]\non = 2026-10-20\npain_morning = 11\nlimp = 'no'\n"
        "[[check_ins]]\non = 2026-10-21\nslep_h = 7\n"
    )

    assert faults(text) == [
        "ana.toml, runner.born: 1850 is less than 1900; "
        "the year of birth is a whole number from 1900 to 2100.",
        'ana.toml, episode.side: "lft" is not among the choices; '
        'the side is "left", "right" or "both". Did you mean "left"?',
        "ana.toml, check_ins[0].pain_morning (2026-10-20): 11 is more than 10; "
        "pain is a whole number from 0 to 10.",
        'ana.toml, check_ins[0].limp (2026-10-20): "no" is text, because it stands in quotes; '
        "limp is true or false.",
        'ana.toml, check_ins[1] (2026-10-21): there is no key "slep_h" here; '
        'did you mean "sleep_h"?',
    ]


def test_after_200_faults_the_rest_waits() -> None:
    text = EPISODE + f"{CHECK_IN}pain_morning = 11\n" * 500

    found = faults(text)

    assert len(found) == 201
    assert found[-1] == "ana.toml: there is more; it is shown once these are put right."


def test_a_fault_stays_on_one_line_and_short() -> None:
    hostile = "\\u001b[31m\\n\\u202e" + "x" * 5000

    found = faults(f'{EPISODE}{CHECK_IN}pain_morning = "{hostile}"\n', file="a\nb.toml")

    assert found == [
        'a\\nb.toml, check_ins[0].pain_morning (2026-10-20): "\\u001b[31m\\n\\u202e'
        + "x" * 33
        + '…" is text, because it stands in quotes; pain is a whole number from 0 to 10.'
    ]


def test_half_a_character_is_refused() -> None:
    text = (
        '{"episode": {"started_on": "2026-10-01", "side": "left"}, '
        '"check_ins": [{"on": "2026-10-20", "note": "\\ud83d"}]}'
    )

    assert faults(text, file="ana.json") == [
        'ana.json, check_ins[0].note (2026-10-20): "\\ud83d" holds half a character, '
        "which cannot be saved; the note is text of at most 10000 characters, in quotes."
    ]


def test_a_key_twice_in_json_is_told() -> None:
    text = '{"episode": {"started_on": "2026-10-01", "side": "left", "side": "right"}}'

    assert faults(text, file="ana.json") == [
        'ana.json, episode: the key "side" stands twice; keep one of the two.'
    ]


def test_two_phases_on_one_day_are_read() -> None:
    text = (
        f"{EPISODE}[[phases]]\non = 2026-10-12\nid = 'settle'\n"
        "[[phases]]\non = 2026-10-12\nid = 'strength'\n"
    )

    case = parse_case(text, file="ana.toml")

    assert [phase.id for phase in case.phases] == ["settle", "strength"]


def test_the_questions_can_be_others_than_ours() -> None:
    text = f"{EPISODE}[[screenings]]\non = 2026-10-20\nshoe_on_fire = false\n"

    case = parse_case(text, file="ana.toml", questions=frozenset({"shoe_on_fire"}))

    assert case.screenings[0].answers == {"shoe_on_fire": False}


def test_answers_of_a_screening_stand_flat_in_the_file() -> None:
    found = faults(f"{EPISODE}[[screenings]]\non = 2026-10-20\nanswers = {{ dark_urine = true }}\n")

    assert len(found) == 1
    assert 'there is no key "answers" here' in found[0]


def test_tables_with_days_as_iso_text_are_read_like_toml() -> None:
    text = f"{EPISODE}[[runs]]\nstart = 2026-10-19T18:00:00.5+01:00\n"
    tables = {
        "episode": {"started_on": "2026-10-01", "side": "left"},
        "runs": [{"start": "2026-10-19T18:00:00.5+01:00"}],
    }

    assert case_from(tables, "ana") == parse_case(text, file="ana.toml")
