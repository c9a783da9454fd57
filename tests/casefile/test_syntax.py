"""Slips of the keyboard, in twenty and more broken files of each format."""

import pytest

from hamstride.casefile import parse_case
from hamstride.errors import CaseFileError


def fault(text: str | bytes, *, file: str) -> str:
    """The one line that reading a text gives."""
    with pytest.raises(CaseFileError) as caught:
        parse_case(text, file=file)
    assert len(caught.value.faults) == 1
    return caught.value.faults[0]


BROKEN_TOML = [
    # values
    ("side = left", "line 1, column 8", 'text stands in quotes: "left".'),
    ("a = 1\nlimp = True", "line 2, column 8", "true and false are written in small letters."),
    ("limp = no", "line 1, column 8", "a yes or no is written true or false."),
    ("note =", "line 1, column 7", "a value is missing after =; write one, or leave the key out."),
    (
        "note = # none",
        "line 1, column 8",
        "a value is missing after =; write one, or leave the key out.",
    ),
    ("pain = null", "line 1, column 8", "where nothing is known, the key is left out."),
    (
        "side = “left”",
        "line 1, column 8",
        'the quotes are curly; use straight ones, such as "left".',
    ),
    (
        "pain = +",
        "line 1, column 8",
        "this is no value: text stands in quotes, a number has a point, such as 58.5.",
    ),
    # numbers and days
    (
        "mass_kg = 58,5",
        "line 1, column 13",
        "a number has a point, not a comma, such as 58.5.",
    ),
    ("sets = 03", "line 1, column 9", "a number does not begin with 0, such as 3 instead of 03."),
    (
        "distance_m = 3 km",
        "line 1, column 16",
        "a number stands without its unit; the key already names it.",
    ),
    (
        "duration_s = 25:00",
        "line 1, column 16",
        "a duration is one number in the unit of its key, such as 1500 for 25 minutes in s.",
    ),
    (
        "on = 20.10.2026",
        "line 1, column 11",
        "a date is written year, month, day, such as 2026-10-20.",
    ),
    (
        "on = 20/10/2026",
        "line 1, column 8",
        "a date is written year, month, day, such as 2026-10-20.",
    ),
    (
        "on = 2026-13-01",
        "line 1, column 10",
        "a date is a day of the calendar, written year, month, day, such as 2026-10-20.",
    ),
    ("on = 2026-02-30", "line 1, column 6", "there is no such day or time in the calendar."),
    (
        "on = 2026-10-20 8am",
        "line 1, column 17",
        "something follows the value; a line holds one key and one value.",
    ),
    # text
    ('note = "abc\nx = 1', "line 1, column 12", "the text on this line has no closing quote."),
    (
        'note = """abc\nx = 1',
        "line 2, column 6",
        "a text that begins here or above has no closing quote.",
    ),
    (
        r'file = "C:\runs\ana.fit"',
        "line 1, column 18",
        r"a backslash in double quotes stands alone; use / or \\ or single quotes.",
    ),
    (
        r'file = "C:\Users\ana.fit"',
        "line 1, column 13",
        r"a backslash in double quotes stands alone; use / or \\ or single quotes.",
    ),
    (
        r'note = "\ud800"',
        "line 1, column 15",
        r"the number after \u stands for no character.",
    ),
    (
        'note = "a\x07b"',
        "line 1, column 10",
        "there is a character here that no text shows; take it out.",
    ),
    # lines and headings
    (
        "limp: false",
        "line 1, column 5",
        "a key and its value are joined by =, such as limp = false.",
    ),
    (
        "limp",
        "line 1, column 5",
        "a key and its value are joined by =, such as limp = false.",
    ),
    (
        "[runner",
        "line 1, column 8",
        "the heading is not closed, such as [runner], on a line of its own.",
    ),
    (
        "[[runs]",
        "line 1, column 7",
        "the heading is not closed, such as [runner], on a line of its own.",
    ),
    (
        "= 3",
        "line 1, column 1",
        "this is not TOML; a line is key = value, a [heading] or a # comment.",
    ),
    (
        "\x00\x01\x02",
        "line 1, column 1",
        "this is not TOML; a line is key = value, a [heading] or a # comment.",
    ),
    ("kit = ['bike'", "line 1, column 14", "a list that begins here or above has no closing ]."),
    (
        "items = [{ sets = 3",
        "line 1, column 20",
        "a table that begins here or above has no closing }, on the same line.",
    ),
    # twice
    (
        'side = "left"\r\nside = "right"',
        "line 2, column 15",
        'the key "side" stands twice in its table; keep one of the two.',
    ),
    (
        "items = [{ sets = 3, sets = 4 }]",
        "line 1, column 30",
        "a key stands twice in this table; keep one of the two.",
    ),
    (
        "[runner]\n[runner]",
        "line 2, column 8",
        "the table [runner] stands twice; bring its keys together under one heading.",
    ),
    (
        "[check_ins]\non = 1\n[check_ins]\non = 2",
        "line 3, column 11",
        "check_ins stands here a second time; with many of them, each has the heading "
        "[[check_ins]], in double brackets.",
    ),
    (
        "[check_ins]\non = 1\n[[check_ins]]\non = 2",
        "line 3, column 12",
        "check_ins stands here a second time; with many of them, each has the heading "
        "[[check_ins]], in double brackets.",
    ),
    (
        "[[check_ins]]\non = 1\n[check_ins]\non = 2",
        "line 3, column 11",
        "check_ins stands here a second time; with many of them, each has the heading "
        "[[check_ins]], in double brackets.",
    ),
]


