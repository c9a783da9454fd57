"""A file that is no TOML, or TOML that no protocol needs, is refused by its name and line."""

from pathlib import Path

import pytest

from hamstride.protocols.loading import load
from small_protocols import FILES, Slip, change, faults, write_mine

HEAD, CALM, RUN = FILES
WOKE_UP = "mine/2_run.toml, modify_if 'woke_up_sore'"
UNSEEN = "which nobody sees. Take it out; a text is one line that reads from left to right."


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """The folder of a sound protocol of two phases, to put a slip in."""
    return write_mine(tmp_path)


def test_a_byte_order_mark_is_passed_over(tmp_path: Path, mine: Path) -> None:
    (mine / CALM).write_bytes(b"\xef\xbb\xbf" + (mine / CALM).read_bytes())

    assert "mine" in load(tmp_path).protocols


SYNTAX: dict[str, Slip] = {
    "a key twice": (
        CALM,
        'goal    = "Walk without pain."',
        'goal    = "Walk without pain."\ngoal    = "Rest."',
        # Behind the end of the second value.
        "mine/1_calm.toml, line 4, column 18: this is not TOML: a key stands here for the second "
        "time. Keep one of the two.",
    ),
    "a key twice in a row": (
        RUN,
        "at_least = 1",
        "at_least = 1, at_least = 2",
        "mine/2_run.toml, line 11, column 66: this is not TOML: a key stands here for the second "
        "time in its table. Keep one of the two.",
    ),
    "a heading twice": (
        HEAD,
        "[[refer_if]]",
        "[ladder]",
        "mine/protocol.toml, line 20, column 8: this is not TOML: this heading stands here for "
        "the second time. Keep one of the two.",
    ),
    "a text without quotes": (
        CALM,
        '"none"',
        "none",
        "mine/1_calm.toml, line 4, column 11: this is not TOML: no value stands here; a text is "
        "in quotes, and true and false are small.",
    ),
    "a key without =": (
        CALM,
        "running =",
        "running ",
        "mine/1_calm.toml, line 4, column 10: this is not TOML: a key and its value are joined "
        "by =.",
    ),
    "a list without its end": (
        CALM,
        '["S2-12"]',
        '["S2-12"',
        "mine/1_calm.toml, line 17, column 1: this is not TOML: a list or table that begins here "
        "or above is not closed.",
    ),
    "a text without its end": (
        CALM,
        '"none"',
        '"none',
        "mine/1_calm.toml, line 4, column 16: this is not TOML: the text on this line has no "
        "closing quote.",
    ),
    "a long text without its end": (
        CALM,
        '"none"',
        '"""none',
        "mine/1_calm.toml, at the end: this is not TOML: a text that begins here or above has no "
        "closing quote.",
    ),
    "something else": (
        CALM,
        "running =",
        "= running =",
        "mine/1_calm.toml, line 4, column 1: this is not TOML: Invalid statement.",
    ),
}


@pytest.mark.parametrize("slip", SYNTAX.values(), ids=SYNTAX)
def test_a_slip_in_toml_is_told_with_its_line(tmp_path: Path, mine: Path, slip: Slip) -> None:
    file, old, new, said = slip
    change(mine / file, old, new)

    found = faults(tmp_path)

    assert found == [said]