@pytest.mark.parametrize(("text", "where", "sentence"), BROKEN_TOML)
def test_a_slip_in_toml_is_told_with_its_line_and_its_cure(
    text: str, where: str, sentence: str
) -> None:
    assert fault(text, file="ana.toml") == f"ana.toml, {where}: {sentence}"


@pytest.mark.parametrize(
    ("text", "where", "sentence"),
    [
        (
            "{",
            "line 1, column 2",
            'a key is expected, in double quotes, such as "limp"; '
            "there is no comma after the last one.",
        ),
        (
            "{'limp': false}",
            "line 1, column 2",
            'a key is expected, in double quotes, such as "limp"; '
            "there is no comma after the last one.",
        ),
        (
            '{"limp" false}',
            "line 1, column 9",
            'a key and its value are joined by :, such as "limp": false.',
        ),
        (
            '{"limp": false\n "pain": 1}',
            "line 2, column 2",
            "a comma is expected between one value and the next.",
        ),
        (
            '{"limp": no}',
            "line 1, column 10",
            "a value is expected: text in double quotes, a number, true or false.",
        ),
        (
            '{"limp": True}',
            "line 1, column 10",
            "a value is expected: text in double quotes, a number, true or false.",
        ),
        (
            '{"pain": 03}',
            "line 1, column 11",
            "a comma is expected between one value and the next.",
        ),
        (
            "{} and more",
            "line 1, column 4",
            "something follows the end of the file's object; take it out.",
        ),
        ('{"note": "abc', "line 1, column 10", "the text that begins here has no closing quote."),
        (
            '{"note": "a\nb"}',
            "line 1, column 12",
            r"a text stands on one line; a line break in it is written \n.",
        ),
        (
            r'{"file": "C:\x"}',
            "line 1, column 13",
            r"a backslash stands alone; write it twice, \\.",
        ),
        (
            r'{"note": "\u12"}',
            "line 1, column 12",
            r"a backslash stands alone; write it twice, \\.",
        ),
    ],
)
def test_a_slip_in_json_is_told_with_its_line_and_its_cure(
    text: str, where: str, sentence: str
) -> None:
    assert fault(text, file="ana.json") == f"ana.json, {where}: {sentence}"


def test_json_that_is_no_object_is_told() -> None:
    assert fault("[1, 2]", file="ana.json") == (
        "ana.json: a list is here; a runner's file is one object, in { }."
    )


@pytest.mark.parametrize("text", ["x = " + "[" * 5000, "a" + ".a" * 2000 + " = 1"])
def test_toml_nested_without_end_is_refused_at_once(text: str) -> None:
    assert "the tables are nested too deeply" in fault(text, file="ana.toml")


def test_json_nested_without_end_is_refused_at_once() -> None:
    assert fault('{"a":' * 100_000, file="ana.json") == (
        "ana.json: the tables are nested too deeply; a runner's file has two levels."
    )


@pytest.mark.parametrize(
    "text",
    [
        '"' * 300_000,
        'a = "' + '\\"' * 150_000,
        '"""' + '\\"""' * 80_000,
        "'" * 300_000,
        "#" * 300_000,
        "a" * 300_000,
        "." * 300_000,
        "a " * 150_000,
    ],
)
def test_a_hostile_line_costs_no_more_than_its_length(text: str) -> None:
    # Each of these took minutes while a text without its end was sought from each of its quotes.
    with pytest.raises(CaseFileError):
        parse_case(text, file="ana.toml")


@pytest.mark.parametrize(("file", "text"), [("a.toml", "x = {}"), ("a.json", '{{"x": {}}}')])
def test_a_number_of_many_thousand_digits_is_refused(file: str, text: str) -> None:
    assert fault(text.format("9" * 5000), file=file) == f"{file}: a number has too many digits."


@pytest.mark.parametrize("text", ["", " \n\t\n", "\ufeff", b"", b"\xef\xbb\xbf\n"])
def test_an_empty_file_is_told_what_it_holds_at_least(text: str | bytes) -> None:
    assert fault(text, file="ana.toml") == (
        "ana.toml: the file is empty; it holds at least [episode] with started_on and side."
    )


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_a_file_in_utf_16_is_told_its_encoding(encoding: str) -> None:
    data = "\ufeff[episode]\n".encode(encoding)

    found = fault(data, file="ana.toml")

    assert found == "ana.toml: the file is saved as UTF-16; save it again with the encoding UTF-8."


def test_a_file_in_latin_1_is_told_the_line() -> None:
    data = "[runner]\nname = 'Zoé'\n".encode("latin-1")

    assert fault(data, file="ana.toml") == (
        "ana.toml, line 2: a character is not in UTF-8; "
        "save the file again with the encoding UTF-8."
    )


def test_a_file_of_over_10_mb_is_refused() -> None:
    assert fault(b"#" * 10_000_001, file="ana.toml") == (
        "ana.toml: the file is larger than 10 MB, the most that is read."
    )


def test_a_byte_order_mark_is_passed_over() -> None:
    text = '[episode]\nstarted_on = 2026-10-01\nside = "left"\n'

    marked = parse_case(b"\xef\xbb\xbf" + text.encode(), file="ana.toml")

    assert marked == parse_case(text, file="ana.toml")


def test_json_is_known_by_its_first_character_whatever_its_name() -> None:
    text = '  {"episode": {"started_on": "2026-10-01", "side": "left"}}'

    assert parse_case(text, file="ana").episode.side == "left"