HOSTILE: dict[str, Slip] = {
    "a bell": (
        RUN,
        '"Walk and run."',
        r'"Walk\u0007 and run."',
        f"mine/2_run.toml, goal: the text holds the character U+0007, {UNSEEN}",
    ),
    "a line break": (
        RUN,
        '"Walk and run."',
        '"""Walk\nand run."""',
        f"mine/2_run.toml, goal: the text holds the character U+000A, {UNSEEN}",
    ),
    "a line separator": (
        RUN,
        '"Walk and run."',
        '"Walk\u2028and run."',
        f"mine/2_run.toml, goal: the text holds the character U+2028, {UNSEEN}",
    ),
    "right to left, escaped": (
        RUN,
        "The first steps",
        r"The \u202Efirst steps",
        f"{WOKE_UP} say: the text holds the character U+202E, {UNSEEN}",
    ),
    "right to left, as it is": (
        RUN,
        "The first steps",
        "The \u202efirst\u202e steps",
        f"{WOKE_UP} say: the text holds the character U+202E, {UNSEEN}",
    ),
    "an isolate": (
        RUN,
        "The first steps",
        "The \u2066first steps",
        f"{WOKE_UP} say: the text holds the character U+2066, {UNSEEN}",
    ),
    "a control character as it is": (
        RUN,
        "The first steps",
        "The \x07first steps",
        "mine/2_run.toml, line 10, column 15: this is not TOML: a character stands here that "
        "nobody sees. Take it out.",
    ),
    "a key that turns": (
        RUN,
        "goal    =",
        '"\\u202egoal" = 1\ngoal    =',
        "mine/2_run.toml: a key holds the character U+202E, which nobody sees. Take it out.",
    ),
    "a number in a key that is quoted": (
        RUN,
        "goal    =",
        '"a b" = inf\ngoal    =',
        "mine/2_run.toml, 'a b': found inf; a number is finite.",
    ),
    "13 lists": (
        CALM,
        '"Walk without pain."',
        "[" * 13 + "]" * 13,
        "mine/1_calm.toml, goal row 1: tables and lists are nested more than 12 deep; a protocol "
        "needs no more than 7.",
    ),
    "20000 lists": (
        CALM,
        '"Walk without pain."',
        "[" * 20000,
        "mine/1_calm.toml: tables and lists are nested more than 12 deep; a protocol needs no "
        "more than 7.",
    ),
    "a key of 9 parts with quotes in them": (
        CALM,
        "goal    =",
        r'"\""' + r'."\""' * 8 + " = 1\ngoal    =",
        "mine/1_calm.toml, line 3: a key has more than 8 parts with points between; a protocol "
        "needs no more than 2.",
    ),
    "a key of 9 parts": (
        CALM,
        "goal    =",
        "a.'b'.c.\"d e\".f . g.h.i.j = 1\ngoal    =",
        "mine/1_calm.toml, line 3: a key has more than 8 parts with points between; a protocol "
        "needs no more than 2.",
    ),
    "a key of 8 parts": (
        CALM,
        "goal    =",
        "a.b.c.d.e.f.g.h = 1\ngoal    =",
        "mine/1_calm.toml: there is no key 'a' here. Known: advance_when, advice, asks, doses, "
        "exit, goal, grace, id, last, leads_to, mention_if, modify_if, recommend, refer_if, "
        "rest_if, running, source, step_back_if, steps, title, week, where.",
    ),
    "a key of 100000 parts": (
        CALM,
        "goal    =",
        f"a{'.a' * 100_000} = 1\ngoal    =",
        "mine/1_calm.toml, line 3: a key has more than 8 parts with points between; a protocol "
        "needs no more than 2.",
    ),
}


@pytest.mark.parametrize("slip", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_file_is_refused(tmp_path: Path, mine: Path, slip: Slip) -> None:
    file, old, new, said = slip
    change(mine / file, old, new)

    found = faults(tmp_path)

    assert found == [said]


@pytest.mark.parametrize(
    "comment",
    ["x" * 200_000, '"' * 200_000, '\\"' * 100_000, "a. b. c. d. e. f. g. h\n# " * 8_000],
    ids=["a word", "quotes", "escaped quotes", "words"],
)
def test_a_long_comment_costs_no_more_than_its_length(
    tmp_path: Path, mine: Path, comment: str
) -> None:
    (mine / CALM).write_text(f"# {comment}\n{FILES[CALM]}", encoding="utf-8")

    assert "mine" in load(tmp_path).protocols


def test_a_file_of_10_mb_is_refused_and_one_of_256_kb_is_read(tmp_path: Path, mine: Path) -> None:
    text = (mine / CALM).read_bytes()
    (mine / CALM).write_bytes(text + b"#" * (256_000 - len(text)))
    assert "mine" in load(tmp_path).protocols
    (mine / CALM).write_bytes(text + b"#" * 10_000_000)

    found = faults(tmp_path)

    assert found == ["mine/1_calm.toml: the file is over 256 kB, the most it may be."]


def test_a_file_in_another_encoding_is_refused_with_the_line(tmp_path: Path, mine: Path) -> None:
    (mine / CALM).write_bytes(FILES[CALM].replace("Calm", "Ruhe für").encode("latin-1"))

    found = faults(tmp_path)

    assert found == ["mine/1_calm.toml, line 2: this is not UTF-8. Save the file as UTF-8."]
